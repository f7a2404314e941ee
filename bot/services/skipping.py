"""A reminder that its person does not want: it ends unsaid, and the next one is planned."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.actions import ActionPoint
from bot.domain.ids import ActionId, TouchId, UndoId, UserId
from bot.domain.touches import Outcome, Reason
from bot.services import undoing
from bot.services.tracks import TRACKS
from bot.services.undoing import Kind
from bot.store import actions, people, plans, touches
from bot.store.database import Transaction
from bot.store.schema import TouchState
from bot.store.touches import PlannedTouch
from bot.store.undos import Undo


@dataclass(frozen=True, slots=True)
class Skipped:
    touch: PlannedTouch
    action: ActionPoint | None  # that it was about
    undo: UndoId


@dataclass(frozen=True, slots=True)
class NothingToSkip:
    """Said already, planned anew, somebody else's, or never there."""


def can_skip(planned: PlannedTouch) -> bool:
    """Where it is known what follows."""
    return planned.track in TRACKS


async def skip(tx: Transaction, touch: TouchId, actor: UserId, now: datetime) -> Skipped | NothingToSkip:
    # The person first, then the action point, then the touch: as whoever attends to them holds them.
    await people.hold(tx, actor)
    known = await touches.by_id(tx, touch)
    if known is None or known.touch.recipient != actor or not can_skip(known):
        return NothingToSkip()
    action = await actions.by_id(tx, ActionId(known.subject), to_change=True)
    planned = await touches.planned_of(tx, known.track, known.subject)
    if planned is None or planned.id != touch:
        return NothingToSkip()
    await plans.settle(tx, [planned], Outcome.SKIPPED, Reason.UNWANTED, now)
    await TRACKS[planned.track].follow(tx, [planned], now)
    undo = await undoing.remember(tx, actor, Kind.TOUCH, touch, {}, {}, now)
    return Skipped(planned, action, undo)


async def restore(tx: Transaction, undo: Undo, now: datetime) -> bool:
    """Plans it as if it had not been skipped. What has changed since is looked at when it comes due."""
    await people.hold(tx, undo.actor)
    skipped = await touches.by_id(tx, TouchId(undo.subject))
    if skipped is None or skipped.state is not TouchState.SKIPPED:
        return False
    await actions.by_id(tx, ActionId(skipped.subject), to_change=True)
    following = await touches.planned_of(tx, skipped.track, skipped.subject)
    if following is not None and following.touch.version != skipped.touch.version:
        return False
    # What was only planned anew is no part of what became of the reminders.
    await plans.resettle(tx, skipped.id, Outcome.SKIPPED, Reason.REPLANNED, now)
    await plans.put(tx, skipped.subject, {skipped.track: skipped.touch}, now)
    return True
