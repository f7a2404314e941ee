"""What is decided while a worker has a reminder in its hands, before it is said and in the moment that it is."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.services import attempting
from sandbox.person import Person
from sandbox.values import Message
from tests.flows.assessment import agreed, card_of, replies
from tests.flows.deciding import morning
from tests.flows.times import march
from tests.flows.typing import COMMAND
from tests.flows.world import World

pytestmark = pytest.mark.both_databases

CLAIMED, LETTER_READ = "outbox.before_posting_mark", "outbox.after_check"
Interrupt = Callable[[str, str], None]


@pytest.fixture
def interrupt(ada: Person, monkeypatch: pytest.MonkeyPatch) -> Interrupt:
    """Has Ada type something when the worker gets to a point for the first time."""

    def at(place: str, typed: str) -> None:
        waiting = [typed]

        async def point(name: str) -> None:
            if name == place and waiting:
                assert not (await ada.command(COMMAND, waiting.pop())).trouble

        monkeypatch.setattr(attempting, "point", point)

    return at


async def last_reminder(world: World, card: Message) -> str:
    return replies(world, card)[-1].text


@pytest.mark.parametrize("decision", ["done", "drop Solved otherwise", "snooze 3d"])
async def test_d06_decided_when_it_was_only_claimed_nothing_is_said(
    world: World, interrupt: Interrupt, decision: str
) -> None:
    card = await agreed(world, march(17))
    interrupt(CLAIMED, f"action A-1 {decision}")

    await morning(world, march(10))

    assert replies(world, card) == []


async def test_d06_closed_in_the_moment_of_the_call_it_stands_and_asks_nothing_more(
    world: World, interrupt: Interrupt
) -> None:
    card = await agreed(world, march(17))
    interrupt(LETTER_READ, "action A-1 done")

    await morning(world, march(10))
    await world.pass_time(timedelta(days=30), timedelta(days=7))

    (said,) = replies(world, card)
    assert said.text.startswith("<@U_ADA> A-1 is due")
    assert "Done by" in card_of(world, "Label the disks").text + str(card_of(world, "Label the disks").blocks)


@pytest.mark.parametrize("place", [CLAIMED, LETTER_READ])
async def test_d07_given_another_date_only_that_is_spoken_of_from_then_on(
    world: World, interrupt: Interrupt, place: str
) -> None:
    card = await agreed(world, march(17))
    interrupt(place, "action A-1 due 30 Mar")

    await morning(world, march(10))
    before = [kept.text for kept in replies(world, card)]
    await morning(world, march(23))

    assert len(before) == (0 if place == CLAIMED else 1)
    assert (
        await last_reminder(world, card) == "<@U_ADA> A-1 is due Mon 30 Mar. Which day will you do it? Label the disks"
    )
    assert len(replies(world, card)) == len(before) + 1


async def test_d07_handed_over_when_it_was_only_claimed_the_one_before_hears_nothing(
    world: World, interrupt: Interrupt
) -> None:
    card = await agreed(world, march(17))
    interrupt(CLAIMED, "action A-1 assign <@U_BEN>")

    await morning(world, march(10))
    await world.until(world.now() + timedelta(days=14), timedelta(hours=6))

    assert [kept.text for kept in replies(world, card) if "<@U_ADA>" in kept.text] == []
