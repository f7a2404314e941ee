"""What could not be delivered, for the admins who look after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from bot.domain.delivery import DeliveryState
from bot.domain.ids import ChannelId, DeliveryId
from bot.store import lanes
from bot.store.database import Transaction
from bot.store.schema import DeliveryRow

NOT_DELIVERED = (DeliveryState.DEAD, DeliveryState.AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class Failure:
    id: DeliveryId
    kind: str
    state: DeliveryState
    reason: str
    channel: ChannelId  # a person for a direct message
    at: datetime


async def latest(tx: Transaction, at_most: int) -> Sequence[Failure]:
    rows = await tx.session.scalars(
        select(DeliveryRow)
        .where(DeliveryRow.state.in_(NOT_DELIVERED))
        .order_by(DeliveryRow.settled_at.desc(), DeliveryRow.id)
        .limit(at_most)
    )
    return [_value(row) for row in rows]


async def beginning_with(tx: Transaction, start: str, at_most: int) -> Sequence[Failure]:
    """Those whose ids begin so: nobody types a whole one."""
    rows = await tx.session.scalars(
        select(DeliveryRow)
        .where(DeliveryRow.state.in_(NOT_DELIVERED), DeliveryRow.id.startswith(start, autoescape=True))
        .order_by(DeliveryRow.id)
        .limit(at_most)
    )
    return [_value(row) for row in rows]


async def causes(tx: Transaction, since: datetime) -> Mapping[str, int]:
    """How many were given up, by the reason that Slack or we had."""
    rows = await tx.session.execute(
        select(DeliveryRow.reason, func.count())
        .where(DeliveryRow.state == DeliveryState.DEAD, DeliveryRow.settled_at >= since)
        .group_by(DeliveryRow.reason)
        .order_by(func.count().desc(), DeliveryRow.reason)
    )
    return {str(reason or "unknown"): number for reason, number in rows}


async def count_unknown(tx: Transaction, since: datetime) -> int:
    query = select(func.count()).select_from(DeliveryRow)
    query = query.where(DeliveryRow.state == DeliveryState.AMBIGUOUS, DeliveryRow.settled_at >= since)
    return await tx.session.scalar(query) or 0


async def queued(tx: Transaction, now: datetime) -> tuple[int, datetime | None]:
    """How many messages could go by now, and since when the first of them."""
    query = select(func.count(), func.min(DeliveryRow.not_before))
    row = (await tx.session.execute(query.where(lanes.waiting(DeliveryRow), DeliveryRow.not_before <= now))).one()
    return row[0], row[1]


async def try_again(tx: Transaction, delivery: DeliveryId, now: datetime) -> bool:
    """Lets one that was given up go once more; False where it is anything else."""
    channel = await tx.session.scalar(
        update(DeliveryRow)
        .where(DeliveryRow.id == delivery, DeliveryRow.state == DeliveryState.DEAD)
        .values(
            state=DeliveryState.PENDING,
            reason=None,
            not_before=now,
            attempts=0,
            waits=0,
            crashes=0,
            lease_until=None,
            settled_at=None,
        )
        .returning(DeliveryRow.channel_id)
        .execution_options(synchronize_session=False)
    )
    if channel is None:
        return False
    number = await lanes.call_up(tx, ChannelId(channel), now)
    await tx.session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id == delivery)
        .values(order=number)
        .execution_options(synchronize_session=False)
    )
    return True


def _value(row: DeliveryRow) -> Failure:
    return Failure(
        DeliveryId(row.id),
        row.kind,
        row.state,
        row.reason or "",
        ChannelId(row.channel_id),
        row.settled_at or row.created_at,
    )
