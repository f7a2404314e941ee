"""A delivery that was given up goes once more, and one that waits is taken back: by an admin or an operator."""

from datetime import datetime

from bot.domain.audited import Audited
from bot.domain.ids import DeliveryId, UserId
from bot.store import audits, failures, told
from bot.store.database import Transaction


async def requeue(tx: Transaction, delivery: DeliveryId, key: str, actor: UserId, now: datetime) -> bool:
    """False where it was not given up. It keeps its key and its place, and is looked for if it may be visible."""
    if not await failures.try_again(tx, delivery, now):
        return False
    await told.tell_after_all(tx, key)
    await audits.note(tx, actor, Audited.DELIVERY_REQUEUED, delivery, now)
    return True


async def cancel(tx: Transaction, delivery: DeliveryId, actor: UserId, now: datetime) -> bool:
    """False where it does not wait any more."""
    if not await failures.cancel(tx, delivery, now):
        return False
    await audits.note(tx, actor, Audited.DELIVERY_CANCELLED, delivery, now)
    return True
