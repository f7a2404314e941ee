"""What people decide about an action point: done, dropped, handed over, another date, opened again."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.actions import ActionPoint, ActionState, Already, Changed, Confirm, Refused, as_it_is, seen
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import UserId

FARTHEST = timedelta(days=5 * 365)


def mark_done(action: ActionPoint, actor: UserId, now: datetime) -> Changed | Already:
    if action.state.closed:
        return as_it_is(action)
    return Changed(_closed(action, ActionState.DONE, actor, now))


def drop(action: ActionPoint, actor: UserId, now: datetime, reason: str) -> Changed | Already | Refused:
    if action.state.closed:
        return as_it_is(action)
    if not reason.strip():
        return Refused("Please say why, so that nobody has to ask later.")
    return Changed(replace(_closed(action, ActionState.DROPPED, actor, now), drop_reason=reason.strip()))


def hand_over(action: ActionPoint, actor: UserId, now: datetime, owner: UserId) -> Changed | Already:
    if action.state.closed:
        return as_it_is(action)
    if owner == action.owner:
        return Already(action.state, action.assigned_by, action.assigned_at)
    given = _decided(replace(action, owner=owner, active_at=None), now)
    return Changed(replace(given, assigned_by=actor, assigned_at=now, active_at=seen(given, actor, now)))


def flaw_in_due(due_on: date, today: date) -> Refused | Confirm | None:
    """What is wrong with a due date, if anything; `today` is the owner's. For new actions as for changed dates."""
    if abs(due_on - today) > FARTHEST:
        return Refused("Please choose a date within the next five years.")
    return Confirm("That date has already passed. Is it meant?") if due_on < today else None


def change_due(
    action: ActionPoint, actor: UserId, now: datetime, due_on: date, calendar: WorkCalendar, *, confirmed: bool = False
) -> Changed | Already | Refused | Confirm:
    if action.state.closed:
        return as_it_is(action)
    if due_on == action.due_on:
        return Already(action.state)
    flaw = flaw_in_due(due_on, calendar.local_date(now))
    if flaw is not None and not (confirmed and isinstance(flaw, Confirm)):
        return flaw
    return Changed(replace(_decided(action, now), due_on=due_on, active_at=seen(action, actor, now)))


def reopen(action: ActionPoint, actor: UserId, now: datetime) -> Changed | Already:
    if not action.state.closed and action.state is not ActionState.STALLED:
        return Already(action.state)
    opened = replace(_decided(action, now), closed_by=None, closed_at=None, drop_reason=None)
    return Changed(replace(opened, active_at=seen(action, actor, now)))


def orphan(action: ActionPoint, now: datetime) -> Changed | Already:
    """Its owner has left: somebody else has to take it."""
    if action.state.closed or action.owner is None:
        return as_it_is(action)
    gone = replace(action, owner=None, former_owner=action.owner, accepted_at=None)
    return Changed(replace(_decided(gone, now), active_at=None))


def stall(action: ActionPoint) -> Changed | Already:
    """The ladder has no more rungs; only a decision brings it back."""
    if action.state is not ActionState.OPEN:
        return as_it_is(action)
    return Changed(replace(action, state=ActionState.STALLED))


def _closed(action: ActionPoint, state: ActionState, actor: UserId, now: datetime) -> ActionPoint:
    return replace(action, state=state, closed_by=actor, closed_at=now, snoozed_until=None)


def _decided(action: ActionPoint, now: datetime) -> ActionPoint:
    """A decision starts the ladder anew: what was planned, put off or stalled before it no longer holds."""
    return replace(
        action,
        state=ActionState.OPEN if action.owner else ActionState.NEEDS_OWNER,
        due_version=action.due_version + 1,
        decided_at=now,
        snoozed_until=None,
        snoozes_in_row=0,
        planned_on=None,
    )
