"""Which rungs an action has, by lead time, and the days on which they fall."""

from datetime import date
from typing import Any

import pytest

from bot.domain.actions import ActionState
from bot.domain.calendar import Pause, WorkCalendar
from bot.domain.ladder import ladder
from bot.domain.reminders import URGENCY, Manner, next_touch
from bot.domain.touches import Outcome, Reason, Rest, Rung, Settled, Stall
from tests.domain.action_builders import (
    ANA,
    PARIS,
    SUNDAY_TO_THURSDAY,
    a_calendar,
    an_action,
    paris,
    planned,
    told,
)

T5, T1, T0, LATE = Rung.T5, Rung.T1, Rung.T0, Rung.OVERDUE
ASSIGNED = {"assigned_at": paris(4, 10)}  # Monday 4 May
THURSDAY_16 = {"assigned_at": paris(28, 16)}
ISRAEL = a_calendar("Asia/Jerusalem", SUNDAY_TO_THURSDAY)


def may(day: int) -> date:
    return date(2026, 5, day)


def june(day: int) -> date:
    return date(2026, 6, day)


@pytest.mark.parametrize(
    ("changes", "calendar", "expected"),
    [
        pytest.param(
            ASSIGNED | {"due_on": may(18)},
            PARIS,
            [(T5, may(11)), (T1, may(15)), (T0, may(18)), (LATE, may(19))],
            id="10 working days ahead: the whole ladder",
        ),
        pytest.param(
            ASSIGNED | {"due_on": may(15)},
            PARIS,
            [(T1, may(14)), (T0, may(15)), (LATE, may(18))],
            id="9 ahead: no week's notice",
        ),
        pytest.param(ASSIGNED | {"due_on": may(7)}, PARIS, [(T1, may(6)), (T0, may(7)), (LATE, may(8))], id="3 ahead"),
        pytest.param(
            ASSIGNED | {"due_on": may(6)}, PARIS, [(T0, may(6)), (LATE, may(7))], id="2 ahead: the day itself"
        ),
        pytest.param(
            THURSDAY_16 | {"due_on": may(29)}, PARIS, [(T0, may(29)), (LATE, june(1))], id="T21: Thu 16:00, due Fri"
        ),
        pytest.param(
            ASSIGNED | {"due_on": may(4)}, PARIS, [(LATE, may(5))], id="due the day it was given: the card tells"
        ),
        pytest.param(ASSIGNED | {"due_on": date(2026, 4, 20)}, PARIS, [(LATE, may(5))], id="T22: late from the start"),
        pytest.param(ASSIGNED | {"due_on": None}, PARIS, [], id="without a date there is no ladder"),
        pytest.param(
            ASSIGNED | {"due_on": may(31)},
            PARIS,
            [(T5, may(22)), (T1, may(28)), (T0, may(29)), (LATE, june(1))],
            id="T16: due Sunday is told on Friday, and late on Monday",
        ),
        pytest.param(
            ASSIGNED | {"due_on": may(29)},
            ISRAEL,
            [(T5, may(21)), (T1, may(27)), (T0, may(28)), (LATE, may(31))],
            id="T17: due Friday is told on Thursday, and late on Sunday",
        ),
        pytest.param(
            ASSIGNED | {"due_on": may(15)},
            a_calendar("Europe/Paris", PARIS.weekdays, may(14)),
            [(T1, may(13)), (T0, may(15)), (LATE, may(18))],
            id="T18: a holiday moves the day before one day earlier",
        ),
        pytest.param(
            ASSIGNED | {"due_on": may(15)},
            a_calendar(pause=Pause(may(13), may(22))),
            [(T1, may(11)), (T0, may(12)), (LATE, may(25))],
            id="away over the due date: told before, asked after",
        ),
        pytest.param(
            ASSIGNED | {"due_on": may(18), "planned_on": may(13)},
            PARIS,
            [(T0, may(18)), (LATE, may(19))],
            id="a planned day takes the place of what comes before the due date",
        ),
        pytest.param(
            ASSIGNED | {"due_on": may(18), "due_version": 2, "decided_at": paris(13, 10)},
            PARIS,
            [(T1, may(15)), (T0, may(18)), (LATE, may(19))],
            id="a new date starts a new lead time",
        ),
        pytest.param(
            {"assigned_at": paris(13, 10), "due_on": may(12), "due_version": 2},
            PARIS,
            [(LATE, may(15))],
            id="T37: a new owner of a late action has a day of grace",
        ),
        pytest.param(
            {"assigned_at": paris(13, 10), "due_on": may(14), "due_version": 2},
            PARIS,
            [(T0, may(14)), (LATE, may(15))],
            id="a new owner the day before: the due date is told all the same",
        ),
    ],
)
def test_the_ladder(changes: dict[str, Any], calendar: WorkCalendar, expected: list[tuple[Rung, date]]) -> None:
    assert [(step.rung, step.day) for step in ladder(an_action(**changes), calendar)] == expected


def test_t18_the_leads_own_calendar_does_not_move() -> None:
    action = an_action(due_on=may(15), assigned_at=paris(4, 10))
    assert planned(action, calendar=a_calendar("Europe/Paris", PARIS.weekdays, may(14))).local_day == may(13)
    assert planned(action, calendar=PARIS).local_day == may(14)


SNOOZED_TO_T0 = {"due_on": may(18), "snoozed_until": may(18)}
AT_T0 = told((T5, may(11)), (T1, may(15)), (T0, may(18)))


@pytest.mark.parametrize(
    ("changes", "history", "rung", "day", "merges"),
    [
        pytest.param({}, (), T5, may(22), (), id="the first rung"),
        pytest.param({}, told((T5, may(22))), T1, may(28), (), id="the next one"),
        pytest.param({}, (Settled(T5, may(22), Outcome.SKIPPED),), T1, may(28), (), id="skipped counts as settled"),
        pytest.param({"due_on": may(18)}, AT_T0, LATE, may(19), (), id="the day after"),
        pytest.param(
            {"due_on": may(18)}, (*AT_T0, *told((LATE, may(19)))), Rung.WEEKLY, may(25), (), id="then on the digest day"
        ),
        pytest.param(
            {"due_on": may(18)},
            (*AT_T0, *told((LATE, may(19)), (Rung.WEEKLY, may(26)))),
            Rung.WEEKLY,
            june(1),
            (),
            id="a weekly touch that came a day late does not shift the next",
        ),
        pytest.param(SNOOZED_TO_T0, (), T0, may(18), (Rung.WAKE,), id="waking on the due date: the due date is told"),
        pytest.param({"snoozed_until": may(26)}, (), Rung.WAKE, may(26), (), id="asleep over T-5: it wakes instead"),
        pytest.param({}, told((Rung.WAKE, may(26))), T1, may(28), (), id="woken: what was slept through is not told"),
        pytest.param({"planned_on": may(20)}, (), Rung.PLANNED_DAY, may(20), (), id="on the planned morning"),
        pytest.param({"planned_on": may(29)}, (), T0, may(29), (Rung.PLANNED_DAY,), id="planned for the due date"),
        pytest.param({"planned_on": may(24)}, (), Rung.PLANNED_DAY, may(22), (), id="planned for a Sunday: on Friday"),
        pytest.param(
            {"planned_on": may(20), "active_at": paris(20, 11)}, (), T0, may(29), (), id="planned for today: just said"
        ),
        pytest.param({"due_on": None, "snoozed_until": may(12)}, (), Rung.WAKE, may(12), (), id="no date, but snoozed"),
        pytest.param(
            {"planned_on": may(21)}, told((Rung.PLANNED_DAY, may(20))), Rung.PLANNED_DAY, may(21), (), id="planned anew"
        ),
    ],
)
def test_the_next_touch(
    changes: dict[str, Any], history: tuple[Settled, ...], rung: Rung, day: date, merges: tuple[Rung, ...]
) -> None:
    touch = planned(an_action(**changes), history)
    assert (touch.rung, touch.local_day, touch.merges) == (rung, day, merges)
    assert (touch.at_utc, touch.recipient) == (PARIS.slot(day, ANA), ANA)


FOUR_WEEKS = told(*((Rung.WEEKLY, day) for day in (may(25), june(1), june(8), june(15))))


@pytest.mark.parametrize(
    ("changes", "history", "expected"),
    [
        pytest.param({"state": ActionState.DONE}, (), Rest(Reason.CLOSED), id="done"),
        pytest.param({"state": ActionState.DROPPED}, (), Rest(Reason.CLOSED), id="dropped"),
        pytest.param({"state": ActionState.STALLED}, (), Rest(Reason.STALLED), id="stalled"),
        pytest.param({"state": ActionState.NEEDS_OWNER, "owner": None}, (), Rest(Reason.NO_OWNER), id="nobody's"),
        pytest.param({"owner": None}, (), Rest(Reason.NO_OWNER), id="made without an owner"),
        pytest.param({"due_on": None}, (), Rest(Reason.NO_DATE), id="no date"),
        pytest.param(
            {"due_on": may(18)}, (*AT_T0, *told((LATE, may(19))), *FOUR_WEEKS), Stall(), id="T33: four weekly touches"
        ),
    ],
)
def test_there_is_no_next_touch(changes: dict[str, Any], history: tuple[Settled, ...], expected: Rest | Stall) -> None:
    assert next_touch(an_action(**changes), history, Manner(PARIS)) == expected


def test_only_weekly_touches_that_were_sent_count() -> None:
    skipped = (Settled(Rung.WEEKLY, may(25), Outcome.SKIPPED), *FOUR_WEEKS[1:])
    history = (*AT_T0, *told((LATE, may(19))), *skipped)
    assert planned(an_action(due_on=may(18)), history).local_day == june(22)


def test_every_rung_has_its_place_among_the_urgent() -> None:
    assert sorted(URGENCY) == sorted(Rung)
