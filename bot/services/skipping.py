"""A reminder that its person does not want: it ends unsaid, and the next one is planned."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.actions import ActionPoint
from bot.domain.ids import ActionId, TouchId, UndoId, UserId
from bot.domain.touches import Outcome, Reason, Track
from bot.services import planning, undoing
from bot.services.undoing import Kind
from bot.store import actions, touches
from bot.store.database import Transaction
from bot.store.schema import TouchState
from bot.store.touches import PlannedTouch
from bot.store.undos import Undo

# What is planned after one that was skipped is known for these; the others are not skipped one by one.
SKIPPED_ONE_BY_ONE = frozenset({Track.OWNER})


@dataclass(frozen=True, slots=True)
class Skipped:
    action: ActionPoint
    undo: UndoId


@dataclass(frozen=True, slots=True)
class NothingToSkip:
    """Said already, planned anew, somebody else's, or never there."""


async def skip(tx: Transaction, touch: TouchId, actor: UserId, now: datetime) -> Skipped | NothingToSkip:
    found = await _held(tx, touch, actor)
    if found is None:
        return NothingToSkip()
    action, planned = found
    still = await touches.planned_of(tx, planned.track, planned.subject)
    if still is None or still.id != touch:
        return NothingToSkip()
    await touches.settle(tx, still, Outcome.SKIPPED, Reason.UNWANTED, now)
    await planning.replan(tx, action, now)
    undo = await undoing.remember(tx, actor, Kind.TOUCH, touch, {}, {}, now)
    return Skipped(action, undo)


async def restore(tx: Transaction, undo: Undo, now: datetime) -> bool:
    """Plans it as if it had not been skipped, while what it is about is as it was."""
    found = await _held(tx, TouchId(undo.subject), undo.actor)
    if found is None or found[1].state is not TouchState.SKIPPED:
        return False
    action, skipped = found
    if action.state.closed or (action.owner, action.due_version) != (skipped.touch.recipient, skipped.touch.version):
        return False
    # What was only planned anew is no part of what became of an action point's reminders.
    await touches.resettle(tx, skipped.id, Outcome.SKIPPED, Reason.REPLANNED, now)
    await planning.replan(tx, action, now)
    return True


async def _held(tx: Transaction, touch: TouchId, actor: UserId) -> tuple[ActionPoint, PlannedTouch] | None:
    """One's own touch about an action point, which is locked before the touch, as everywhere."""
    known = await touches.by_id(tx, touch)
    if known is None or known.touch.recipient != actor or known.track not in SKIPPED_ONE_BY_ONE:
        return None
    action = await actions.by_id(tx, ActionId(known.subject), to_change=True)
    return None if action is None else (action, known)
