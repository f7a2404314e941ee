"""What has come late stands in its workspace's line before it is told; what comes in its time is not held up."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain import pacing
from bot.domain.touches import Reason
from bot.store import line, plans
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch


async def lined_up(tx: Transaction, planned: Sequence[PlannedTouch], now: datetime) -> bool:
    """True: their one message waits for its place. Nothing is asked where nothing is late."""
    if not any(pacing.needs_place(one.touch.at_utc, one.reason, now) for one in planned):
        return False
    place = await line.take_place(tx, now)
    if place <= now:
        return False
    await _move(tx, planned, place)
    return True


async def move(tx: Transaction, planned: PlannedTouch, to: datetime, now: datetime) -> None:
    """For another reason than the line. What was late stays so: it must not come with all the others at nine."""
    is_overdue = pacing.is_overdue(planned.touch.at_utc, planned.reason, now)
    await plans.move(tx, planned.id, to, Reason.LATE if is_overdue else None)


async def _move(tx: Transaction, planned: Iterable[PlannedTouch], place: datetime) -> None:
    for one in planned:
        await plans.move(tx, one.id, place, Reason.IN_LINE)
