"""Undo of what was done to an action point: it is as it was, and what was not said yet is never said."""

from datetime import datetime

from bot.domain import decisions
from bot.domain.actions import ActionPoint, Changed
from bot.domain.ids import ActionId, UserId
from bot.domain.plain import read
from bot.domain.restoring import is_as_left, restored
from bot.services import deciding, planning
from bot.store import actions, outbox, plans
from bot.store.database import Transaction
from bot.store.undos import Undo

REASON = "taken back"
NOT_NEEDED = "Taken back by who added it."


async def action(tx: Transaction, undo: Undo, now: datetime) -> bool:
    """False when somebody changed it since: that stands."""
    present = await actions.by_id(tx, ActionId(undo.subject), to_change=True)
    after = read(undo.after["action"])
    if present is None or not is_as_left(present, after):
        return False
    unsaid = await outbox.cancel_each(tx, undo.after["queued"], REASON, now)
    if undo.before:
        await _put_back(tx, read(undo.before["action"]), present, now)
    else:
        await _unmake(tx, present, undo.actor, now, has_card=not unsaid)
    return True


async def _put_back(tx: Transaction, before: ActionPoint, present: ActionPoint, now: datetime) -> None:
    back = restored(before, present)
    if back.due_version != before.due_version:
        await plans.carry(tx, back.id, before.due_version, back.due_version)
    await actions.put(tx, back)
    await planning.replan(tx, back, now)
    await deciding.settle_handover(tx, present, back, now)
    if present.state.closed and not back.state.closed:
        await deciding.retire_last(tx, back, now)
    await planning.show(tx, back, now)


async def _unmake(tx: Transaction, present: ActionPoint, actor: UserId, now: datetime, *, has_card: bool) -> None:
    """Dropped, for its number is taken; a card that was not posted yet never will be."""
    match decisions.drop(present, actor, now, NOT_NEEDED):
        case Changed(action=dropped):
            await actions.put(tx, dropped)
            await planning.replan(tx, dropped, now)
            await outbox.cancel(tx, dropped.id, deciding.REMINDERS, REASON, now)
            if has_card:
                await planning.show(tx, dropped, now)
        case _:
            pass
