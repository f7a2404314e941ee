"""An action point in new hands: accepted, declined, or on its way back."""

from datetime import date

import pytest

from bot.domain.actions import ActionPoint, ActionState, Already, Changed
from bot.domain.decisions import accept, hand_over, not_me, reopen
from bot.domain.snooze import Snooze, plan_day, snooze
from tests.domain.action_builders import ANA, LEA, PARIS, TOM, an_action, paris

NOW, LATER = paris(12, 10, 2), paris(12, 10, 3)


def changed(result: object) -> ActionPoint:
    assert isinstance(result, Changed), result
    return result.action


GIVEN = changed(hand_over(an_action(accepted_at=NOW), ANA, NOW, TOM))


def test_accepting_is_said_once_and_decides_nothing_anew() -> None:
    accepted = changed(accept(GIVEN, TOM, LATER))
    assert (accepted.accepted_at, accepted.active_at, accepted.due_version) == (LATER, LATER, GIVEN.due_version)
    assert not accepted.awaits_acceptance
    assert accept(accepted, TOM, paris(13, 9)) == Already(ActionState.OPEN, TOM, LATER)


@pytest.mark.parametrize(
    "outcome",
    [
        pytest.param(snooze(GIVEN, TOM, LATER, Snooze.ONE_DAY, PARIS), id="putting it off"),
        pytest.param(plan_day(GIVEN, TOM, LATER, date(2026, 5, 20), PARIS), id="picking a day"),
    ],
)
def test_whatever_the_new_owner_does_takes_it_on(outcome: object) -> None:
    assert changed(outcome).accepted_at == LATER


def test_what_the_lead_does_does_not_take_it_on_for_them() -> None:
    assert changed(snooze(GIVEN, LEA, LATER, Snooze.ONE_DAY, PARIS)).awaits_acceptance


def test_who_takes_it_has_accepted_it() -> None:
    taken = changed(hand_over(an_action(owner=None, state=ActionState.NEEDS_OWNER), TOM, NOW, TOM))
    assert not taken.awaits_acceptance


def test_declined_it_goes_back_to_who_handed_it_over() -> None:
    back = changed(not_me(GIVEN, TOM, LATER, former_is_there=True))
    assert (back.owner, back.former_owner, back.state) == (ANA, None, ActionState.OPEN)
    assert (back.due_version, back.decided_at, back.assigned_by) == (3, LATER, TOM)
    assert not back.awaits_acceptance


@pytest.mark.parametrize(
    ("action", "former_is_there"),
    [
        pytest.param(GIVEN, False, id="who handed it over has left"),
        pytest.param(an_action(owner=TOM, former_owner=ANA, accepted_at=NOW), True, id="it was accepted"),
        pytest.param(an_action(owner=TOM), True, id="it was nobody's before"),
    ],
)
def test_declined_otherwise_it_needs_an_owner(action: ActionPoint, former_is_there: bool) -> None:
    lost = changed(not_me(action, TOM, LATER, former_is_there=former_is_there))
    assert (lost.owner, lost.former_owner, lost.state) == (None, TOM, ActionState.NEEDS_OWNER)
    assert not lost.awaits_acceptance


@pytest.mark.parametrize("former_is_there", [True, False])
def test_declining_twice_is_once(former_is_there: bool) -> None:
    declined = changed(not_me(GIVEN, TOM, LATER, former_is_there=former_is_there))
    again = not_me(declined, TOM, paris(13, 9), former_is_there=former_is_there)
    assert again == Already(declined.state, TOM, LATER)


def test_what_was_closed_awaits_nobody() -> None:
    closed = an_action(state=ActionState.DONE)
    assert not closed.awaits_acceptance
    assert changed(reopen(closed, LEA, NOW)).awaits_acceptance
