"""Deliveries of which a second copy may be visible, to be looked for once more."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select, tuple_, update

from bot.domain.ids import ChannelId, DeliveryId, MessageTs, TenantId
from bot.store.database import SystemTransaction, Transaction
from bot.store.schema import DeliveryRow, TenantRow

TURN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Sweep:
    delivery: DeliveryId
    tenant: TenantId
    kind: str
    channel: ChannelId
    thread: MessageTs | None
    posted: MessageTs | None  # the copy to keep; none when it was never to be said
    first_tried_at: datetime
    settled_at: datetime


async def take(tx: SystemTransaction, now: datetime, at_most: int) -> list[Sweep]:
    """Those whose time has come. Each comes again after a while, unless it is written down as done."""
    stopped = exists().where(TenantRow.id == DeliveryRow.tenant_id, TenantRow.stopped_at.is_not(None))
    rows = (
        await tx.session.scalars(
            select(DeliveryRow)
            .where(DeliveryRow.sweep_at <= now, ~stopped)
            .order_by(DeliveryRow.sweep_at)
            .limit(at_most)
            .with_for_update(skip_locked=True, of=DeliveryRow)
        )
    ).all()
    if rows:
        names = [(row.tenant_id, row.id) for row in rows]
        await tx.session.execute(
            update(DeliveryRow)
            .where(tuple_(DeliveryRow.tenant_id, DeliveryRow.id).in_(names))
            .values(sweep_at=now + TURN)
            .execution_options(synchronize_session=False)
        )
    return [_sweep(row, now) for row in rows]


async def done(tx: Transaction, delivery: DeliveryId) -> None:
    await tx.session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id == delivery)
        .values(sweep_at=None)
        .execution_options(synchronize_session=False)
    )


def _sweep(row: DeliveryRow, now: datetime) -> Sweep:
    return Sweep(
        delivery=DeliveryId(row.id),
        tenant=TenantId(row.tenant_id),
        kind=row.kind,
        channel=ChannelId(row.posted_channel or row.channel_id),
        thread=MessageTs(row.thread_ts) if row.thread_ts else None,
        posted=MessageTs(row.posted_ts) if row.posted_ts else None,
        first_tried_at=row.first_tried_at or now,
        settled_at=row.settled_at or now,
    )
