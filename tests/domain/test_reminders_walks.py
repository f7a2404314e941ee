"""Whatever people do, whenever the process is down: what holds for the reminders of any action."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.actions import ActionPoint, Changed
from bot.domain.calendar import MONDAY_TO_FRIDAY, Pause, WorkCalendar
from bot.domain.decisions import change_due, drop, hand_over, mark_done, orphan, reopen
from bot.domain.ladder import ladder
from bot.domain.reminders import Manner, next_touch
from bot.domain.snooze import Snooze, plan_day, snooze, wake
from bot.domain.touches import Rest, Rung
from tests.domain.action_builders import ANA, EVERY_DAY, LEA, SUNDAY_TO_THURSDAY, TOM, Desk, a_calendar, an_action

START = date(2026, 2, 2)
AFTER_DUE = [Rung.OVERDUE] + [Rung.WEEKLY] * 4

days = st.dates(START, START + timedelta(days=120))
zones = st.sampled_from(["Europe/Paris", "America/Santiago", "Asia/Kathmandu", "Pacific/Auckland", "Pacific/Honolulu"])
weeks = st.sampled_from([MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY, EVERY_DAY, frozenset({1, 3})])
pauses = st.none() | st.builds(
    lambda first, length: Pause(first, first + timedelta(days=length)), days, st.integers(0, 20)
)
instants = st.builds(
    datetime.combine,
    st.dates(START, START + timedelta(days=90)),
    st.times().map(lambda moment: moment.replace(microsecond=0)),
    st.just(UTC),
)
acts = st.one_of(
    st.tuples(st.just("snooze"), st.sampled_from(list(Snooze)) | days),
    st.tuples(st.just("plan"), days),
    st.tuples(st.just("due"), days),
    st.tuples(st.just("give"), st.sampled_from([ANA, TOM])),
    st.tuples(st.sampled_from(["done", "drop", "reopen", "orphan", "comment", "wake", "down"]), st.none()),
)
turns = st.lists(st.tuples(st.timedeltas(timedelta(minutes=1), timedelta(days=20)), acts), max_size=12)


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    zone, week, pause = draw(zones), draw(weeks), draw(pauses)
    return a_calendar(zone, week, *draw(st.lists(days, max_size=15)), pause=pause)


@st.composite
def assigned(draw: st.DrawFn) -> ActionPoint:
    return an_action(assigned_at=draw(instants), due_on=draw(st.none() | days))


Act = Callable[[ActionPoint, Any, datetime, WorkCalendar], object]
ACTS: dict[str, Act] = {
    "snooze": lambda action, choice, now, calendar: snooze(action, ANA, now, choice, calendar),
    "plan": lambda action, day, now, calendar: plan_day(action, LEA, now, day, calendar),
    "due": lambda action, day, now, calendar: change_due(action, LEA, now, day, calendar, confirmed=True),
    "give": lambda action, owner, now, _: hand_over(action, LEA, now, owner),
    "done": lambda action, _, now, __: mark_done(action, ANA, now),
    "drop": lambda action, _, now, __: drop(action, ANA, now, "not needed"),
    "reopen": lambda action, _, now, __: reopen(action, LEA, now),
    "orphan": lambda action, _, now, __: orphan(action, now),
    "comment": lambda action, _, now, __: Changed(replace(action, active_at=now)),
    "wake": lambda action, _, now, calendar: Changed(wake(action, calendar.local_date(now))),
    "down": lambda action, *_: Changed(action),
}


def act(action: ActionPoint, name: str, value: Any, now: datetime, calendar: WorkCalendar) -> ActionPoint:
    result = ACTS[name](action, value, now, calendar)
    return result.action if isinstance(result, Changed) else action


def live(desk: Desk, history: list[tuple[timedelta, tuple[str, Any]]]) -> None:
    """Live through the turns; before a turn called "down" nothing ticks, and everything comes late."""
    now = desk.action.assigned_at
    for pause, (name, value) in history:
        if name != "down":
            desk.run_through(now + pause)
        now += pause
        closed_before = desk.action.state.closed
        sent_before = len(desk.sent)
        desk.tick(now)
        assert not (closed_before and len(desk.sent) > sent_before)
        desk.change(act(desk.action, name, value, now, desk.calendar))
    desk.run_through(now + timedelta(days=200))


@settings(max_examples=150, deadline=None)
@given(assigned(), calendars(), turns)
def test_whatever_happens(
    action: ActionPoint, calendar: WorkCalendar, history: list[tuple[timedelta, tuple[str, Any]]]
) -> None:
    desk = Desk(action, calendar)
    live(desk, history)
    days_told = Counter((touch.recipient, verdict.local_day) for _, touch, verdict in desk.sent)
    assert all(number == 1 for number in days_told.values())
    for now, touch, verdict in desk.sent:
        local = now.astimezone(calendar.zone)
        assert calendar.is_working(local.date())
        assert time(9, 30) <= local.time() < time(16, 30)
        assert verdict.local_day == local.date()
        assert touch.rung is Rung.T0 or not calendar.week_winds_down(now)
    assert all((reason is None) == (outcome == "sent") for _, outcome, reason in desk.endings)


@settings(max_examples=150, deadline=None)
@given(assigned(), calendars(), turns)
def test_an_open_action_with_a_date_is_never_forgotten(
    action: ActionPoint, calendar: WorkCalendar, history: list[tuple[timedelta, tuple[str, Any]]]
) -> None:
    desk = Desk(action, calendar)
    live(desk, history)
    plan = next_touch(desk.action, desk.history, Manner(calendar))
    assert isinstance(plan, Rest) == (desk.action.state.closed or desk.action.owner is None or not desk.action.due_on)


@settings(max_examples=150, deadline=None)
@given(assigned(), calendars())
def test_left_alone_it_climbs_the_ladder_and_ends(action: ActionPoint, calendar: WorkCalendar) -> None:
    desk = Desk(action, calendar)
    desk.run_through(action.assigned_at + timedelta(days=400))
    expected = [step.rung for step in ladder(action, calendar)]
    assert [touch.rung for _, touch, _ in desk.sent] == (expected[:-1] + AFTER_DUE if expected else [])
    assert desk.stalled == bool(expected)


@settings(max_examples=150, deadline=None)
@given(assigned(), calendars(), st.timedeltas(timedelta(), timedelta(days=200)))
def test_an_outage_ends_in_one_message_at_most(action: ActionPoint, calendar: WorkCalendar, outage: timedelta) -> None:
    desk = Desk(action, calendar)
    desk.tick(action.assigned_at + outage)
    assert len(desk.sent) <= 1
    assert all((verdict.local_day - touch.local_day).days < 7 for _, touch, verdict in desk.sent)


@settings(max_examples=150, deadline=None)
@given(assigned(), calendars(), turns)
def test_planning_again_changes_nothing(
    action: ActionPoint, calendar: WorkCalendar, history: list[tuple[timedelta, tuple[str, Any]]]
) -> None:
    desk = Desk(action, calendar)
    live(desk, history[: len(history) // 2])
    before = (desk.touch, desk.due_at)
    desk.plan()
    desk.plan()
    assert (desk.touch, desk.due_at) == before
