"""What becomes of a planned touch when its time has come: sent, skipped or moved, each with its reason.

A rule looks at the case and gives a verdict, or none; the first verdict holds, and without one the touch is sent.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actions import ActionPoint
from bot.domain.calendar import WorkCalendar
from bot.domain.ladder import PRE_DUE, ladder
from bot.domain.reminders import Manner, next_touch
from bot.domain.touches import Move, Plan, Reason, Rest, Rung, Send, Settled, Skip, Touch, Verdict

ACTIVE_FOR = 2  # working days
STALE_AFTER_DAYS = 7


@dataclass(frozen=True, slots=True)
class Case:
    touch: Touch
    action: ActionPoint
    history: tuple[Settled, ...]
    manner: Manner
    now: datetime
    plan: Plan  # as it would be made now

    @property
    def calendar(self) -> WorkCalendar:
        return self.manner.calendar

    @property
    def today(self) -> date:
        return self.calendar.local_date(self.now)


Rule = Callable[[Case], Skip | Move | None]


def pick(touch: Touch, action: ActionPoint, history: Sequence[Settled], manner: Manner, now: datetime) -> Verdict:
    """Decided on what is true now, whatever was true when the touch was planned."""
    case = _case(touch, action, history, manner, now)
    verdicts = (rule(case) for rule in RULES)
    return next((verdict for verdict in verdicts if verdict is not None), _send(case))


def put_off(
    touch: Touch, action: ActionPoint, history: Sequence[Settled], manner: Manner, now: datetime, hold: Move
) -> Skip | Move:
    """What becomes of a touch that would be sent, but whose person is not to be spoken to before a later slot."""
    case = _case(touch, action, history, manner, now)
    return Skip(Reason.LATE) if _too_late(case, case.calendar.local_date(hold.to_utc)) else hold


def _case(touch: Touch, action: ActionPoint, history: Sequence[Settled], manner: Manner, now: datetime) -> Case:
    return Case(touch, action, tuple(history), manner, now, next_touch(action, history, manner))


def at_rest(case: Case) -> Skip | None:
    """Closed, stalled, nobody's: there is nothing to say about it."""
    return Skip(case.plan.reason) if isinstance(case.plan, Rest) else None


def of_another_owner(case: Case) -> Skip | None:
    return Skip(Reason.OTHER_OWNER) if case.touch.recipient != case.action.owner else None


def of_another_version(case: Case) -> Skip | None:
    return Skip(Reason.OTHER_VERSION) if case.touch.version != case.action.due_version else None


def snoozed(case: Case) -> Skip | None:
    until = case.action.snoozed_until
    return Skip(Reason.SNOOZED) if until is not None and case.touch.local_day < until else None


def replaced(case: Case) -> Skip | None:
    same = isinstance(case.plan, Touch) and case.plan.rung is case.touch.rung
    return None if same else Skip(Reason.REPLACED)


def late(case: Case) -> Skip | None:
    return Skip(Reason.LATE) if _too_late(case, case.today) else None


def active(case: Case) -> Skip | None:
    if case.action.active_at is None or case.touch.rung not in PRE_DUE:
        return None
    idle = case.calendar.working_days_between(case.calendar.local_date(case.action.active_at), case.today)
    return Skip(Reason.ACTIVE) if idle <= ACTIVE_FOR else None


def early(case: Case) -> Move | None:
    """Asked before its time, or its time has changed since: another zone, a day off, something told today."""
    if isinstance(case.plan, Touch) and case.now < case.plan.at_utc:
        return Move(case.plan.at_utc, Reason.EARLY)
    return None


def on_a_day_off(case: Case) -> Skip | Move | None:
    return None if case.calendar.is_working(case.today) else _hold(case, Reason.DAY_OFF)


def outside_window(case: Case) -> Skip | Move | None:
    return None if case.calendar.in_window(case.now) else _hold(case, Reason.OUTSIDE_WINDOW)


def at_the_end_of_the_week(case: Case) -> Skip | Move | None:
    waits = case.touch.rung is not Rung.T0 and case.calendar.week_winds_down(case.now)
    return _hold(case, Reason.WEEK_ENDS) if waits else None


RULES: tuple[Rule, ...] = (
    at_rest,
    of_another_owner,
    of_another_version,
    snoozed,
    replaced,
    late,
    active,
    early,
    on_a_day_off,
    outside_window,
    at_the_end_of_the_week,
)


def _hold(case: Case, reason: Reason) -> Skip | Move:
    """To the next slot, unless the touch would make no sense there any more."""
    slot = case.calendar.next_slot(case.now, case.touch.recipient)
    return Skip(Reason.LATE) if _too_late(case, case.calendar.local_date(slot)) else Move(slot, reason)


def _too_late(case: Case, day: date) -> bool:
    """Whether a later rung has come by that day, or the touch has waited for too long."""
    meant_for = case.touch.local_day
    if day > meant_for and _is_overtaken(case, day):
        return True
    match case.touch.rung:
        case Rung.T5:
            return case.calendar.working_days_between(meant_for, day) > 2
        case Rung.PLANNED_DAY:
            return day > meant_for
        case _:
            return (day - meant_for).days >= STALE_AFTER_DAYS


def _is_overtaken(case: Case, day: date) -> bool:
    later = ladder(case.action, case.calendar, escalates=case.manner.escalates(case.action))
    return any(case.touch.local_day < step.day <= day for step in later)


def _send(case: Case) -> Send:
    due_on = case.action.due_on
    return Send(
        rung=case.touch.rung,
        local_day=case.today,
        due_on=due_on,
        days_left=None if due_on is None else (due_on - case.today).days,
        working_days_left=None if due_on is None else case.calendar.working_days_between(case.today, due_on),
    )
