"""Which reminders an action has, and on which days: a table of rungs by lead time, in working days of the owner."""

from dataclasses import dataclass
from datetime import date

from bot.domain.actions import FIRST_VERSION, ActionPoint
from bot.domain.calendar import WorkCalendar, next_weekday
from bot.domain.touches import Outcome, Rung, Settled

PRE_DUE = frozenset({Rung.T5, Rung.T1})
NEVER_LEFT_OUT = frozenset({Rung.OVERDUE, Rung.ESCALATION_NOTICE})  # others follow from them
WEEKLY_TOUCHES = 4
NOTICE_AFTER = 4  # working days after the first word that it is overdue: five after the due date

# From this lead time on (working days from the decision to the due date) there are these rungs before overdue.
LADDER: tuple[tuple[int, tuple[Rung, ...]], ...] = (
    (10, (Rung.T5, Rung.T1, Rung.T0)),
    (3, (Rung.T1, Rung.T0)),
    # The first working day after an assignment is otherwise one of grace. Here it may be the due date itself,
    # and a due date that nobody mentions would be no kindness.
    (1, (Rung.T0,)),
)
BEFORE_DUE = {Rung.T5: 5, Rung.T1: 1, Rung.T0: 0}


@dataclass(frozen=True, slots=True)
class Step:
    rung: Rung
    day: date


def ladder(action: ActionPoint, calendar: WorkCalendar, *, escalates: bool = False) -> tuple[Step, ...]:
    """The rungs up to overdue, whether or not they have been climbed; without a due date there are none.

    ``escalates``: somebody else leads the team, who will hear of it; the owner is told a few days before.
    """
    if action.due_on is None or action.blocked_at is not None:
        return ()
    # What comes before the due date, or on it, moves to an earlier day where that day is not worked.
    last_day = calendar.not_after(action.due_on)
    before = _before(action, last_day, calendar)
    overdue = _overdue_day(action, action.due_on, calendar)
    notice = Step(Rung.ESCALATION_NOTICE, calendar.add_working_days(overdue, NOTICE_AFTER))
    return (
        *(Step(rung, calendar.add_working_days(last_day, -BEFORE_DUE[rung])) for rung in before),
        Step(Rung.OVERDUE, overdue),
        *((notice,) if escalates else ()),
    )


def asked_for(action: ActionPoint, calendar: WorkCalendar) -> tuple[Step, ...]:
    """The touches that somebody has asked for: on waking from a snooze, on the day planned, or a lead's nudge."""
    steps = []
    if action.nudged_at is not None and action.owner is not None:
        steps.append(Step(Rung.NUDGE, calendar.local_date(calendar.next_slot(action.nudged_at, action.owner))))
    if action.snoozed_until is not None:
        steps.append(Step(Rung.WAKE, calendar.not_before(action.snoozed_until)))
    if action.planned_on is not None and action.owner is not None:
        day = calendar.not_after(action.planned_on)
        # Planned for this very morning: the person has just thought of it, and needs no reminder.
        if max(action.decided_at, action.active_at or action.decided_at) < calendar.slot(day, action.owner):
            steps.append(Step(Rung.PLANNED_DAY, day))
    return tuple(steps)


def weekly(
    action: ActionPoint, history: tuple[Settled, ...], calendar: WorkCalendar, digest_day: int
) -> tuple[Step, ...]:
    """The next weekly touch: once overdue was said, or it was blocked, on each digest day, until there were enough."""
    told = [touch.local_day for touch in history if touch.rung in (Rung.OVERDUE, Rung.WEEKLY)]
    blocked = [calendar.local_date(action.blocked_at)] if action.blocked_at is not None else []
    if not (told or blocked) or all_weeklies_told(history):
        return ()
    return (Step(Rung.WEEKLY, calendar.not_before(next_weekday(max(told + blocked), digest_day))),)


def all_weeklies_told(history: tuple[Settled, ...]) -> bool:
    outcomes = (Outcome.SENT, Outcome.MERGED)
    told = [touch for touch in history if touch.rung is Rung.WEEKLY and touch.outcome in outcomes]
    return len(told) >= WEEKLY_TOUCHES


def _before(action: ActionPoint, last_day: date, calendar: WorkCalendar) -> tuple[Rung, ...]:
    lead = calendar.working_days_between(calendar.local_date(action.decided_at), last_day)
    rungs = next((rungs for least, rungs in LADDER if lead >= least), ())
    return tuple(rung for rung in rungs if action.planned_on is None or rung not in PRE_DUE)


def _overdue_day(action: ActionPoint, due_on: date, calendar: WorkCalendar) -> date:
    decided_on = calendar.local_date(action.decided_at)
    day = calendar.next_working(max(due_on, decided_on))
    just_handed_over = action.due_version > FIRST_VERSION and action.assigned_at == action.decided_at
    # A new owner of a late action gets a working day of grace; who made one that was late from the start knows it.
    return calendar.next_working(day) if just_handed_over and decided_on >= due_on else day
