"""A stage that went down is first the lead's to know, and the channel's only after a hold."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.person import Person
from sandbox.values import Message
from sandbox.views import View
from tests.flows.assessment import RUN, STEPS, answered, assessed, numbers, opened, own, posts, turned
from tests.flows.looking import buttons, held, shown, words
from tests.flows.saying import answer, home_of
from tests.flows.world import ANNOUNCED, World

pytestmark = pytest.mark.both_databases

LESS = numbers("55", "18")
AFTER_THE_HOLD = datetime(2026, 3, 9, 8, 51, tzinfo=UTC)  # five working days after Monday the 2nd, in Ada's morning


async def _gone_down(world: World) -> Message:
    """What its lead is told about the team that was at Run."""
    await assessed(world, 3, RUN)
    await assessed(world, 1, LESS, plan=own(1, "Label the disks"))
    (told,) = world.slack.dm("U_ADA")
    return told


def _neutral(world: World) -> list[Message]:
    return [kept for kept in posts(world) if "is now at" in kept.text]


def _results(world: World) -> list[str]:
    return [kept.text for kept in posts(world) if "finished its FinOps" in kept.text]


async def _corrected(world: World, ada: Person, told: Message, level: int = 3) -> View:
    await ada.press(told, text="Correct answers")
    await world.answered()
    first = world.slack.screen("U_ADA")
    assert first is not None
    assert first.title == "Step 1 of 5: Processes"
    assert held(first, "p_reporting") == "1"
    view = await answered(ada, first, level, RUN if level == 3 else LESS)
    return shown(await ada.submit(view, {}))


async def test_t45_the_lead_is_told_first_and_the_channel_nothing_yet(world: World) -> None:
    told = await _gone_down(world)

    assert told.text == "The new answers put payments at Crawl, below Run. The change has not been announced."
    assert buttons(told) == ["Post it", "Correct answers", "Hold 5 working days"]
    assert "*Most of the change*" in words(told)
    assert _neutral(world) == []
    assert world.slack.messages(ANNOUNCED) == []


async def test_no_picture_sets_it_beside_the_stage_before_where_the_text_does_not(
    world: World, ada: Person, ben: Person
) -> None:
    """Until the channel was told, and for whoever asks about the newest only."""
    await _gone_down(world)

    told = await answer(world, ben, "history --last 1")

    assert "Run" not in words(told)
    images = [block for block in told.blocks if block["type"] == "image"]
    assert images
    assert not [image for image in images if "Run" in image["alt_text"]]
    home = await home_of(world, ada)
    assert "*payments*: Crawl" in words(home)
    (image,) = [block for block in home.blocks if block["type"] == "image"]
    assert image["alt_text"].endswith(
        "Processes: Crawl. Governance: Crawl. Teams: Crawl. Tools: Crawl. Next stage: Walk."
    )
    assert "Run" not in words(home)


async def test_without_a_decision_one_neutral_post_follows_after_five_working_days(world: World) -> None:
    await _gone_down(world)
    await world.until(AFTER_THE_HOLD - timedelta(minutes=22))
    assert _neutral(world) == []

    await world.until(AFTER_THE_HOLD)
    await world.until(AFTER_THE_HOLD + timedelta(days=20))

    (told,) = _neutral(world)
    assert told.text == "payments is now at Crawl."
    assert "action points were added." in words(told)
    assert world.slack.messages(ANNOUNCED) == []


async def test_post_it_posts_at_once_and_only_once(world: World, ada: Person) -> None:
    told = await _gone_down(world)

    await ada.press(told, text="Post it")
    await world.settle()
    assert len(_neutral(world)) == 1
    await ada.press(told, text="Post it")
    await world.until(AFTER_THE_HOLD)

    assert len(_neutral(world)) == 1
    assert "There is nothing to decide any more" in world.slack.ephemerals("U_ADA")[-1].text


async def test_hold_waits_five_working_days_from_the_press(world: World, ada: Person) -> None:
    told = await _gone_down(world)
    await world.until(datetime(2026, 3, 5, 12, tzinfo=UTC))

    await ada.press(told, text="Hold 5 working days")
    await world.answered()
    assert "Held. The channel is told" in world.slack.ephemerals("U_ADA")[-1].text
    await world.until(AFTER_THE_HOLD)
    assert _neutral(world) == []

    await world.until(datetime(2026, 3, 12, 8, 51, tzinfo=UTC))
    assert len(_neutral(world)) == 1


async def test_t45_corrected_within_a_day_the_result_is_edited_and_nothing_is_posted(world: World, ada: Person) -> None:
    told = await _gone_down(world)
    stamps = [kept.ts for kept in posts(world)]
    await world.until(world.now() + timedelta(hours=20))

    await _corrected(world, ada, told)
    await world.until(AFTER_THE_HOLD + timedelta(days=1))

    assert [kept.ts for kept in posts(world)] == stamps
    assert _results(world)[1].endswith("Run, 100 of 100, unchanged since Mon 2 Mar.")
    assert _neutral(world) == []
    assert len(world.slack.dm("U_ADA")) == 1


async def test_corrected_later_than_a_day_the_result_is_told_anew(world: World, ada: Person) -> None:
    told = await _gone_down(world)
    await world.until(world.now() + timedelta(hours=25))

    await _corrected(world, ada, told)
    await world.settle()

    assert len(_results(world)) == 3
    assert "100 of 100" in _results(world)[-1]


async def test_corrected_and_still_down_the_lead_is_asked_again_and_the_channel_told_once(
    world: World, ada: Person
) -> None:
    told = await _gone_down(world)
    await world.until(world.now() + timedelta(hours=20))

    await _corrected(world, ada, told, level=1)
    await world.settle()
    assert len(world.slack.dm("U_ADA")) == 2
    await world.until(AFTER_THE_HOLD)
    assert _neutral(world) == []
    await world.until(AFTER_THE_HOLD + timedelta(days=1))

    assert len(_neutral(world)) == 1


async def test_a_correction_that_is_begun_again_loses_neither_the_answers_nor_the_result(
    world: World, ada: Person
) -> None:
    told = await _gone_down(world)
    await ada.press(told, text="Correct answers")
    await world.answered()
    first = world.slack.screen("U_ADA")
    assert first is not None
    await ada.close(await answered(ada, first, 3, RUN, STEPS[:1]))

    resumed = await opened(world, ada)
    assert "You are correcting a result" in words(resumed)
    assert "Start over" not in buttons(resumed)
    again = await turned(world, ada, resumed, "To step 1")

    assert again.title == "Step 1 of 5: Processes"
    assert "*Your answers are kept.*" in words(again)
    assert held(again, "p_reporting") == "3"
    shown(await ada.submit(await answered(ada, again, 1, LESS), {}))
    await world.settle()
    assert (await answer(world, ada, "history")).text == "payments has 2 assessments behind it; the newest says Crawl."


async def test_corrected_after_it_was_posted_the_channel_is_not_told_twice(world: World, ada: Person) -> None:
    told = await _gone_down(world)
    await ada.press(told, text="Post it")
    await world.settle()

    await _corrected(world, ada, told, level=1)
    await world.until(AFTER_THE_HOLD + timedelta(days=2))

    assert len(_neutral(world)) == 1
    assert len(world.slack.dm("U_ADA")) == 1


async def test_only_the_lead_decides(world: World, ada: Person, ben: Person) -> None:
    await assessed(world, 3, RUN, user="U_BEN")
    await assessed(world, 1, LESS)

    assert world.slack.dm("U_ADA") == []
    (told,) = world.slack.dm("U_BEN")
    assert "You get this because you lead this team." in words(told)
