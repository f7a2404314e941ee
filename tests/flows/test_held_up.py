"""What Slack does not take at once: it is made good, or said differently, and never said too late or in silence."""

from datetime import timedelta
from typing import Any

from sandbox import Fault, Trouble
from sandbox.person import Person
from tests.flows.assessment import CRAWL, agreed, assessed, opened, replies
from tests.flows.deciding import morning, pressed
from tests.flows.looking import buttons, words
from tests.flows.times import march
from tests.flows.world import World

POST, OPEN = "chat.postMessage", "views.open"


async def test_a_reminder_that_was_held_up_is_not_said_on_a_later_day(world: World) -> None:
    card = await agreed(world, march(17))
    await morning(world, march(10))
    before = len(replies(world, card))

    world.slack.faults.add(Fault(Trouble.UNAVAILABLE, POST, count=1))
    await morning(world, march(16))  # the day before it is due
    assert len(replies(world, card)) == before
    world.slack.faults.lift()
    await morning(world, march(18))
    await world.pass_time(timedelta(hours=2))

    told = [reply.text for reply in replies(world, card)[before:]]
    assert told == ["<@U_ADA> A-1 was due yesterday. What should happen? Label the disks"] or told == [
        "<@U_ADA> A-1 was due on Tuesday. What should happen? Label the disks"
    ]
    assert "Done" in buttons(replies(world, card)[-1])


async def test_the_last_reminder_has_nothing_to_press_once_the_action_is_done(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))
    await morning(world, march(17))
    reminder = replies(world, card)[-1]

    await ada.press(reminder, text="Mark done")
    await world.settle()

    reminder = replies(world, card)[-1]
    assert buttons(reminder) == []
    assert "Done: there is nothing left to do." in words(reminder)
    await pressed(world, ada, card, "Reopen")
    assert "closed and opened again since" in words(replies(world, card)[-1])
    assert buttons(replies(world, card)[-1]) == []


async def test_typed_too_late_where_the_bot_is_no_member_the_button_comes_by_direct_message(
    world: World, ada: Person
) -> None:
    world.slack.faults.add(Fault(Trouble.ERROR, OPEN, count=1, error="expired_trigger_id"))

    await ada.command("/finops-assess", channel="C_OUT")
    await world.answered()
    late = world.slack.dm("U_ADA")[-1]
    assert "That took too long" in late.text

    await ada.press(late, text="Open the assessment")
    await world.slack.until(lambda: world.slack.screen("U_ADA") is not None)


async def test_a_modal_that_slack_does_not_open_is_offered_again(world: World, ada: Person) -> None:
    await assessed(world, 0, CRAWL)
    world.slack.faults.add(Fault(Trouble.UNAVAILABLE, OPEN, count=1))

    await ada.command("/finops-assess")
    await world.answered()

    assert buttons(world.slack.ephemerals("U_ADA")[-1]) == ["Open the assessment"]
    await opened(world, ada)


async def test_news_of_a_person_in_an_odd_shape_are_taken_as_far_as_they_make_sense(world: World) -> None:
    await agreed(world, march(17))
    odd: list[Any] = [[], 1e308, {"name": "Europe/Paris"}, None]
    for zone in odd:
        await world.slack.event("user_change", user={"id": "U_ADA", "tz": zone, "team_id": 7})
    await world.answered()

    assert [sent.status for sent in world.slack.sent[-4:]] == [200] * 4
