"""Taking what is due out of the outbox.

A claim takes a lane and the first delivery in it, both under one number that rises with every claim of the lane. Only
who holds that number may write about the delivery: a worker that was away for longer than its lease finds it changed.
A dead worker's lease runs out by itself, and its lane is simply due again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, or_, select, tuple_, update

from bot.domain.delivery import DeliveryState, Envelope
from bot.domain.ids import ChannelId, DeliveryId, MessageTs, TenantId
from bot.store import lanes, places, queues
from bot.store.database import SystemTransaction
from bot.store.queues import Turn
from bot.store.schema import DeliveryRow, LaneRow

MOST_CRASHES = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """One delivery in the hands of one worker. The notice is not decoded yet: a newer version may have written it."""

    envelope: Envelope
    fields: Mapping[str, Any]
    waits: int
    is_crashed: bool  # its last worker died with it
    is_poison: bool  # and so did too many before
    is_anothers: bool  # its place belongs to another workspace
    is_in_doubt: bool  # it may be visible already
    is_place_known: bool  # in which thread it is then, or that it is in none
    first_tried_at: datetime
    attempted_at: datetime
    thread: MessageTs | None
    not_until: datetime | None  # it is taken a little before its lane may be spoken to again


async def claim(tx: SystemTransaction, now: datetime, at_most: int, turn: Turn) -> list[Claim]:
    """The first delivery of each lane that is due; where there are more than hands, workspaces take turns."""
    seen = await queues.first(tx, now, at_most, turn)
    if early := [(lane.tenant_id, lane.channel_id) for lane in seen if lane.head is None]:
        await lanes.look_ahead(tx, early, now)
    heads = [(lane.tenant_id, lane.head) for lane in seen if lane.head is not None]
    if not heads:
        return []
    # Skipped where locked: whoever has it locked is about to take it back or move it.
    query = select(DeliveryRow).where(_is_one_of(heads), lanes.waiting(DeliveryRow), DeliveryRow.not_before <= now)
    rows = (await tx.session.scalars(query.with_for_update(skip_locked=True))).all()
    if not rows:
        return []
    taken = {(lane.tenant_id, lane.channel_id): lane for lane in seen}
    await _take(tx, [(row.tenant_id, row.id) for row in rows], now)
    where = [(row.tenant_id, row.channel_id) for row in rows]
    await lanes.take(tx, where, now)
    anothers = await places.anothers(tx, where)
    return [_claimed(row, taken[place], now, place in anothers) for row, place in zip(rows, where, strict=True)]


async def _take(tx: SystemTransaction, heads: list[tuple[str, str]], now: datetime) -> None:
    token = select(LaneRow.token + 1).where(
        LaneRow.tenant_id == DeliveryRow.tenant_id, LaneRow.channel_id == DeliveryRow.channel_id
    )
    sent = (DeliveryRow.state == DeliveryState.POSTING) & DeliveryRow.posted_ts.is_(None)
    in_doubt = or_(sent, DeliveryRow.look_since.is_not(None))
    crashed = case((DeliveryRow.lease_until.is_not(None), 1), else_=0)
    await tx.session.execute(
        update(DeliveryRow)
        .where(_is_one_of(heads))
        .values(
            state=case((in_doubt, DeliveryState.POSTING), else_=DeliveryState.CLAIMED),
            token=token.correlate(DeliveryRow).scalar_subquery(),
            attempts=DeliveryRow.attempts + 1,
            crashes=DeliveryRow.crashes + crashed,
            lease_until=lanes.lease_ends(tx, now),
        )
        .execution_options(synchronize_session=False)
    )


def _claimed(row: DeliveryRow, lane: Any, now: datetime, is_anothers: bool) -> Claim:
    """From both rows as they were before this claim."""
    is_crashed = row.lease_until is not None
    # An edit changes nothing when it is made twice, and is never looked for.
    is_sent = row.state is DeliveryState.POSTING and row.posted_ts is None
    return Claim(
        envelope=_envelope(row, lane.token + 1),
        fields=row.fields,
        waits=row.waits,
        is_crashed=is_crashed,
        is_poison=row.crashes + is_crashed >= MOST_CRASHES,
        is_anothers=is_anothers,
        is_in_doubt=is_sent or row.look_since is not None,
        is_place_known=row.look_since is None or row.thread_ts is not None,
        first_tried_at=row.first_tried_at or now,
        attempted_at=row.look_since or row.attempted_at or now,
        thread=MessageTs(row.thread_ts) if row.thread_ts else None,
        not_until=lane.paced_until,
    )


def _envelope(row: DeliveryRow, token: int) -> Envelope:
    return Envelope(
        id=DeliveryId(row.id),
        tenant=TenantId(row.tenant_id),
        key=row.key,
        kind=row.kind,
        channel=ChannelId(row.channel_id),
        subject=row.subject,
        attempts=row.attempts + 1,
        token=token,
    )


def _is_one_of(heads: list[tuple[str, str]]) -> ColumnElement[bool]:
    return tuple_(DeliveryRow.tenant_id, DeliveryRow.id).in_(heads)
