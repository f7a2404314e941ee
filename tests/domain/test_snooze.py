"""Putting a reminder off and planning a day: T31, T32."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.actions import ActionPoint, ActionState, Already, AskDecision, AskNewDate, Changed, Refused
from bot.domain.snooze import Snooze, plan_day, snooze, wake, wake_day
from tests.domain.action_builders import ANA, LEA, PARIS, a_calendar, an_action, paris

THURSDAY = paris(21, 10)
DUE = date(2026, 6, 12)


def changed(result: object) -> ActionPoint:
    assert isinstance(result, Changed), result
    return result.action


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        pytest.param(Snooze.ONE_DAY, date(2026, 5, 22), id="a day"),
        pytest.param(Snooze.THREE_DAYS, date(2026, 5, 26), id="T31: three days from Thursday is Tuesday"),
        pytest.param(Snooze.NEXT_WEEK, date(2026, 5, 25), id="next week is Monday"),
        pytest.param(date(2026, 5, 27), date(2026, 5, 27), id="a day picked"),
        pytest.param(date(2026, 5, 30), date(2026, 6, 1), id="a Saturday picked: the Monday after"),
    ],
)
def test_when_it_wakes(choice: Snooze | date, expected: date) -> None:
    assert wake_day(choice, date(2026, 5, 21), PARIS) == expected


def test_it_wakes_on_a_day_that_is_worked() -> None:
    whit_monday = a_calendar("Europe/Paris", PARIS.weekdays, date(2026, 5, 25))
    assert wake_day(Snooze.NEXT_WEEK, date(2026, 5, 21), whit_monday) == date(2026, 5, 26)
    assert wake_day(Snooze.THREE_DAYS, date(2026, 5, 21), whit_monday) == date(2026, 5, 27)


def test_t31_the_due_date_and_its_version_stay() -> None:
    taken = an_action(due_on=DUE, accepted_at=THURSDAY)
    asleep = changed(snooze(taken, ANA, THURSDAY, Snooze.THREE_DAYS, PARIS))
    assert asleep == replace(taken, snoozed_until=date(2026, 5, 26), snoozes_in_row=1, active_at=THURSDAY)


def test_a_double_click_is_one_snooze() -> None:
    asleep = changed(snooze(an_action(), ANA, THURSDAY, Snooze.ONE_DAY, PARIS))
    assert snooze(asleep, ANA, THURSDAY, Snooze.ONE_DAY, PARIS) == Already(ActionState.OPEN)


@pytest.mark.parametrize(
    ("changes", "choice", "expected"),
    [
        pytest.param(
            {"due_on": date(2026, 5, 25)},
            Snooze.THREE_DAYS,
            AskNewDate(date(2026, 5, 26), date(2026, 5, 25)),
            id="T32: beyond the due date",
        ),
        pytest.param(
            {"due_on": date(2026, 5, 20)},
            Snooze.ONE_DAY,
            AskNewDate(date(2026, 5, 22), date(2026, 5, 20)),
            id="T32: overdue, any day is beyond",
        ),
        pytest.param(
            {"due_on": date(2026, 5, 31)},
            date(2026, 5, 30),
            AskNewDate(date(2026, 6, 1), date(2026, 5, 31)),
            id="T32: the next working day is beyond",
        ),
        pytest.param({"snoozes_in_row": 3}, Snooze.ONE_DAY, AskDecision(3), id="T32: the fourth in a row"),
        pytest.param(
            {"snoozes_in_row": 3, "due_on": date(2026, 5, 21)},
            Snooze.ONE_DAY,
            AskDecision(3),
            id="T32: the fourth, and beyond: the wider question",
        ),
    ],
)
def test_snoozing_ends_in_a_question(changes: dict[str, Any], choice: Snooze | date, expected: object) -> None:
    assert snooze(an_action(**changes), ANA, THURSDAY, choice, PARIS) == expected


@pytest.mark.parametrize(
    ("changes", "choice", "refused"),
    [
        pytest.param({}, date(2026, 5, 21), True, id="today"),
        pytest.param({}, date(2026, 5, 20), True, id="yesterday"),
        pytest.param({"due_on": DUE}, date(2026, 6, 4), False, id="in 14 days"),
        pytest.param({"due_on": DUE}, date(2026, 6, 5), True, id="in 15 days"),
        pytest.param({"owner": None}, Snooze.ONE_DAY, True, id="nobody's"),
        pytest.param({"due_on": date(2026, 5, 22)}, Snooze.ONE_DAY, False, id="up to the due date"),
        pytest.param({"due_on": None}, Snooze.ONE_DAY, False, id="without a due date"),
    ],
)
def test_what_can_be_snoozed(changes: dict[str, Any], choice: Snooze | date, refused: bool) -> None:
    result = snooze(an_action(**changes), ANA, THURSDAY, choice, PARIS)
    assert isinstance(result, Refused if refused else Changed)


def test_a_lead_may_put_it_off_and_the_owner_was_not_active() -> None:
    assert changed(snooze(an_action(), LEA, THURSDAY, Snooze.ONE_DAY, PARIS)).active_at is None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 5, 20), Refused, id="yesterday"),
        pytest.param(date(2026, 5, 21), Changed, id="today"),
        pytest.param(date(2026, 5, 29), Changed, id="the due date"),
        pytest.param(date(2026, 5, 30), AskNewDate, id="beyond"),
    ],
)
def test_planning_a_day(day: date, expected: type) -> None:
    assert isinstance(plan_day(an_action(), ANA, THURSDAY, day, PARIS), expected)


def test_a_planned_day_ends_the_snoozing() -> None:
    asleep = an_action(snoozed_until=date(2026, 5, 25), snoozes_in_row=3, accepted_at=THURSDAY)
    day = date(2026, 5, 27)
    planned = changed(plan_day(asleep, ANA, THURSDAY, day, PARIS))
    assert planned == an_action(planned_on=day, active_at=THURSDAY, accepted_at=THURSDAY)
    assert plan_day(planned, ANA, THURSDAY, day, PARIS) == Already(ActionState.OPEN)


def test_nobody_plans_what_is_nobodys() -> None:
    assert isinstance(plan_day(an_action(owner=None), LEA, THURSDAY, date(2026, 5, 27), PARIS), Refused)


@pytest.mark.parametrize(
    ("today", "awake"), [pytest.param(25, False, id="the day before"), pytest.param(26, True, id="on its day")]
)
def test_waking(today: int, awake: bool) -> None:
    asleep = an_action(snoozed_until=date(2026, 5, 26), snoozes_in_row=2)
    woken = wake(asleep, date(2026, 5, today))
    assert woken == (an_action(snoozes_in_row=2) if awake else asleep)
