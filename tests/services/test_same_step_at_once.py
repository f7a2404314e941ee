"""One person's step from two devices, in two processes, at the same moment: one is kept and the other told. D01."""

import asyncio
from collections import Counter

import pytest

from bot.catalogue import loading
from bot.domain.answers import Level
from bot.domain.dialogue import Submitted
from bot.domain.ids import AssessmentId, ChannelId
from bot.domain.model import Form
from bot.domain.teams import Place
from bot.domain.turn import Bookmark
from bot.services import assessing
from bot.services.assessing import Stale, Turned
from bot.services.turning import NextStep
from bot.store import answers
from bot.store.database import Database, open_database
from tests.store.builders import ADA, HERE, NOW, PAY, a_draft, a_team, install, take_part

ROUNDS = 200
MODELS = loading.published()
STEP = MODELS.latest.scored_steps[0]
NOT_KNOWN = {benchmark.id: ("", "unknown") for benchmark in MODELS.latest.benchmarks if benchmark.step == STEP.id}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("migrated_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
async def test_d01_of_two_hundred_pairs_one_is_kept_and_the_other_told(db: Database, migrated_url: str) -> None:
    other = open_database(migrated_url)
    await install(db)
    ended: Counter[type[Turned]] = Counter()
    for number in range(ROUNDS):
        place = Place(ChannelId(f"{PAY}{number}"), "payments", is_private=False)
        bookmark = Bookmark(AssessmentId(f"as-{number}"), STEP.id, 0, Form.FULL, place)
        async with db.begin(HERE) as tx:
            team = await a_team(tx, place.channel)
            await a_draft(tx, team.id, bookmark.assessment)
            await take_part(tx, bookmark.assessment, ADA)

        low, high = await asyncio.gather(submitted(db, bookmark, 0), submitted(other, bookmark, 3))

        ended.update((type(low), type(high)))
        async with db.read(HERE) as tx:
            kept = set((await answers.answers_by(tx, bookmark.assessment))[ADA].values())
        assert kept == {Level(0) if isinstance(low, NextStep) else Level(3)}
    await other.close()

    assert ended == {NextStep: ROUNDS, Stale: ROUNDS}


async def submitted(db: Database, bookmark: Bookmark, level: int) -> Turned:
    said = Submitted({question.id: str(level) for question in STEP.questions}, numbers=NOT_KNOWN)
    async with db.begin(HERE) as tx:
        return await assessing.submit(tx, MODELS, bookmark, said, (None, None), ADA, NOW)
