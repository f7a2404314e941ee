"""Which lanes are looked at next: those that wait longest, and workspaces in turn where there are more than hands.

A workspace with very much to say has its share of the hands and no more for as long as others wait. What that costs
goes by the hands and by how many workspaces there are, not by how much waits: each one's first lanes are read from an
index of its own. Where everything that is due can be taken at once, nobody is asked whose turn it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, literal, or_, select, true, tuple_
from sqlalchemy.orm import aliased

from bot.domain.delivery import DeliveryState
from bot.store import lanes
from bot.store.columns import UtcDateTime
from bot.store.database import SystemTransaction
from bot.store.schema import DeliveryRow, LaneRow, TenantRow


@dataclass(slots=True)
class Turn:
    """Where one worker is in going round the workspaces."""

    after: str = ""  # the one that was served last


async def first(tx: SystemTransaction, now: datetime, at_most: int, turn: Turn) -> Sequence[Any]:
    """Lanes with a tenant, a channel, a token, their pace and the head: what can go first, or none that can go yet."""
    oldest = (await tx.session.execute(due(tx, now).limit(at_most))).all()
    if len(oldest) < at_most:
        return oldest
    tenants = await _next_ones(tx, now, at_most, turn)
    if not tenants:
        return oldest
    shared = (await tx.session.execute(shares(tx, now, tenants, at_most // len(tenants)))).all()
    named = {(lane.tenant_id, lane.channel_id) for lane in shared}
    rest = [lane for lane in oldest if (lane.tenant_id, lane.channel_id) not in named]
    return [*shared, *rest][:at_most]


def due(tx: SystemTransaction, now: datetime) -> Any:
    """Those that wait longest, whosever they are."""
    # Not EXISTS: that may be answered by reading and sorting everything that waits.
    stopped_at = select(TenantRow.stopped_at).where(TenantRow.id == LaneRow.tenant_id).scalar_subquery()
    return (
        select(LaneRow.tenant_id, LaneRow.channel_id, LaneRow.token, LaneRow.paced_until, _head(LaneRow, now))
        .where(lanes.is_ready(tx, now), stopped_at.is_(None))
        .order_by(LaneRow.due_at)
        .with_for_update(of=LaneRow, skip_locked=True)
    )


def waiting(tx: SystemTransaction, now: datetime, after: str) -> Any:
    """Workspaces with something that can go, in the order of their ids."""
    own = aliased(LaneRow)
    one = _of_each(tx, now, own).with_only_columns(own.due_at).limit(1).scalar_subquery()
    return (
        select(TenantRow.id)
        .where(TenantRow.stopped_at.is_(None), TenantRow.id > after, one.is_not(None))
        .order_by(TenantRow.id)
    )


def shares(tx: SystemTransaction, now: datetime, tenants: Sequence[str], each: int) -> Any:
    """Of each of these workspaces the lanes that wait longest."""
    own = aliased(LaneRow)
    theirs = _of_each(tx, now, own).limit(each)
    if tx.on_postgresql:
        lane = theirs.with_for_update(skip_locked=True).lateral()
        found = select(lane.c.tenant_id, lane.c.channel_id, lane.c.token, lane.c.paced_until, _head(lane.c, now))
        return found.select_from(TenantRow).join(lane, true()).where(TenantRow.id.in_(tenants))
    channels = theirs.with_only_columns(own.channel_id)
    found = select(LaneRow.tenant_id, LaneRow.channel_id, LaneRow.token, LaneRow.paced_until, _head(LaneRow, now))
    mine = (LaneRow.tenant_id == TenantRow.id) & LaneRow.channel_id.in_(channels)
    return found.select_from(TenantRow).join(LaneRow, mine).where(TenantRow.id.in_(tenants))


def _of_each(tx: SystemTransaction, now: datetime, own: type[LaneRow]) -> Any:
    """A workspace's lanes, those that wait longest first."""
    # Said as a stretch of the index of both: with an equation a database may rather read what waits of all of them,
    # in the order of time, until it meets one of this workspace.
    begins = tuple_(TenantRow.id, literal(lanes.EVER, UtcDateTime()))
    ends = tuple_(TenantRow.id, literal(now, UtcDateTime()))
    place = tuple_(own.tenant_id, own.due_at)
    return (
        select(own.tenant_id, own.channel_id, own.token, own.paced_until)
        .where(place >= begins, place <= ends, lanes.is_ready(tx, now, own))
        .order_by(own.tenant_id, own.due_at)
        .correlate(TenantRow)
    )


async def _next_ones(tx: SystemTransaction, now: datetime, at_most: int, turn: Turn) -> list[str]:
    """Round and round: from the one after whoever was last, and again from the first."""
    found = list(await tx.session.scalars(waiting(tx, now, turn.after).limit(at_most)))
    if len(found) < at_most and turn.after:
        before = await tx.session.scalars(waiting(tx, now, "").limit(at_most - len(found)))
        found += [tenant for tenant in before if tenant <= turn.after]
    turn.after = found[-1] if found else ""
    return found


def _head(lane: Any, now: datetime) -> Any:
    """The first due delivery of a lane, but never one that would overtake another about the same subject."""
    earlier = aliased(DeliveryRow)
    overtakes = exists().where(
        earlier.tenant_id == DeliveryRow.tenant_id,
        earlier.subject == DeliveryRow.subject,
        earlier.channel_id == DeliveryRow.channel_id,
        earlier.order < DeliveryRow.order,
        or_(earlier.attempts > 0, earlier.waits > 0, earlier.state == DeliveryState.POSTING),
        lanes.waiting(earlier),
    )
    return (
        select(DeliveryRow.id)
        .where(
            DeliveryRow.tenant_id == lane.tenant_id,
            DeliveryRow.channel_id == lane.channel_id,
            lanes.waiting(DeliveryRow),
            DeliveryRow.not_before <= now,
            ~overtakes,
        )
        .order_by(DeliveryRow.not_before, DeliveryRow.order)
        .limit(1)
        .correlate_except(DeliveryRow, earlier)
        .scalar_subquery()
        .label("head")
    )
