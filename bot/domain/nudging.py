"""A lead has the owner of an action point reminded out of turn: seldom, and never about what cannot move."""

from dataclasses import replace
from datetime import datetime

from bot.domain.actions import ActionPoint, ActionState, Already, Changed, Refused, as_it_is
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import UserId

EVERY = 5  # working days of the owner


def nudge(action: ActionPoint, lead: UserId, now: datetime, calendar: WorkCalendar) -> Changed | Already | Refused:
    """Noted only: the reminder itself goes by the owner's day, and counts as any other."""
    if action.state.closed:
        return as_it_is(action)
    refusal = _refusal(action, lead, now, calendar)
    return Refused(refusal) if refusal else Changed(replace(action, nudged_by=lead, nudged_at=now))


def _refusal(action: ActionPoint, lead: UserId, now: datetime, calendar: WorkCalendar) -> str | None:
    if action.owner is None:
        return f"{action.label} has no owner yet, so there is nobody to remind."
    if action.owner == lead:
        return f"You own {action.label} yourself."
    if action.state is ActionState.STALLED:
        return f"Reminders about {action.label} have stopped: a new date, another owner or dropping it is what helps."
    if action.is_blocked:
        return f"{action.label} is blocked, and nobody is hurried about what cannot move. Unblock it first."
    if action.nudged_at is None:
        return None
    since = calendar.working_days_between(calendar.local_date(action.nudged_at), calendar.local_date(now))
    return f"{action.label} was nudged already. Once in five working days is enough." if since < EVERY else None
