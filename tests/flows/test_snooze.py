"""Putting a reminder off moves the reminder: not the due date, and not what comes after."""

from sandbox.person import Person
from tests.flows.assessment import agreed, card_of, replies
from tests.flows.deciding import form, morning, pressed, said_on, snoozed
from tests.flows.looking import fields, shown, words
from tests.flows.times import april, march
from tests.flows.world import World

TITLE = "Label the disks"


async def test_three_days_from_a_thursday_end_on_the_tuesday_and_the_ladder_goes_on(world: World, ada: Person) -> None:
    card = await agreed(world, march(26))
    assert len(await said_on(world, card, march(19))) == 1

    await snoozed(world, ada, card, "3d")
    assert "Snoozed until Tue 24 Mar" in words(card_of(world, TITLE))
    assert "due Thu 26 Mar" in card_of(world, TITLE).text

    (woken,) = await said_on(world, card, march(24))
    assert "A-1 is back from its snooze. Its due date has not changed: it is due Thu 26 Mar" in woken
    assert "Snoozed" not in words(card_of(world, TITLE))
    for day in (march(25), march(26)):
        assert len(await said_on(world, card, day)) == 1
    # Three within seven days are enough: that it is overdue waits until a week after the first of them.
    assert await said_on(world, card, march(27)) == []
    assert len(await said_on(world, card, march(31))) == 1
    assert len(replies(world, card)) == 5


async def test_a_reminder_that_falls_into_the_snooze_is_not_said(world: World, ada: Person) -> None:
    card = await agreed(world, april(1))
    await morning(world, march(24))
    await snoozed(world, ada, card, "next-week")

    await morning(world, march(27))  # the reminder a week ahead would have come on the 25th
    assert replies(world, card) == []
    said = await said_on(world, card, march(30))

    assert "back from its snooze" in said[0]


async def test_t32_beyond_the_due_date_a_new_date_is_asked_for(world: World, ada: Person) -> None:
    card = await agreed(world, march(4))

    asked = shown(await ada.submit(await form(world, ada, card, "Snooze"), {"when": "3d"}))
    assert "Thu 5 Mar is after the due date, Wed 4 Mar. When should A-1 be due instead?" in words(asked)
    assert not (await ada.submit(asked, {"day": march(9)})).errors
    await world.settle()

    assert card_of(world, TITLE).text.endswith("due Mon 9 Mar.")


async def test_t32_the_fourth_in_a_row_asks_for_a_decision(world: World, ada: Person) -> None:
    card = await agreed(world, april(20))
    for day in (march(3), march(4), march(5)):
        await snoozed(world, ada, card, "1d")
        await morning(world, day)

    asked = shown(await ada.submit(await form(world, ada, card, "Snooze"), {"when": "1d"}))

    assert "A-1 was put off 3 times in a row. New date, hand over or drop?" in words(asked)
    assert fields(asked) == ["choice"]
    assert "Be reminded later" not in words(asked)
    await ada.submit(asked, {"choice": "done"})
    await world.settle()
    assert "Done by <@U_ADA>" in words(card_of(world, TITLE))


async def test_a_date_of_ones_own_is_refused_beside_its_field_when_it_has_passed(world: World, ada: Person) -> None:
    card = await agreed(world, april(20))
    view = await form(world, ada, card, "Snooze")

    refused = await ada.submit(view, {"when": "pick", "day": march(2)})
    assert refused.errors == {"day": "Please choose a day after today."}
    assert not (await ada.submit(view, {"day": march(6)})).errors
    await world.settle()
    assert "Snoozed until Fri 6 Mar" in words(card_of(world, TITLE))


async def test_a_day_that_was_picked_takes_the_place_of_the_reminders_before_the_date(
    world: World, ada: Person
) -> None:
    card = await agreed(world, march(26))
    assert len(await said_on(world, card, march(19))) == 1
    view = await form(world, ada, replies(world, card)[0], "Pick a day")
    assert not (await ada.submit(view, {"day": march(24)})).errors
    await world.settle()
    assert "Planned for Tue 24 Mar" in words(card_of(world, TITLE))

    assert "Today is the day you chose for A-1." in (await said_on(world, card, march(24)))[0]
    await morning(world, march(25))
    assert len(replies(world, card)) == 2
    assert len(await said_on(world, card, march(26))) == 1


async def test_done_while_snoozed_stays_silent(world: World, ada: Person) -> None:
    card = await agreed(world, march(26))
    await snoozed(world, ada, card, "3d")
    await pressed(world, ada, card, "Mark done")

    await morning(world, march(5))
    await morning(world, march(27))

    assert replies(world, card) == []
