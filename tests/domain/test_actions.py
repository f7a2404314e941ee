"""What people decide about an action point, once, twice and too late: T22, T34, T35."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.actions import ActionPoint, ActionState, Already, Changed, Confirm, Refused
from bot.domain.decisions import (
    accept,
    block,
    change_due,
    drop,
    hand_over,
    link,
    mark_done,
    not_me,
    orphan,
    reopen,
    stall,
    unblock,
)
from bot.domain.ids import UserId
from bot.domain.nudging import nudge
from bot.domain.snooze import Snooze, plan_day, snooze
from tests.domain.action_builders import ANA, LEA, PARIS, TOM, an_action, paris

NOW = paris(12, 10, 2)
LATER = paris(12, 10, 3)
DONE = an_action(state=ActionState.DONE, closed_by=ANA, closed_at=NOW)
DROPPED = an_action(state=ActionState.DROPPED, closed_by=LEA, closed_at=paris(4, 12), drop_reason="not needed")
BUSY = {"snoozed_until": date(2026, 5, 20), "snoozes_in_row": 2, "planned_on": date(2026, 5, 19)}
FREE = {"snoozed_until": None, "snoozes_in_row": 0, "planned_on": None}


def changed(result: object) -> ActionPoint:
    assert isinstance(result, Changed), result
    return result.action


def test_an_action_is_known_by_its_number() -> None:
    assert an_action().label == "A-12"


@pytest.mark.parametrize("second", [ANA, TOM], ids=["T34: a double click", "T34: two people"])
def test_done_happens_once(second: UserId) -> None:
    done = changed(mark_done(an_action(), ANA, NOW))
    assert (done.state, done.closed_by, done.closed_at) == (ActionState.DONE, ANA, NOW)
    assert mark_done(done, second, LATER) == Already(ActionState.DONE, ANA, NOW)


@pytest.mark.parametrize(
    "action",
    [pytest.param(DONE, id="T34: done"), pytest.param(DROPPED, id="T35: dropped")],
)
def test_no_button_brings_back_what_is_closed(action: ActionPoint) -> None:
    same = Already(action.state, action.closed_by, action.closed_at)
    assert mark_done(action, TOM, LATER) == same
    assert drop(action, TOM, LATER, "again") == same
    assert hand_over(action, TOM, LATER, TOM) == same
    assert change_due(action, TOM, LATER, date(2026, 6, 1), PARIS) == same
    assert snooze(action, TOM, LATER, Snooze.ONE_DAY, PARIS) == same
    assert plan_day(action, TOM, LATER, date(2026, 5, 20), PARIS) == same
    assert block(action, TOM, LATER, "waiting") == same
    assert unblock(action, TOM, LATER) == same
    assert link(action, TOM, LATER, "https://example.com") == same
    assert accept(action, ANA, LATER) == same
    assert not_me(action, ANA, LATER, former_is_there=True) == same
    assert nudge(action, LEA, LATER, PARIS) == same
    assert orphan(action, LATER) == same
    assert stall(action) == same


def test_dropping_needs_a_reason() -> None:
    assert isinstance(drop(an_action(), ANA, NOW, "  "), Refused)
    dropped = changed(drop(an_action(), ANA, NOW, " bought elsewhere "))
    assert (dropped.state, dropped.drop_reason) == (ActionState.DROPPED, "bought elsewhere")


def test_handing_over_makes_a_new_beginning() -> None:
    given = changed(hand_over(an_action(**BUSY, active_at=NOW), ANA, LATER, TOM))
    assert given == an_action(
        owner=TOM,
        former_owner=ANA,
        assigned_by=ANA,
        assigned_at=LATER,
        decided_at=LATER,
        due_version=2,
        active_at=None,
        **FREE,
    )
    assert given.awaits_acceptance


def test_taking_it_is_the_new_owners_activity() -> None:
    taken = changed(hand_over(an_action(owner=None, state=ActionState.NEEDS_OWNER), TOM, NOW, TOM))
    assert (taken.state, taken.owner, taken.active_at) == (ActionState.OPEN, TOM, NOW)


def test_handing_over_twice_is_once() -> None:
    given = changed(hand_over(an_action(), ANA, NOW, TOM))
    assert hand_over(given, ANA, LATER, TOM) == Already(ActionState.OPEN, ANA, NOW)


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        pytest.param(date(2026, 6, 5), Changed, id="later"),
        pytest.param(date(2026, 5, 12), Changed, id="today"),
        pytest.param(date(2026, 5, 11), Confirm, id="T22: passed, so it is asked"),
        pytest.param(date(2026, 5, 29), Already, id="the same"),
        pytest.param(date(2036, 5, 29), Refused, id="a slip of the year"),
        pytest.param(date(206, 5, 29), Refused, id="a slip the other way"),
    ],
)
def test_a_new_due_date(due_on: date, expected: type) -> None:
    assert isinstance(change_due(an_action(), ANA, NOW, due_on, PARIS), expected)


def test_t22_a_date_that_passed_is_taken_when_confirmed() -> None:
    moved = changed(change_due(an_action(), ANA, NOW, date(2026, 5, 11), PARIS, confirmed=True))
    assert moved.due_on == date(2026, 5, 11)


def test_confirming_does_not_allow_a_slip_of_the_year() -> None:
    assert isinstance(change_due(an_action(), ANA, NOW, date(2036, 5, 11), PARIS, confirmed=True), Refused)


@pytest.mark.parametrize(
    ("actor", "heard_at"), [pytest.param(ANA, NOW, id="the owner"), pytest.param(LEA, None, id="the lead")]
)
def test_a_new_date_starts_anew_and_only_the_owner_was_active_and_took_it_on(actor: UserId, heard_at: Any) -> None:
    moved = changed(change_due(an_action(**BUSY), actor, NOW, date(2026, 6, 5), PARIS))
    heard = {"active_at": heard_at, "accepted_at": heard_at}
    assert moved == an_action(due_on=date(2026, 6, 5), due_version=2, decided_at=NOW, **heard, **FREE)


STALLED = an_action(state=ActionState.STALLED)


@pytest.mark.parametrize(
    "decided",
    [
        pytest.param(change_due(STALLED, LEA, NOW, date(2026, 6, 5), PARIS), id="a new date"),
        pytest.param(hand_over(STALLED, LEA, NOW, TOM), id="another owner"),
        pytest.param(reopen(STALLED, LEA, NOW), id="opened again"),
    ],
)
def test_any_decision_revives_what_stalled(decided: object) -> None:
    revived = changed(decided)
    assert (revived.state, revived.due_version, revived.decided_at) == (ActionState.OPEN, 2, NOW)


def test_what_stalled_can_still_be_done() -> None:
    assert changed(mark_done(STALLED, ANA, NOW)).state is ActionState.DONE


def test_only_what_is_open_stalls() -> None:
    assert changed(stall(an_action())).state is ActionState.STALLED
    assert stall(STALLED) == Already(ActionState.STALLED)


def test_reopening() -> None:
    opened = changed(reopen(DROPPED, LEA, NOW))
    assert opened == an_action(due_version=2, decided_at=NOW)
    assert reopen(opened, LEA, LATER) == Already(ActionState.OPEN)
    assert changed(reopen(replace(DONE, owner=None), LEA, NOW)).state is ActionState.NEEDS_OWNER


def test_an_owner_who_left_leaves_an_action_without_one() -> None:
    lost = changed(orphan(an_action(**BUSY, active_at=NOW), LATER))
    assert (lost.owner, lost.former_owner, lost.state, lost.due_version) == (None, ANA, ActionState.NEEDS_OWNER, 2)
    assert orphan(lost, LATER) == Already(ActionState.NEEDS_OWNER)
