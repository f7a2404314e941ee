"""The questions change while people are at them: what was begun with a version is ended with it (T09)."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.catalogue.loading import Models
from bot.domain.ids import ModelVersion, QuestionId
from bot.domain.model import MaturityModel
from bot.store.database import Database
from tests.flows import world as worlds
from tests.flows.assessment import CRAWL, MODEL, RUN, STEPS, answered, assessed, opened, posts
from tests.flows.looking import fields, shown, words
from tests.flows.world import ANNOUNCED, World

NEW = QuestionId("g_added")


def _with_one_more_question(version: str) -> MaturityModel:
    governance = MODEL.scored_steps[1]
    added = replace(governance.questions[0], id=NEW, topic="something new")
    grown = replace(governance, questions=(*governance.questions, added))
    steps = tuple(grown if step is governance else step for step in MODEL.steps)
    return replace(MODEL, version=ModelVersion(version), steps=steps)


@pytest.fixture
def versions() -> dict[ModelVersion, MaturityModel]:
    return {MODEL.version: MODEL}


@pytest.fixture
async def world(db: Database, versions: dict[ModelVersion, MaturityModel]) -> AsyncIterator[World]:
    async with worlds.world(db, models=Models(versions)) as made:
        yield made
        await made.answered()
        assert made.slack.complaints == []


async def test_t09_d03_a_draft_keeps_the_version_that_it_was_begun_with(
    world: World, versions: dict[ModelVersion, MaturityModel]
) -> None:
    ada = world.slack.person("U_ADA")
    second = await answered(ada, await opened(world, ada), 3, RUN, ["process"])
    await ada.close(second)
    versions[ModelVersion("1.1.0")] = _with_one_more_question("1.1.0")

    resumed = await opened(world, ada)
    assert NEW not in fields(resumed)
    shown(await ada.submit(await answered(ada, resumed, 3, RUN, STEPS[1:]), {}))
    await world.settle()
    assert "questions version 1.0.0" in words(posts(world)[0])

    second = await answered(ada, await opened(world, ada), 3, RUN, ["process"])
    assert NEW in fields(second)


async def test_t09_d04_a_first_step_drawn_with_the_old_questions_is_taken(
    world: World, versions: dict[ModelVersion, MaturityModel]
) -> None:
    ada = world.slack.person("U_ADA")
    first = await opened(world, ada)
    versions[ModelVersion("1.1.0")] = _with_one_more_question("1.1.0")

    second = await answered(ada, first, 3, RUN, ["process"])

    assert second.title == "Step 2 of 5: Governance"
    assert NEW in fields(second)


async def test_levels_that_mean_something_else_are_announced_without_reasons(
    world: World, versions: dict[ModelVersion, MaturityModel]
) -> None:
    await assessed(world, 0, CRAWL)
    versions[ModelVersion("2.0.0")] = replace(MODEL, version=ModelVersion("2.0.0"))
    await assessed(world, 3, RUN)

    (told,) = world.slack.messages(ANNOUNCED)
    assert "The questions changed from version 1.0.0 to 2.0.0, so single answers are not compared." in words(told)
    assert posts(world)[-2].text == "payments finished its FinOps assessment: Run, 100 of 100."
