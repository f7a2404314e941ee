"""The reminder policy as conversations with time: T13 to T23, T30 to T33, T36."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.actions import ActionPoint, ActionState, Changed
from bot.domain.calendar import WorkCalendar
from bot.domain.decisions import change_due, drop, hand_over, mark_done, orphan, reopen, stall
from bot.domain.picking import pick
from bot.domain.reminders import Manner, next_touch
from bot.domain.snooze import Snooze, snooze
from bot.domain.touches import Move, Outcome, Reason, Rung, Send, Settled, Skip, Verdict
from tests.domain.action_builders import (
    ANA,
    EVERY_DAY,
    LEA,
    MAY_4,
    PARIS,
    SUNDAY_TO_THURSDAY,
    TOM,
    Desk,
    a_calendar,
    an_action,
    paris,
    planned,
    told,
)

T5, T1, T0, LATE, WEEKLY = Rung.T5, Rung.T1, Rung.T0, Rung.OVERDUE, Rung.WEEKLY
LOS_ANGELES = a_calendar("America/Los_Angeles")


def changed(result: object) -> ActionPoint:
    assert isinstance(result, Changed), result
    return result.action


def in_slot(moment: time) -> bool:
    return time(9, 30) <= moment <= time(9, 50)


def at(zone: str, *when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[arg-type,misc]


def test_t13_touches_keep_their_local_hour_over_a_clock_change() -> None:
    desk = Desk(an_action(assigned_at=paris(2, 10, month=3), due_on=date(2026, 3, 30)))
    desk.run_through(paris(8, 0, month=4))
    assert [rung for rung, _ in desk.rungs()] == [T5, T1, T0, LATE, WEEKLY]
    assert all(in_slot(moment) for moment in desk.clock_times())
    assert {now.hour for now, _, _ in desk.sent} == {7, 8}  # in UTC they do move


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        pytest.param("Europe/Paris", date(2026, 10, 25), id="T14: Paris"),
        pytest.param("America/New_York", date(2026, 11, 1), id="T14: New York"),
        pytest.param("America/Santiago", date(2026, 9, 6), id="T14: Santiago, in spring"),
        pytest.param("America/Santiago", date(2026, 4, 5), id="T14: Santiago, in autumn"),
        pytest.param("Africa/Cairo", date(2026, 4, 24), id="T14: Cairo, in spring"),
        pytest.param("Africa/Cairo", date(2026, 10, 29), id="T14: Cairo, in autumn"),
        pytest.param("Australia/Lord_Howe", date(2026, 4, 5), id="T14: Lord Howe, in autumn"),
        pytest.param("Australia/Lord_Howe", date(2026, 10, 4), id="T14: Lord Howe, in spring"),
        pytest.param("Asia/Kathmandu", date(2026, 5, 8), id="T14: Kathmandu"),
    ],
)
def test_minute_by_minute_through_a_clock_change(zone: str, day: date) -> None:
    calendar = a_calendar(zone, EVERY_DAY)
    noon = calendar.at(day, time(12))
    desk = Desk(an_action(assigned_at=noon - timedelta(days=6), due_on=day), calendar)
    desk.run(noon - timedelta(days=2), noon + timedelta(days=2), timedelta(minutes=1))
    one = timedelta(days=1)
    assert desk.rungs() == [(T1, day - one), (T0, day), (LATE, day + one)]
    assert all(in_slot(moment) for moment in desk.clock_times())


def test_t15_the_day_is_the_owners() -> None:
    friday = date(2026, 5, 29)
    desk = Desk(an_action(due_on=friday), a_calendar("Pacific/Auckland"))
    desk.run(MAY_4, datetime(2026, 6, 3, tzinfo=UTC))
    by_rung = {touch.rung: now for now, touch, _ in desk.sent}
    assert by_rung[T0].date() == date(2026, 5, 28)  # Thursday where the server is
    assert by_rung[LATE].astimezone(desk.calendar.zone).date() == date(2026, 6, 1)


def test_t16_a_sunday_is_told_on_friday_with_its_real_date() -> None:
    sunday = date(2026, 5, 31)
    desk = Desk(an_action(due_on=sunday))
    desk.run_through(paris(2, 0, month=6))
    assert desk.rungs()[2:] == [(T0, date(2026, 5, 29)), (LATE, date(2026, 6, 1))]
    on_friday, on_monday = (verdict for _, _, verdict in desk.sent[2:])
    assert (on_friday.due_on, on_friday.days_left, on_friday.working_days_left) == (sunday, 2, 0)
    assert (on_monday.due_on, on_monday.days_left, on_monday.working_days_left) == (sunday, -1, -1)


def test_t17_a_week_from_sunday_to_thursday() -> None:
    desk = Desk(an_action(due_on=date(2026, 5, 24)), a_calendar("Asia/Jerusalem", SUNDAY_TO_THURSDAY))
    desk.run_through(paris(26, 0))
    assert desk.rungs() == [
        (T5, date(2026, 5, 17)),
        (T1, date(2026, 5, 21)),
        (T0, date(2026, 5, 24)),
        (LATE, date(2026, 5, 25)),
    ]


def test_t19_another_zone_replans_what_was_not_sent_yet() -> None:
    desk = Desk(an_action())
    desk.run_through(paris(23, 0))
    desk.calendar = LOS_ANGELES
    desk.plan()
    desk.run_through(paris(10, 0, month=6))
    assert [rung for rung, _ in desk.rungs()] == [T5, T1, T0, LATE, WEEKLY]
    assert in_slot(desk.sent[0][0].astimezone(PARIS.zone).time())
    assert all(in_slot(now.astimezone(LOS_ANGELES.zone).time()) for now, _, _ in desk.sent[1:])


def test_t19_a_touch_planned_in_the_old_zone_waits_for_the_morning_of_the_new() -> None:
    touch = planned(an_action())
    verdict = pick(touch, an_action(), (), Manner(LOS_ANGELES), touch.at_utc)
    assert verdict == Move(LOS_ANGELES.slot(date(2026, 5, 22), ANA), Reason.EARLY)


def test_t21_assigned_on_thursday_afternoon_due_on_friday() -> None:
    desk = Desk(an_action(assigned_at=paris(28, 16), due_on=date(2026, 5, 29)))
    desk.run(paris(28, 16), paris(30, 0))
    assert desk.rungs() == [(T0, date(2026, 5, 29))]
    assert desk.endings == [(T0, Outcome.SENT, None)]


def test_t22_late_from_the_start_is_one_touch_on_the_next_working_day() -> None:
    desk = Desk(an_action(assigned_at=paris(8, 11), due_on=date(2026, 4, 1)))
    desk.run(paris(8, 11), paris(15, 0))
    assert desk.rungs() == [(LATE, date(2026, 5, 11))]
    assert desk.endings == [(LATE, Outcome.SENT, None)]


DUE_TUESDAY = {"due_on": date(2026, 5, 26)}
BEFORE = (T5, date(2026, 5, 19))


@pytest.mark.parametrize(
    ("down", "up", "endings"),
    [
        pytest.param(
            paris(25, 8),
            paris(27, 11),
            [(T1, "skipped", "late"), (T0, "skipped", "late"), (LATE, "sent", None)],
            id="T23: Monday to Wednesday, over three rungs",
        ),
        pytest.param(paris(25, 8), paris(25, 14), [(T1, "sent", None)], id="a morning: the same day still"),
        pytest.param(
            paris(25, 8), paris(26, 11), [(T1, "skipped", "late"), (T0, "sent", None)], id="over night: the due date"
        ),
        pytest.param(
            paris(26, 8),
            paris(26, 17),
            [(T1, "skipped", "late"), (T0, "skipped", "late")],
            id="until the evening of the due date: nothing that day",
        ),
        pytest.param(
            paris(25, 8),
            paris(10, 11, month=6),
            [
                (T1, "skipped", "late"),
                (T0, "skipped", "late"),
                (LATE, "skipped", "late"),
                (WEEKLY, "skipped", "late"),
                (WEEKLY, "sent", None),
            ],
            id="over two weeks: nothing older than seven days",
        ),
    ],
)
def test_after_an_outage_one_touch_at_most(
    down: datetime, up: datetime, endings: list[tuple[Rung, str, str | None]]
) -> None:
    desk = Desk(an_action(**DUE_TUESDAY), history=list(told(BEFORE)))
    desk.run(MAY_4, min(down, paris(25, 8)))
    desk.run(up, up + timedelta(hours=1))
    assert desk.endings == endings
    assert len(desk.sent) <= 1


@pytest.mark.parametrize(
    ("up", "expected"),
    [
        pytest.param(paris(21, 11), Send(T5, date(2026, 5, 21), date(2026, 5, 26), 5, 3), id="two working days late"),
        pytest.param(paris(22, 11), Skip(Reason.LATE), id="three"),
    ],
)
def test_a_weeks_notice_may_be_two_working_days_late(up: datetime, expected: Verdict) -> None:
    action = an_action(**DUE_TUESDAY)
    assert pick(planned(action), action, (), Manner(PARIS), up) == expected


def test_t30_who_was_active_yesterday_is_not_reminded_before_the_due_date() -> None:
    desk = Desk(an_action())
    desk.run_through(paris(27, 0))
    desk.change(replace(desk.action, active_at=paris(27, 15)))
    desk.run_through(paris(30, 0))
    assert desk.endings == [(T5, "sent", None), (T1, "skipped", "active"), (T0, "sent", None)]


@pytest.mark.parametrize(
    ("active_at", "expected"),
    [
        pytest.param(paris(26, 15), Skip(Reason.ACTIVE), id="T30: two working days ago"),
        pytest.param(paris(25, 15), None, id="T30: three"),
    ],
)
def test_activity_counts_for_two_working_days(active_at: datetime, expected: Verdict | None) -> None:
    action = an_action(active_at=active_at)
    history = told((T5, date(2026, 5, 22)))
    verdict = pick(planned(action, history), action, history, Manner(PARIS), paris(28, 10))
    assert verdict == expected if expected else isinstance(verdict, Send)


def test_a_planned_day_that_passed_does_not_silence_the_due_date() -> None:
    desk = Desk(an_action(planned_on=date(2026, 5, 20), active_at=paris(12, 10)))
    desk.run_through(paris(2, 0, month=6))
    assert [rung for rung, _ in desk.rungs()] == [Rung.PLANNED_DAY, T0, LATE]


def test_a_planned_morning_that_was_missed_is_not_made_up_for() -> None:
    action = an_action(planned_on=date(2026, 5, 20))
    assert pick(planned(action), action, (), Manner(PARIS), paris(21, 10)) == Skip(Reason.LATE)


def test_t31_a_snooze_moves_the_reminder_and_nothing_else() -> None:
    desk = Desk(an_action(due_on=date(2026, 5, 28)))
    desk.run_through(paris(22, 0))
    assert desk.rungs() == [(T5, date(2026, 5, 21))]  # a Thursday
    desk.change(changed(snooze(desk.action, ANA, paris(21, 10), Snooze.THREE_DAYS, PARIS)))
    assert desk.action.due_on == date(2026, 5, 28)
    desk.run_through(paris(30, 0))
    assert desk.rungs()[1:] == [
        (Rung.WAKE, date(2026, 5, 26)),
        (T1, date(2026, 5, 27)),
        (T0, date(2026, 5, 28)),
        (LATE, date(2026, 5, 29)),
    ]


@pytest.mark.parametrize("snoozed", [True, False], ids=["T31: snoozed", "T31: not snoozed"])
def test_the_cadence_after_waking_is_the_normal_one(snoozed: bool) -> None:
    desk = Desk(an_action(due_on=date(2026, 6, 4)))
    desk.run_through(paris(29, 0))
    if snoozed:
        desk.change(changed(snooze(desk.action, ANA, paris(28, 11), Snooze.ONE_DAY, PARIS)))
    desk.run_through(paris(1, 0, month=8))
    after = [(rung, day) for rung, day in desk.rungs() if rung is not Rung.WAKE]
    assert after == [
        (T5, date(2026, 5, 28)),
        (T1, date(2026, 6, 3)),
        (T0, date(2026, 6, 4)),
        (LATE, date(2026, 6, 5)),
        *((WEEKLY, date(2026, 6, 8) + timedelta(weeks=week)) for week in range(4)),
    ]
    assert desk.stalled


def test_t33_four_weekly_touches_then_silence_until_somebody_decides() -> None:
    desk = Desk(an_action())
    desk.run_through(paris(1, 0, month=12))
    assert [rung for rung, _ in desk.rungs()] == [T5, T1, T0, LATE, WEEKLY, WEEKLY, WEEKLY, WEEKLY]
    assert desk.stalled
    desk.change(changed(stall(desk.action)))
    desk.run_through(paris(2, 0, month=12))
    assert len(desk.sent) == 8
    desk.change(changed(change_due(desk.action, LEA, paris(2, 12, month=12), date(2026, 12, 18), PARIS)))
    assert desk.action.state is ActionState.OPEN
    desk.run_through(paris(19, 0, month=12))
    assert [rung for rung, _ in desk.rungs()[8:]] == [T5, T1, T0]


def test_t36_the_old_date_is_never_mentioned_again() -> None:
    history = told((T5, date(2026, 5, 22)))
    touch = planned(an_action(), history)
    assert (touch.rung, touch.local_day) == (T1, date(2026, 5, 28))
    moved = changed(change_due(an_action(), LEA, touch.at_utc - timedelta(seconds=5), date(2026, 6, 12), PARIS))
    assert pick(touch, moved, (), Manner(PARIS), touch.at_utc) == Skip(Reason.OTHER_VERSION)
    again = planned(moved)
    assert (again.rung, again.local_day, again.version) == (T5, date(2026, 6, 5), 2)


def test_t37_the_old_owner_hears_nothing_and_the_new_one_has_a_day() -> None:
    action = an_action(due_on=date(2026, 5, 26))
    history = told((T5, date(2026, 5, 19)), (T1, date(2026, 5, 25)), (T0, date(2026, 5, 26)))
    touch = planned(action, history)
    given = changed(hand_over(action, LEA, paris(27, 9, 29), TOM))
    assert pick(touch, given, (), Manner(PARIS), touch.at_utc) == Skip(Reason.OTHER_OWNER)
    assert (planned(given).recipient, planned(given).local_day) == (TOM, date(2026, 5, 29))


TOUCH = planned(an_action())  # T-5 on Friday 22 May
AT = TOUCH.at_utc


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        pytest.param(changed(mark_done(an_action(), ANA, MAY_4)), Reason.CLOSED, id="done"),
        pytest.param(changed(drop(an_action(), LEA, MAY_4, "not needed")), Reason.CLOSED, id="dropped"),
        pytest.param(an_action(state=ActionState.STALLED), Reason.STALLED, id="stalled"),
        pytest.param(changed(orphan(an_action(), MAY_4)), Reason.NO_OWNER, id="its owner left"),
        pytest.param(an_action(owner=TOM), Reason.OTHER_OWNER, id="another owner"),
        pytest.param(an_action(due_version=2), Reason.OTHER_VERSION, id="another version"),
        pytest.param(an_action(snoozed_until=date(2026, 5, 25)), Reason.SNOOZED, id="asleep"),
        pytest.param(an_action(planned_on=date(2026, 5, 27)), Reason.REPLACED, id="replaced by a planned day"),
    ],
)
def test_what_no_longer_holds_is_skipped_with_its_reason(action: ActionPoint, reason: Reason) -> None:
    assert pick(TOUCH, action, (), Manner(PARIS), AT) == Skip(reason)


def test_a_touch_is_not_sent_twice() -> None:
    assert pick(TOUCH, an_action(), told((T5, date(2026, 5, 22))), Manner(PARIS), AT) == Skip(Reason.REPLACED)


OVERDUE = an_action(due_on=date(2026, 5, 20))
OVERDUE_HISTORY = told((T5, date(2026, 5, 13)), (T1, date(2026, 5, 19)), (T0, date(2026, 5, 20)))
ON_FRIDAY = an_action(due_on=date(2026, 5, 22))
ON_FRIDAY_HISTORY = told((T5, date(2026, 5, 15)), (T1, date(2026, 5, 21)))
FRIDAY_OFF = a_calendar("Europe/Paris", PARIS.weekdays, date(2026, 5, 22))
MONDAY = PARIS.slot(date(2026, 5, 25), ANA)
THURSDAY_SLOT = PARIS.slot(date(2026, 5, 21), ANA)


@pytest.mark.parametrize(
    ("action", "history", "calendar", "now", "expected"),
    [
        pytest.param(
            OVERDUE, OVERDUE_HISTORY, PARIS, paris(21, 6), Move(THURSDAY_SLOT, Reason.EARLY), id="before its time"
        ),
        pytest.param(
            OVERDUE,
            OVERDUE_HISTORY,
            PARIS,
            paris(21, 16, 30),
            Move(PARIS.slot(date(2026, 5, 22), ANA), Reason.OUTSIDE_WINDOW),
            id="in the evening: the next day",
        ),
        pytest.param(
            OVERDUE,
            OVERDUE_HISTORY,
            PARIS,
            paris(22, 15, 1),
            Move(MONDAY, Reason.WEEK_ENDS),
            id="Friday afternoon: held to Monday",
        ),
        pytest.param(
            OVERDUE,
            OVERDUE_HISTORY,
            FRIDAY_OFF,
            paris(22, 11),
            Move(MONDAY, Reason.DAY_OFF),
            id="a day off: the next working day",
        ),
        pytest.param(
            OVERDUE,
            (*OVERDUE_HISTORY[:2], *told((T0, date(2026, 5, 21)))),
            PARIS,
            paris(21, 11),
            Move(PARIS.slot(date(2026, 5, 22), ANA), Reason.EARLY),
            id="something was told today: the next day",
        ),
        pytest.param(
            ON_FRIDAY,
            ON_FRIDAY_HISTORY,
            PARIS,
            paris(22, 15, 1),
            Send(T0, date(2026, 5, 22), date(2026, 5, 22), 0, 0),
            id="Friday afternoon: what is due today is told",
        ),
        pytest.param(
            ON_FRIDAY, ON_FRIDAY_HISTORY, PARIS, paris(22, 17), Skip(Reason.LATE), id="Friday evening: it is too late"
        ),
    ],
)
def test_a_touch_waits_or_goes(
    action: ActionPoint, history: tuple[Settled, ...], calendar: WorkCalendar, now: datetime, expected: Verdict
) -> None:
    assert pick(planned(action, history), action, history, Manner(calendar), now) == expected


def test_reopening_starts_the_ladder_anew() -> None:
    done = changed(mark_done(an_action(), ANA, paris(12, 10)))
    opened = changed(reopen(done, LEA, paris(2, 10, month=6)))
    touch = planned(opened)
    assert (touch.rung, touch.local_day, touch.version) == (LATE, date(2026, 6, 3), 2)


@pytest.mark.parametrize("changes", [{}, {"due_on": None}, {"planned_on": date(2026, 5, 20)}], ids=repr)
def test_planning_again_changes_nothing(changes: dict[str, Any]) -> None:
    action = an_action(**changes)
    assert next_touch(action, (), Manner(PARIS)) == next_touch(action, (), Manner(PARIS))
