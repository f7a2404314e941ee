"""The one message that tells a channel how its team stands."""

from datetime import timedelta

import pytest

from sandbox.faults import Fault, Trouble
from sandbox.person import Person
from sandbox.values import Json, Message
from tests.charts.builders import decoded
from tests.flows.assessment import CRAWL, RUN, WALK, Values, answered, assessed, numbers, opened, own, posts
from tests.flows.looking import shown, words
from tests.flows.world import ANNOUNCED, World


@pytest.mark.parametrize(
    ("level", "measures", "stage"),
    [
        pytest.param(0, CRAWL, "Crawl", id="every least mature option"),
        pytest.param(1, numbers("55", "18"), "Crawl", id="every second option"),
        pytest.param(2, WALK, "Walk", id="every third option"),
        pytest.param(3, RUN, "Run", id="every most mature option, 95 % and 8 %"),
        pytest.param(3, numbers("75", "8"), "Walk", id="a number that limits the stage"),
    ],
)
async def test_the_stage_follows_what_was_picked(
    world: World, level: int, measures: dict[str, Values], stage: str
) -> None:
    last = await assessed(world, level, measures)

    assert f"finished its FinOps assessment: {stage}" in posts(world)[0].text
    assert f"*payments*: *{stage}*" in words(last)
    assert len([kept for kept in posts(world) if "finished" in kept.text]) == 1


async def test_the_result_says_all_that_a_team_wants_to_know(world: World) -> None:
    await assessed(world, 2, numbers("75", "14"))

    said = words(posts(world)[0])
    assert "*Stage*\nWalk" in said
    for step in ("Processes", "Governance", "Teams", "Tools"):
        assert f"{step} Walk" in said
    assert "*Cost allocation*: 75 % (from billing data) – Crawl range (50 % or more)" in said
    assert "*Forecast variance*: 14 % (from billing data) – Walk range (15 % or less)" in said
    assert "practice says Walk: not in the numbers yet" in said
    assert "*What holds you back from Run*" in said
    assert "needs Run: bring" in said
    assert "*Strongest*" in said
    assert "*Next assessment*\nMon 1 June" in said
    assert "*What would help most*" in said


async def test_a_picture_shows_how_each_step_stands_and_says_so_aloud(world: World) -> None:
    await assessed(world, 1, numbers("55", "18"))
    await world.until(world.now() + timedelta(days=3))
    await assessed(world, 2, WALK)

    first, second = (image_of(kept) for kept in posts(world) if "finished" in kept.text)
    assert "Processes: Crawl. Governance: Crawl. Teams: Crawl. Tools: Crawl. Next stage: Walk." in first["alt_text"]
    assert "Processes: Walk, was Crawl." in second["alt_text"]
    assert second["alt_text"].endswith("Next stage: Run. Before: 2 Mar 2026.")
    assert first["slack_file"] != second["slack_file"]
    for image in (first, second):
        content = world.slack.workspace.uploads[image["slack_file"]["id"]].content
        assert decoded(content or b"").width == 1080
    assert world.slack.complaints == []


async def test_a_stage_that_went_down_is_not_given_away_by_the_picture(world: World) -> None:
    await assessed(world, 2, WALK)
    await world.until(world.now() + timedelta(days=3))
    await assessed(world, 1, numbers("55", "18"))

    last = [kept for kept in posts(world) if "finished" in kept.text][-1]
    assert "Processes: Crawl. Governance: Crawl." in image_of(last)["alt_text"]
    assert "was Walk" not in words(last)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(Trouble.ERROR, "files.*", error="missing_scope"), id="installed before there were pictures"),
        pytest.param(Fault(Trouble.DROPPED, "upload"), id="cut"),
    ],
)
async def test_without_a_picture_the_result_says_the_same(world: World, fault: Fault) -> None:
    world.slack.faults.add(fault)
    await assessed(world, 2, WALK)

    (told,) = [kept for kept in posts(world) if "finished" in kept.text]
    assert not [block for block in told.blocks if block["type"] == "image"]
    assert "Processes Walk · Governance Walk · Teams Walk · Tools Walk · Next stage: Run" in words(told)


async def test_an_estimate_is_called_one(world: World) -> None:
    await assessed(world, 2, numbers("81", "14,5", source="estimate"))

    said = words(posts(world)[0])
    assert "81 % (estimate) – Walk range (80 % or more), close to the border of 80 %" in said
    assert "14.5 % (estimate)" in said


async def test_the_first_assessment_is_announced_nowhere(world: World) -> None:
    await assessed(world, 3, RUN, plan=own(1, "Label the disks"))

    assert [kept.text.split(" ")[0] for kept in posts(world)] == ["payments", "A-1"]
    assert world.slack.messages(ANNOUNCED) == []


async def test_a_later_result_says_what_has_changed_since(world: World) -> None:
    await assessed(world, 2, WALK)
    await world.until(world.now() + timedelta(days=3))
    await assessed(world, 2, numbers("89", "13"))

    told = [kept for kept in posts(world) if "finished" in kept.text][-1]
    assert told.text.endswith("Walk, 67 of 100, unchanged since Mon 2 Mar.")
    assert world.slack.messages(ANNOUNCED) == []


async def test_a_public_channel_is_joined_to_tell_its_result(world: World) -> None:
    await assessed(world, 3, RUN, channel="C_OUT")

    assert [kept.text for kept in posts(world, "C_OUT")] == [
        "elsewhere finished its FinOps assessment: Run, 100 of 100."
    ]


async def test_what_a_team_believed_of_itself_is_set_beside_what_was_found(world: World, ada: Person) -> None:
    first = ada.type(await opened(world, ada), {"claimed": "3", "persona": "engineering"})
    shown(await ada.submit(await answered(ada, first, 1, numbers("55", "18")), {}))
    await world.settle()

    said = words(posts(world)[0])
    assert "*Claimed and found*: you said Run, the answers say Crawl, the numbers say Crawl." in said


def image_of(told: Message) -> Json:
    (image,) = [block for block in told.blocks if block["type"] == "image"]
    return image
