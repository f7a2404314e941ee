"""What is kept for a place in which the bot cannot speak: until it can again, until it goes elsewhere, or too long."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update

from bot.domain.delivery import DeliveryState, Envelope
from bot.domain.ids import ChannelId, DeliveryId, TenantId
from bot.store import lanes
from bot.store.database import SystemTransaction, Transaction
from bot.store.schema import DeliveryRow, LaneRow, TenantRow


@dataclass(frozen=True, slots=True)
class Kept:
    envelope: Envelope
    fields: Mapping[str, Any]
    not_before: datetime
    why: str  # the bot cannot speak there
    is_stale: bool


async def kept(tx: SystemTransaction, stale: datetime, kinds: Collection[str], at_most: int) -> Sequence[Kept]:
    """What has waited since ``stale`` for a place that is suspended, and what of these kinds waits for a channel."""
    is_stale = DeliveryRow.not_before <= stale
    of_kinds = DeliveryRow.kind.in_(kinds) & ~DeliveryRow.channel_id.like("U%") & ~DeliveryRow.channel_id.like("W%")
    rows = await tx.session.execute(
        select(DeliveryRow, LaneRow.suspended_why, is_stale)
        .join(LaneRow, (LaneRow.tenant_id == DeliveryRow.tenant_id) & (LaneRow.channel_id == DeliveryRow.channel_id))
        .join(TenantRow, (TenantRow.id == DeliveryRow.tenant_id) & TenantRow.stopped_at.is_(None))
        .where(LaneRow.suspended_at.is_not(None), *_idle(), or_(is_stale, of_kinds))
        .order_by(DeliveryRow.not_before)
        .limit(at_most)
    )
    return [Kept(_envelope(row), row.fields, row.not_before, why or "", bool(old)) for row, why, old in rows]


async def expire(tx: Transaction, delivery: DeliveryId, reason: str, now: datetime) -> bool:
    """False when it is in hand or settled by now."""
    expired = await tx.session.scalar(
        update(DeliveryRow)
        .where(DeliveryRow.id == delivery, *_idle())
        .values(state=DeliveryState.EXPIRED, reason=reason, settled_at=now)
        .returning(DeliveryRow.id)
        .execution_options(synchronize_session=False)
    )
    return expired is not None


async def redirect(tx: Transaction, delivery: DeliveryId, to: ChannelId, not_before: datetime) -> None:
    """Has it wait for another place, where it is the last in line."""
    number = await lanes.call_up(tx, to, not_before)
    await tx.session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id == delivery, *_idle())
        .values(channel_id=to, order=number)
        .execution_options(synchronize_session=False)
    )


async def waiting_for(tx: Transaction, channel: ChannelId) -> Sequence[tuple[DeliveryId, datetime]]:
    """What waits for a place and is in nobody's hand, in the order in which it was put in; and until when it does."""
    rows = await tx.session.execute(
        select(DeliveryRow.id, DeliveryRow.not_before)
        .where(DeliveryRow.channel_id == channel, *_idle())
        .order_by(DeliveryRow.order)
    )
    return [(DeliveryId(delivery), not_before) for delivery, not_before in rows]


async def take_back(tx: Transaction, channel: ChannelId, kinds: Collection[str], reason: str, now: datetime) -> None:
    await tx.session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.channel_id == channel, DeliveryRow.kind.in_(kinds), *_idle())
        .values(state=DeliveryState.SUPPRESSED, reason=reason, settled_at=now)
        .execution_options(synchronize_session=False)
    )


async def revive(tx: Transaction, subject: str, channel: ChannelId, reason: str, now: datetime) -> int:
    """What was held back for that reason is to be said after all."""
    rows = await tx.session.scalars(
        select(DeliveryRow.id)
        .where(
            DeliveryRow.subject == subject,
            DeliveryRow.channel_id == channel,
            DeliveryRow.state == DeliveryState.SUPPRESSED,
            DeliveryRow.reason == reason,
        )
        .order_by(DeliveryRow.order)
        .with_for_update()
    )
    held = rows.all()
    for delivery in held:
        number = await lanes.call_up(tx, channel, now)
        await tx.session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.id == delivery)
            .values(state=DeliveryState.PENDING, reason=None, settled_at=None, order=number, not_before=now)
            .execution_options(synchronize_session=False)
        )
    return len(held)


def _idle() -> tuple[ColumnElement[bool], ...]:
    return lanes.waiting(DeliveryRow), DeliveryRow.lease_until.is_(None)


def _envelope(row: DeliveryRow) -> Envelope:
    return Envelope(
        id=DeliveryId(row.id),
        tenant=TenantId(row.tenant_id),
        key=row.key,
        kind=row.kind,
        channel=ChannelId(row.channel_id),
        subject=row.subject,
        attempts=row.attempts,
        token=row.token,
    )
