"""Buttons work for ever, do what they say once, and the card always shows how things are."""

import asyncio
import re
from datetime import timedelta

import pytest

from sandbox.faults import Fault, Trouble
from sandbox.person import Person
from tests.flows.assessment import CRAWL, agreed, assessed, card_of, cards, own, posts, replies
from tests.flows.deciding import dated, decided, dropped, form, handed, morning, pressed, said_on, snoozed
from tests.flows.looking import buttons, shown, words
from tests.flows.times import april, at, march
from tests.flows.world import World

pytestmark = pytest.mark.both_databases

TITLE = "Label the disks"


async def test_the_card_is_edited_in_place_after_each_change(world: World, ada: Person, ben: Person) -> None:
    card = await agreed(world, march(30))

    await snoozed(world, ada, card, "3d")
    assert "Snoozed until Thu 5 Mar" in words(card_of(world, TITLE))
    await dated(world, ada, card, april(3))
    assert "due Fri 3 Apr." in card_of(world, TITLE).text
    await handed(world, ada, card, "U_BEN")
    assert "<@U_BEN>" in card_of(world, TITLE).text
    await dropped(world, ben, card, "Solved by *another* team")
    assert "Dropped by <@U_BEN>" in words(card_of(world, TITLE))
    assert "Solved by ∗another∗ team" in words(card_of(world, TITLE))
    await pressed(world, ben, card, "Reopen")
    assert "Open" in words(card_of(world, TITLE))
    await pressed(world, ben, card, "Mark done")
    assert "Done by <@U_BEN>" in words(card_of(world, TITLE))

    assert buttons(card_of(world, TITLE)) == ["Reopen"]
    assert [kept.ts for kept in cards(world)] == [card.ts]


async def test_t34_d08_two_people_at_once_make_one_change_and_the_second_is_told(
    world: World, ada: Person, ben: Person
) -> None:
    card = await agreed(world, march(30), owner="U_BEN")

    await asyncio.gather(ada.press(card, text="Mark done"), ben.press(card, text="Mark done"))
    await world.settle()

    told = sorted(kept.text for user in ("U_ADA", "U_BEN") for kept in world.slack.ephemerals(user))
    assert len(told) == 2
    assert told[0] == "A-1 Label the disks is marked done."
    assert "A-1 was already marked done by <@U_" in told[1]
    assert "Nothing was changed." in told[1]
    assert re.search(r" at \d\d:\d\d", told[1])
    assert len(world.slack.calls("chat.update")) == 1


async def test_t34_d02_a_press_that_arrives_twice_is_one(world: World, ada: Person) -> None:
    card = await agreed(world, march(30))

    await ada.press(card, text="Mark done")
    await world.slack.resend()
    await world.settle()

    assert "Done by <@U_ADA>" in words(card_of(world, TITLE))
    assert len(world.slack.calls("chat.update")) == 1


async def test_t35_d09_an_old_button_of_a_dropped_action_says_so_and_wakes_nothing(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))
    await morning(world, march(10))
    (reminder,) = replies(world, card)
    # The edit that takes the reminder's buttons away is refused, so that there is an old button to press.
    world.slack.faults.add(Fault(Trouble.ERROR, "chat.update", count=1, performs=False, error="edit_window_closed"))
    await dropped(world, ada, card, "Not worth it")
    await world.until(world.now() + timedelta(days=21))

    for text in ("Already done", "Pick a day", "Not mine"):
        await pressed(world, ada, reminder, text)
        told = world.slack.ephemerals("U_ADA")[-1]
        assert "A-1 was already dropped by <@U_ADA>" in told.text
        assert "10 Mar" in told.text
        assert buttons(told) == ["Reopen"]
    assert world.slack.screen("U_ADA") is None
    assert "Dropped by" in words(card_of(world, TITLE))
    assert len(replies(world, card)) == 1


async def test_d09_a_form_opened_before_it_was_closed_changes_nothing(world: World, ada: Person, ben: Person) -> None:
    card = await agreed(world, march(17), owner="U_BEN")
    view = await form(world, ben, card, "Change date")
    await pressed(world, ada, card, "Mark done")

    told = shown(await ben.submit(view, {"day": april(1)}))
    await world.settle()

    assert "A-1 was already marked done by <@U_ADA>" in words(told)
    assert "Done by <@U_ADA>" in words(card_of(world, TITLE))


async def test_a_button_of_someone_else_is_refused_and_tells_nothing(world: World, ben: Person) -> None:
    card = await agreed(world, march(30))

    for text in ("Pick a day", "Snooze", "Change date", "Blocked", "Not doing this", "Link issue"):
        await pressed(world, ben, card, text)

    told = [kept.text for kept in world.slack.ephemerals("U_BEN")]
    assert told == ["Only the owner of this action point or the team's lead can do that."] * 6
    assert world.slack.screen("U_BEN") is None
    assert "Open" in words(card_of(world, TITLE))
    assert world.slack.calls("chat.update") == []


async def test_who_started_is_the_lead_and_may_decide_for_others(world: World, ada: Person) -> None:
    card = await agreed(world, march(30), owner="U_BEN", user="U_ADA")

    await pressed(world, ada, card, "Mark done")

    assert "Done by <@U_ADA>" in words(card_of(world, TITLE))


async def test_a_press_too_late_for_its_form_says_what_to_do(world: World, ada: Person) -> None:
    card = await agreed(world, march(30))
    fault = Fault(Trouble.ERROR, "views.open", count=1, performs=False, error="expired_trigger_id")
    world.slack.faults.add(fault)

    await pressed(world, ada, card, "Snooze")

    assert world.slack.ephemerals("U_ADA")[-1].text == "That took too long. Please press the button once more."


async def test_a_card_that_was_deleted_is_posted_anew_once_with_what_follows(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))
    view = await form(world, ada, card, "Change date")
    world.slack.workspace.drop(card)

    assert not (await ada.submit(view, {"day": march(18)})).errors
    await world.settle()

    (anew,) = cards(world)
    assert anew.ts != card.ts
    assert anew.text.endswith("due Wed 18 Mar.")
    assert len(await said_on(world, anew, march(11))) == 1
    world.slack.workspace.drop(anew)
    await world.until(at(april(20), "12:00"), timedelta(days=7))
    assert cards(world) == []


async def test_a_list_serves_its_action_points_in_its_thread(world: World, ada: Person) -> None:
    await assessed(world, 0, CRAWL, plan=own(1, TITLE, "U_BEN", march(17)))
    listed = posts(world)[1]

    await morning(world, march(9))  # Ada has two of them, which one direct message tells
    assert replies(world, listed) == []
    (told,) = world.slack.messages("D_U_ADA")
    assert told.text == "You have 2 FinOps matters that need a decision."
    assert buttons(told) == ["Decide", "Decide"]
    said = await said_on(world, listed, march(10), "America/New_York")
    assert said == ["<@U_BEN> A-4 is due Tue 17 Mar. Which day will you do it? Label the disks"]


async def test_decide_leads_from_the_list_to_the_right_form(world: World, ada: Person) -> None:
    await assessed(world, 0, CRAWL, plan=own(1, TITLE, "U_BEN", march(17)))
    listed = posts(world)[1]

    asked = await decided(world, ada, listed, "change_date")
    assert asked is not None
    assert asked.title == "Change date of A-1"
    await ada.submit(asked, {"day": april(3)})
    await world.settle()
    assert "A-1 Name one person who answers for cloud cost* – <@U_ADA>, due Fri 3 Apr. Open." in words(posts(world)[1])

    assert await decided(world, ada, posts(world)[1], "done") is None
    assert "1 of 4 closed" in words(posts(world)[1])
    assert buttons(posts(world)[1]) == ["Reopen", "Decide", "Decide", "Decide"]
