"""Ten minutes to take back what was done to an action point: it is as it was, and what was not said yet never is."""

from datetime import timedelta

import pytest

from sandbox.person import Person
from tests.flows.assessment import agreed, card_of, replies
from tests.flows.deciding import dated, handed, morning, pressed, said_on
from tests.flows.looking import buttons, words
from tests.flows.times import april, march
from tests.flows.typing import typed, undone
from tests.flows.world import World

pytestmark = pytest.mark.both_databases

TITLE = "Label the disks"
UNDONE = "Undone: the action point is as it was before."


async def test_t46_a_done_is_taken_back_with_its_note_before_that_was_said(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))
    reply = await ada.command("/finops-assess", "action A-1 done at last")  # the worker has not spoken yet
    assert reply.message is not None

    assert await undone(world, ada, reply.message) == UNDONE

    assert "Open" in words(card_of(world, TITLE))
    assert replies(world, card) == []
    assert len(await said_on(world, card, march(10))) == 1


async def test_a_press_is_said_back_with_a_way_back(world: World, ada: Person) -> None:
    card = await agreed(world, march(30))
    await pressed(world, ada, card, "Mark done")
    told = world.slack.ephemerals("U_ADA")[-1]
    assert buttons(told) == ["Undo"]

    assert await undone(world, ada, told) == UNDONE
    assert "Open" in words(card_of(world, TITLE))
    assert await undone(world, ada, told) == (
        "There is nothing to undo: it was undone already, or it was not your change."
    )


async def test_what_was_said_already_is_not_said_again_after_the_date_came_back(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))
    assert len(await said_on(world, card, march(10))) == 1
    await dated(world, ada, card, april(14))

    assert await undone(world, ada, world.slack.ephemerals("U_ADA")[-1]) == UNDONE

    assert card_of(world, TITLE).text.endswith("due Tue 17 Mar.")
    for day in (march(11), march(12), march(13)):
        assert await said_on(world, card, day) == []
    assert len(await said_on(world, card, march(16))) == 1
    await dated(world, ada, card, april(14))
    assert card_of(world, TITLE).text.endswith("due Tue 14 Apr.")


async def test_a_hand_over_taken_back_tells_who_was_told(world: World, ada: Person) -> None:
    card = await agreed(world, march(30))
    await handed(world, ada, card, "U_BEN")
    (given,) = replies(world, card)
    assert "is yours now" in given.text

    await undone(world, ada, world.slack.ephemerals("U_ADA")[-1])

    (settled,) = replies(world, card)
    assert settled.text == "<@U_BEN> A-1 was handed over to you. Label the disks"
    assert "in other hands by now" in words(settled)
    assert buttons(settled) == []
    assert "<@U_ADA>" in card_of(world, TITLE).text
    await handed(world, ada, card, "U_BEN")
    assert len(replies(world, card)) == 2


async def test_what_somebody_changed_since_stands(world: World, ada: Person, ben: Person) -> None:
    card = await agreed(world, march(30), owner="U_BEN")
    told = await typed(world, ada, "action A-1 block the invoice")
    await pressed(world, ben, card, "Mark done")

    assert await undone(world, ada, told) == "It was changed again since, and that stands. Nothing was changed."
    assert "Done by <@U_BEN>" in words(card_of(world, TITLE))


async def test_after_ten_minutes_it_is_too_late_and_others_cannot_at_all(world: World, ada: Person) -> None:
    await agreed(world, march(30))
    told = await typed(world, ada, "action A-1 done")
    world.clock.advance(timedelta(minutes=10).total_seconds())

    assert (await undone(world, ada, told)).startswith("That was more than ten minutes ago")
    assert "Done" in words(card_of(world, TITLE))
    await morning(world, march(3))
