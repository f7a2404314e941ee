"""What people decide about an action point: done, dropped, handed over, another date, blocked, opened again."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from bot.domain.actions import ActionPoint, ActionState, Already, Changed, Confirm, Refused, as_it_is, heard
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import UserId

FARTHEST = timedelta(days=5 * 365)
LINK_LIMIT = 2000


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
    """The new owner has it at once; until they accept it, or do something about it, it may still come back."""
    if action.state.closed:
        return as_it_is(action)
    if owner == action.owner:
        return Already(action.state, action.assigned_by, action.assigned_at)
    return Changed(heard(_given(action, owner, actor, now), actor, now))


def accept(action: ActionPoint, actor: UserId, now: datetime) -> Changed | Already:
    if action.state.closed:
        return as_it_is(action)
    if not action.awaits_acceptance:
        return Already(action.state, action.owner, action.accepted_at)
    return Changed(heard(action, actor, now))


def not_me(action: ActionPoint, actor: UserId, now: datetime, *, former_is_there: bool) -> Changed | Already:
    """Back to who handed it over, where it was not accepted yet and they are still there; else it needs an owner."""
    if action.state.closed:
        return as_it_is(action)
    if actor != action.owner:
        return Already(action.state, action.assigned_by, action.assigned_at)
    if action.awaits_acceptance and action.former_owner and former_is_there:
        back = _given(action, action.former_owner, actor, now)
        # Theirs before: there is nothing to accept, and nobody to pass it back to.
        return Changed(replace(back, former_owner=None, accepted_at=now))
    return Changed(_given(action, None, actor, now))


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
    return Changed(heard(replace(_decided(action, now), due_on=due_on), actor, now))


def block(action: ActionPoint, actor: UserId, now: datetime, why: str) -> Changed | Already | Refused:
    """It waits for something: until that is there, nobody is hurried."""
    if action.state.closed:
        return as_it_is(action)
    if not why.strip():
        return Refused("Please say what it waits for.")
    if why.strip() == action.blocked_why:
        return Already(action.state)
    return Changed(heard(replace(action, blocked_why=why.strip(), blocked_at=now), actor, now))


def unblock(action: ActionPoint, actor: UserId, now: datetime) -> Changed | Already:
    if action.state.closed:
        return as_it_is(action)
    if not action.is_blocked:
        return Already(action.state)
    return Changed(heard(replace(_decided(action, now), blocked_why=None, blocked_at=None), actor, now))


def link(action: ActionPoint, actor: UserId, now: datetime, url: str) -> Changed | Already | Refused:
    if action.state.closed:
        return as_it_is(action)
    wanted = url.strip()
    if (refused := flaw_in_link(wanted)) is not None:
        return refused
    if wanted == action.link:
        return Already(action.state)
    return Changed(heard(replace(action, link=wanted), actor, now))


def flaw_in_link(url: str) -> Refused | None:
    """Only what a browser opens as a page: anything else could act where it is pressed."""
    if len(url) > LINK_LIMIT:
        return Refused("That address is too long: 2,000 characters at most.")
    if not _is_page(url):
        return Refused("Please give the whole address, with https:// or http:// in front.")
    return None


def reopen(action: ActionPoint, actor: UserId, now: datetime) -> Changed | Already:
    if not action.state.closed and action.state is not ActionState.STALLED:
        return Already(action.state)
    opened = replace(action, closed_by=None, closed_at=None, drop_reason=None, blocked_why=None, blocked_at=None)
    return Changed(heard(_decided(opened, now), actor, now))


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


def _given(action: ActionPoint, owner: UserId | None, actor: UserId, now: datetime) -> ActionPoint:
    given = replace(action, owner=owner, former_owner=action.owner, accepted_at=None, active_at=None)
    return replace(_decided(given, now), assigned_by=actor, assigned_at=now)


def _closed(action: ActionPoint, state: ActionState, actor: UserId, now: datetime) -> ActionPoint:
    return replace(action, state=state, closed_by=actor, closed_at=now, snoozed_until=None)


def _is_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isprintable() and " " not in url
