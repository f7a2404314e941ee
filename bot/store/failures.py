"""What could not be delivered, for the admins who look after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, or_, select, update

from bot.domain.delivery import BROKEN, POISON, SPENT, DeliveryState
from bot.domain.ids import ChannelId, DeliveryId
from bot.store import lanes
from bot.store.database import Transaction
from bot.store.schema import DeliveryRow

NOT_DELIVERED = (DeliveryState.DEAD, DeliveryState.AMBIGUOUS)
GIVEN_UP = (*NOT_DELIVERED, DeliveryState.EXPIRED)
CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Failure:
    id: DeliveryId
    key: str
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
    """Lets one that was given up go once more, in its old place; False where it is anything else.

    Its attempts begin anew. What may be visible is looked for before it is said.
    """
    maybe_seen = or_(DeliveryRow.state != DeliveryState.DEAD, DeliveryRow.reason.in_((POISON, SPENT, BROKEN)))
    row = (
        await tx.session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.id == delivery, DeliveryRow.state.in_(GIVEN_UP))
            .values(
                state=DeliveryState.PENDING,
                reason=None,
                attempts=0,
                waits=0,
                crashes=0,
                look_since=case((maybe_seen, DeliveryRow.attempted_at), else_=None),
                first_tried_at=None,
                lease_until=None,
                settled_at=None,
            )
            .returning(DeliveryRow.channel_id, DeliveryRow.not_before)
            .execution_options(synchronize_session=False)
        )
    ).one_or_none()
    if row is None:
        return False
    await lanes.call_up(tx, ChannelId(row.channel_id), max(row.not_before, now))
    return True


async def cancel(tx: Transaction, delivery: DeliveryId, now: datetime) -> bool:
    """Takes back one that waits; False when it is in hand or settled by now."""
    cancelled = await tx.session.scalar(
        update(DeliveryRow)
        .where(DeliveryRow.id == delivery, DeliveryRow.state == DeliveryState.PENDING)
        .values(state=DeliveryState.SUPPRESSED, reason=CANCELLED, settled_at=now)
        .returning(DeliveryRow.id)
        .execution_options(synchronize_session=False)
    )
    return cancelled is not None


def _value(row: DeliveryRow) -> Failure:
    return Failure(
        DeliveryId(row.id),
        row.key,
        row.kind,
        row.state,
        row.reason or "",
        ChannelId(row.channel_id),
        row.settled_at or row.created_at,
    )
