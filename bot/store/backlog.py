"""Deliveries of all workspaces, as the operator sees them: everything on the outside, and no words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from bot.domain.delivery import DeliveryState, Envelope
from bot.domain.ids import ChannelId, DeliveryId, TenantId
from bot.store.database import SystemTransaction
from bot.store.schema import DeliveryRow


@dataclass(frozen=True, slots=True)
class Dossier:
    envelope: Envelope
    state: DeliveryState
    reason: str | None
    created_at: datetime
    not_before: datetime
    attempted_at: datetime | None
    settled_at: datetime | None
    look_since: datetime | None
    waits: int
    crashes: int


async def latest(tx: SystemTransaction, states: Collection[DeliveryState], at_most: int) -> Sequence[Dossier]:
    rows = await tx.session.scalars(
        select(DeliveryRow)
        .where(DeliveryRow.state.in_(states))
        .order_by(func.coalesce(DeliveryRow.settled_at, DeliveryRow.created_at).desc(), DeliveryRow.id)
        .limit(at_most)
    )
    return [_value(row) for row in rows]


async def beginning_with(tx: SystemTransaction, start: str, at_most: int) -> Sequence[Dossier]:
    """Those whose ids begin so."""
    rows = await tx.session.scalars(
        select(DeliveryRow)
        .where(DeliveryRow.id.startswith(start, autoescape=True))
        .order_by(DeliveryRow.id)
        .limit(at_most)
    )
    return [_value(row) for row in rows]


async def doubt_all(tx: SystemTransaction, since: datetime) -> int:
    """Whatever waits may have been said from then on, in a life of the database that this one knows nothing of."""
    nobodys = {"lease_until": None}
    doubted = await tx.session.scalars(
        update(DeliveryRow)
        .where(DeliveryRow.state.in_((DeliveryState.PENDING, DeliveryState.CLAIMED)), DeliveryRow.posted_ts.is_(None))
        .values(**nobodys, state=DeliveryState.PENDING, look_since=func.coalesce(DeliveryRow.look_since, since))
        .returning(DeliveryRow.id)
        .execution_options(synchronize_session=False)
    )
    await tx.session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.state == DeliveryState.POSTING)
        .values(**nobodys)
        .execution_options(synchronize_session=False)
    )
    return len(doubted.all())


def _value(row: DeliveryRow) -> Dossier:
    envelope = Envelope(
        id=DeliveryId(row.id),
        tenant=TenantId(row.tenant_id),
        key=row.key,
        kind=row.kind,
        channel=ChannelId(row.channel_id),
        subject=row.subject,
        attempts=row.attempts,
        token=row.token,
    )
    return Dossier(
        envelope,
        row.state,
        row.reason,
        row.created_at,
        row.not_before,
        row.attempted_at,
        row.settled_at,
        row.look_since,
        row.waits,
        row.crashes,
    )
