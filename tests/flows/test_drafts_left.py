"""T12: a draft that was left. Its starter is asked twice, warned once, and then it is gone; no result changes."""

from datetime import date

import pytest

from sandbox.person import Person
from sandbox.values import Message
from tests.flows.assessment import CRAWL, NOT_KNOWN, RUN, STEPS, answered, assessed, opened, posts
from tests.flows.looking import buttons, explains_itself, held, words
from tests.flows.saying import answer
from tests.flows.times import NEW_YORK, april, at, march
from tests.flows.world import World


async def _left(world: World, person: Person, steps: int = 1) -> None:
    view = await answered(person, await opened(world, person, user=person.id), 2, NOT_KNOWN, STEPS[:steps])
    await person.close(view)
    await world.settle()


async def _noon(world: World, day: date) -> None:
    await world.until(at(day, "12:00"))


def _told(world: World, user: str = "U_ADA") -> list[Message]:
    return world.slack.dm(user)


async def test_t12_left_for_good_it_is_spoken_of_three_times_and_thrown_away(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN)
    before = [kept.text for kept in posts(world)]
    await _left(world, ada)

    await world.until(at(march(3), "09:29"))
    assert _told(world) == []
    await _noon(world, march(3))
    assert [kept.text for kept in _told(world)] == [
        "Your FinOps assessment of payments was saved on Mon 2 Mar, and goes on where you left it."
    ]
    await _noon(world, march(5))
    assert len(_told(world)) == 1
    await _noon(world, march(6))
    assert "still waits as you left it on Mon 2 Mar." in _told(world)[-1].text
    await _noon(world, march(26))
    assert len(_told(world)) == 2
    await _noon(world, march(27))
    assert "expires on Wed 1 Apr" in _told(world)[-1].text
    assert buttons(_told(world)[-1]) == ["Resume", "Discard draft"]
    assert explains_itself(_told(world)[-1])
    await _noon(world, april(2))

    assert len(_told(world)) == 3
    assert [kept.text for kept in posts(world)] == before
    first = await opened(world, ada)
    assert "Welcome back" not in words(first)
    assert held(first, "p_reporting") is None


async def test_resumed_from_the_message_it_goes_on_where_it_was_left(world: World, ada: Person) -> None:
    await _left(world, ada, steps=2)
    await _noon(world, march(3))

    await ada.press(_told(world)[0], text="Resume")
    await world.answered()

    here = world.slack.screen("U_ADA")
    assert here is not None
    assert here.title == "Step 3 of 5: Teams"


async def test_who_goes_on_is_asked_anew_a_day_later_and_who_finishes_never_again(world: World, ada: Person) -> None:
    await _left(world, ada)
    await _noon(world, march(3))
    await _left_again(world, ada)
    await _noon(world, march(4))
    assert len(_told(world)) == 2
    assert "was saved on Tue 3 Mar" in _told(world)[-1].text

    fifth = await answered(ada, await opened(world, ada), 3, RUN, STEPS[2:])
    await ada.submit(fifth, {})
    await world.settle()
    await _noon(world, april(3))

    assert len(_told(world)) == 2


async def _left_again(world: World, person: Person) -> None:
    await person.close(await answered(person, await opened(world, person), 3, RUN, STEPS[1:2]))
    await world.settle()


async def test_discarded_by_button_it_is_forgotten_at_once(world: World, ada: Person) -> None:
    await _left(world, ada)
    (closed,) = world.slack.ephemerals("U_ADA")

    await ada.press(closed, text="Discard draft")
    await world.settle()
    assert world.slack.ephemerals("U_ADA")[-1].text == (
        "Your draft of the FinOps assessment of payments is discarded. Nothing else has changed."
    )
    await ada.press(closed, text="Discard draft")
    await world.settle()
    assert "There is no draft of yours any more" in world.slack.ephemerals("U_ADA")[-1].text
    await _noon(world, march(10))

    assert _told(world) == []
    assert "Welcome back" not in words(await opened(world, ada))


async def test_of_a_draft_with_others_in_it_only_ones_own_part_goes(world: World, ada: Person, ben: Person) -> None:
    await _left(world, ada)
    await _left(world, ben)

    await ada.press(world.slack.ephemerals("U_ADA")[-1], text="Discard draft")
    await world.settle()
    assert "The answers of others in it stay." in world.slack.ephemerals("U_ADA")[-1].text
    await world.until(at(march(3), "09:51", NEW_YORK))

    # Who began it has left it to others: it waits for the one who is still in it.
    assert _told(world) == []
    assert len(_told(world, "U_BEN")) == 1
    bens = await opened(world, ben, user="U_BEN")
    assert bens.title == "Step 2 of 5: Governance"


async def test_after_a_stand_still_only_the_later_word_is_said_and_others_in_it_hear_none(
    world: World, ada: Person, ben: Person
) -> None:
    await _left(world, ada)
    await _left(world, ben)
    await _noon(world, march(10))

    assert ["still waits" in kept.text for kept in _told(world)] == [True]
    assert _told(world, "U_BEN") == []


async def _opened_again(world: World, ada: Person, *, level: int | None = None) -> None:
    """A team at Run that came down to Crawl: its lead begins to correct that, and leaves."""
    await assessed(world, 3, RUN)
    await assessed(world, 1, CRAWL)
    await ada.press(_told(world)[0], text="Correct answers")
    await world.answered()
    first = world.slack.screen("U_ADA")
    assert first is not None
    view = await answered(ada, first, level, RUN, STEPS[:1]) if level else first
    await ada.close(view)
    await world.settle()


async def _as_it_was(world: World, ada: Person) -> None:
    """The answers, the stage and the trend are those of before the correction, and the team may begin anew."""
    seen = await answer(world, ada, "history")
    assert seen.text == "payments has 2 assessments behind it; the newest says Crawl."
    assert "corrected" not in words(seen)
    told = [kept for kept in posts(world) if "is now at" in kept.text]
    assert [kept.text for kept in told] == ["payments is now at Crawl."]
    await ada.press(_told(world)[0], text="Correct answers")
    await world.answered()
    again = world.slack.screen("U_ADA")
    assert again is not None
    assert held(again, "p_reporting") == "1"


@pytest.mark.both_databases
async def test_a_correction_that_was_left_for_good_is_given_up_and_the_result_stands(world: World, ada: Person) -> None:
    await _opened_again(world, ada, level=3)

    await _noon(world, march(3))
    assert "You opened the answers of payments again on Mon 2 Mar" in _told(world)[-1].text
    assert buttons(_told(world)[-1]) == ["Resume", "Discard draft"]
    await _noon(world, march(27))
    expires = "Your correction of the FinOps assessment of *payments* expires on Wed 1 Apr; you left it on Mon 2 Mar."
    assert expires in words(_told(world)[-1])
    await world.until(at(march(31), "23:00"))
    assert not [kept for kept in posts(world) if "is now at" in kept.text]
    await _noon(world, april(1))

    await _as_it_was(world, ada)


@pytest.mark.both_databases
async def test_a_correction_is_given_up_by_button_by_the_lead_or_who_is_at_it(
    world: World, ada: Person, ben: Person
) -> None:
    await _opened_again(world, ada, level=3)
    world.clock.advance(60)
    await _left(world, ben)
    await world.until(at(march(3), "09:51", NEW_YORK))
    (bens,) = _told(world, "U_BEN")
    assert "You opened the answers of payments again on Mon 2 Mar" in bens.text
    await _left_again(world, ada)

    await ben.press(bens, text="Discard draft")
    await world.settle()
    assert "There is no draft of yours any more" in world.slack.ephemerals("U_BEN")[-1].text
    await _noon(world, march(4))
    await ada.press(_told(world)[-1], text="Discard draft")
    await world.settle()

    assert "is discarded. Nothing else has changed." in world.slack.ephemerals("U_ADA")[-1].text
    await _as_it_was(world, ada)
    assert "U_BEN" not in words(world.slack.screen("U_ADA"))


async def test_a_correction_is_given_up_where_its_form_was_closed(world: World, ada: Person) -> None:
    await _opened_again(world, ada, level=3)
    told = world.slack.ephemerals("U_ADA")[-1]
    assert buttons(told) == ["Resume", "Discard draft"]

    await ada.press(told, text="Discard draft")
    await _noon(world, march(4))

    assert "is discarded. Nothing else has changed." in world.slack.ephemerals("U_ADA")[-1].text
    await _as_it_was(world, ada)
