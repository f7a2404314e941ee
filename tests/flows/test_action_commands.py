"""Everything that a button does to an action point is done by a command as well, and said back with a way back."""

from datetime import timedelta

import pytest

from sandbox.person import Person
from tests.flows.assessment import RUN, agreed, assessed, card_of, cards, own, replies
from tests.flows.deciding import morning
from tests.flows.looking import buttons, words
from tests.flows.times import april, march
from tests.flows.typing import opened_by, resent, typed, undone
from tests.flows.world import World

TITLE = "Label the disks"
NOT_YOURS = "Only the owner of this action point or the team's lead can do that."


async def test_t46_done_with_a_note_is_said_back_and_the_note_stands_in_the_thread(world: World, ada: Person) -> None:
    card = await agreed(world, march(30))

    told = await typed(world, ada, "action A-1 done all *volumes* carry <!here> the label")

    assert told.text == "A-1 Label the disks is marked done."
    assert buttons(told) == ["Undo"]
    assert "Done by <@U_ADA>" in words(card_of(world, TITLE))
    (note,) = replies(world, card)
    assert note.text == "Its owner, about A-1: “all ∗volumes∗ carry &lt;!here&gt; the label”"


@pytest.mark.parametrize("text", ["done A-1", "A–1 done", "action a1 done", "Action “1” done", "DONE 1"])
async def test_t46_however_it_is_typed_it_is_done(world: World, ada: Person, text: str) -> None:
    await agreed(world, march(30))

    assert (await typed(world, ada, text.replace("“1”", "1"))).text == "A-1 Label the disks is marked done."


async def test_t46_a_snooze_says_both_dates_and_moves_only_the_reminder(world: World, ada: Person) -> None:
    card = await agreed(world, march(30))

    told = await typed(world, ada, "Action A–1 snooze “next week” because the invoice is late")

    assert told.text == (
        "The reminder about A-1 Label the disks sleeps until Mon 9 Mar. Its due date stays Mon 30 Mar."
    )
    assert "Snoozed until Mon 9 Mar" in words(card_of(world, TITLE))
    assert "due Mon 30 Mar" in card_of(world, TITLE).text
    assert [kept.text for kept in replies(world, card)] == ["Its owner, about A-1: “the invoice is late”"]


async def test_t46_a_slip_is_asked_about_and_done_when_that_was_meant(world: World, ada: Person) -> None:
    await agreed(world, march(30))

    told = await typed(world, ada, "atcion done a1")
    assert told.text == "“atcion” is not something I know. Did you mean action A-1 done?"
    assert "Open" in words(card_of(world, TITLE))
    await ada.press(told, text="Yes, do that")
    await world.settle()

    assert "Done by <@U_ADA>" in words(card_of(world, TITLE))


async def test_t46_an_ambiguous_date_is_asked_with_two_buttons(world: World, ada: Person) -> None:
    await agreed(world, march(30))

    told = await typed(world, ada, "action A-1 due 12/05")
    assert told.text == "Which day do you mean: Tue 12 May or Sat 5 Dec?"
    await ada.press(told, text="Tue 12 May")
    await world.settle()

    assert card_of(world, TITLE).text.endswith("due Tue 12 May.")


async def test_snooze_beyond_the_due_date_offers_that_date(world: World, ada: Person) -> None:
    await agreed(world, march(4))

    asked = await typed(world, ada, "action A-1 snooze 3d")
    assert asked.text == "Thu 5 Mar is after the due date, Wed 4 Mar. Should A-1 be due Thu 5 Mar instead?"
    await ada.press(asked, text="Yes, due Thu 5 Mar")
    await world.settle()

    assert card_of(world, TITLE).text.endswith("due Thu 5 Mar.")


async def test_the_fourth_snooze_asks_for_a_decision(world: World, ada: Person) -> None:
    await agreed(world, april(20))
    for day in (march(3), march(4), march(5)):
        await typed(world, ada, "action A-1 snooze 1d")
        await morning(world, day)

    asked = await typed(world, ada, "action A-1 snooze 1d")

    assert asked.text == "A-1 was put off 3 times in a row. New date, hand over or drop?"
    assert buttons(asked) == ["Mark done", "New date", "Hand over", "Not doing this"]


async def test_t22_a_past_due_date_is_asked_about_and_left_or_taken(world: World, ada: Person) -> None:
    await agreed(world, march(30))

    asked = await typed(world, ada, "action A-1 due 2026-03-01")
    assert asked.text == "Sun 1 Mar? That date has already passed. Is it meant?"
    await ada.press(asked, text="No, leave it")
    await world.settle()
    assert card_of(world, TITLE).text.endswith("due Mon 30 Mar.")

    asked = await typed(world, ada, "action A-1 due 2026-03-01")
    await ada.press(asked, text="Yes, due Sun 1 Mar")
    await world.settle()
    assert card_of(world, TITLE).text.endswith("due Sun 1 Mar.")


async def test_t46_assigned_by_command_the_new_owner_gets_the_card_and_the_note(world: World, ada: Person) -> None:
    card = await agreed(world, march(30))

    told = await typed(world, ada, "action A-1 assign <@U_BEN> you know these volumes")

    assert told.text == "A-1 Label the disks goes to <@U_BEN>, due Mon 30 Mar. They are asked to accept it."
    given, note = replies(world, card)
    assert given.text == "<@U_BEN> A-1 is yours now, due Mon 30 Mar. Label the disks"
    assert buttons(given)[:2] == ["Accept", "Not me"]
    assert note.text == "Its former owner, about A-1: “you know these volumes”"


async def test_guests_and_strangers_cannot_be_given_anything(world: World, ada: Person) -> None:
    await agreed(world, march(30))

    for person in ("U_EVE", "U_XAV", "U_GONE"):
        told = await typed(world, ada, f"action A-1 assign <@{person}>")
        assert told.text.startswith("Please choose a full member of this workspace")
    assert "<@U_ADA>" in card_of(world, TITLE).text


async def test_blocked_linked_dropped_and_opened_again_by_command(world: World, ada: Person) -> None:
    await agreed(world, march(30))

    told = await typed(world, ada, "action A-1 block the invoice of the reseller")
    assert told.text == "A-1 Label the disks is blocked: the invoice of the reseller"
    assert "Blocked: the invoice of the reseller" in words(card_of(world, TITLE))
    assert (await typed(world, ada, "action A-1 unblock")).text.startswith(
        "A-1 Label the disks is not blocked any more"
    )
    await typed(world, ada, "action A-1 link https://issues.example.com/COST-7")
    assert "<https://issues.example.com/COST-7|Linked page>" in words(card_of(world, TITLE))
    await typed(world, ada, "action A-1 drop solved by another team")
    assert "solved by another team" in words(card_of(world, TITLE))
    assert (await typed(world, ada, "action A-1 reopen")).text == "A-1 Label the disks is open again, due Mon 30 Mar."
    assert (await typed(world, ada, "action A-1 reopen")).text.startswith("Nothing to change: A-1 is already open")


async def test_a_command_that_arrives_twice_makes_one_action_point(world: World, ada: Person) -> None:
    await agreed(world, march(30))

    told = await typed(world, ada, "action add Tag the untagged volumes <@U_BEN> due 2026-03-20")
    await resent(world, "command")

    assert told.text == "A-2 Tag the untagged volumes is added to payments – <@U_BEN>, due Fri 20 Mar."
    assert [card.text[:3] for card in cards(world)] == ["A-1", "A-2"]
    assert buttons(cards(world)[1]) == ["Accept", "Not me", "Mark done"]


async def test_what_is_added_can_be_taken_back_before_and_after_its_card_stands(world: World, ada: Person) -> None:
    await agreed(world, march(30))
    told = await typed(world, ada, "action add Tag the untagged volumes")

    assert await undone(world, ada, told) == "Undone: the action point is as it was before."

    assert "Dropped by <@U_ADA>" in words(card_of(world, "Tag the untagged volumes"))
    assert (await typed(world, ada, "actions team")).text == "payments: 1 FinOps action point is open."


async def test_added_where_a_date_has_passed_or_no_team_is_the_form_opens(world: World, ada: Person) -> None:
    await agreed(world, march(30))

    await opened_by(world, ada, "action add Tag them due 2026-03-01")
    view = world.slack.screen("U_ADA")
    assert view is not None
    assert view.title == "New action point"
    assert "That date has already passed. Is it meant?" in words(view)
    assert not (await ada.submit(view, {"sure": ["sure"]})).errors
    await world.settle()
    assert card_of(world, "Tag them").text.endswith("due Sun 1 Mar.")

    await opened_by(world, ada, "action add Somewhere else", "D_U_ADA")
    elsewhere = world.slack.screen("U_ADA")
    assert elsewhere is not None
    assert "payments" in words(elsewhere)


async def test_five_in_an_hour_share_the_last_card(world: World, ada: Person) -> None:
    await agreed(world, march(30))
    for number in range(2, 6):
        await typed(world, ada, f"action add Number {number}")

    shown = [kept.text for kept in world.slack.messages("C_PAY") if not kept.is_reply]
    assert shown[-3:] == [
        "A-1 Label the disks – <@U_ADA>, due Mon 30 Mar.",
        "A-2 Number 2 – no owner yet, no date yet.",
        "payments has 3 FinOps action points.",
    ]


async def test_others_learn_nothing_from_a_number(world: World, ben: Person) -> None:
    await agreed(world, march(30))

    for text in ("action A-1 due 2026-04-01", "action A-1 snooze 1d", "action A-1 drop it", "action A-9 done"):
        assert (await typed(world, ben, text)).text == NOT_YOURS


async def test_in_a_direct_message_a_number_is_ones_own(world: World, ada: Person) -> None:
    await agreed(world, march(30))

    assert (await typed(world, ada, "done 1", "D_U_ADA")).text == "A-1 Label the disks is marked done."
    assert (await typed(world, ada, "reopen 1", "D_U_ADA")).text.startswith("A-1 Label the disks is open again")


async def test_one_number_in_two_teams_is_asked_about(world: World, ada: Person) -> None:
    await agreed(world, march(30))
    await assessed(world, 3, RUN, channel="C_WEB", plan=own(1, "Right-size the shop", "U_ADA", march(20)))

    asked = await typed(world, ada, "action A-1 done at last", "D_U_ADA")
    assert asked.text == "A-1 is in 2 of your teams. Which one do you mean?"
    shop = next(block for block in asked.blocks if "web-shop" in str(block))
    await ada.press(asked, text="This one", block_id=shop["block_id"])
    await world.settle()

    assert "Done by" in words(card_of(world, "Right-size the shop", "C_WEB"))
    assert "Open" in words(card_of(world, TITLE))


async def test_a_lead_nudges_once_in_five_working_days(world: World, ada: Person, ben: Person) -> None:
    card = await agreed(world, april(20), owner="U_BEN")

    assert "is reminded in their next working hours" in (await typed(world, ada, "action A-1 nudge")).text
    assert (await typed(world, ada, "action A-1 nudge")).text.startswith("A-1 was nudged already.")
    assert (await typed(world, ben, "action A-1 nudge")).text == NOT_YOURS
    await world.pass_time(timedelta(days=1), timedelta(hours=6))

    assert [kept.text for kept in replies(world, card)] == [
        "<@U_BEN> A-1 is due Mon 20 Apr, in 35 working days. What should happen? Label the disks"
    ]
