"""What is planned to be said, as it is asked for. A tick reads only what is due."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, select

from bot.domain.ids import TenantId, TouchId, UserId
from bot.domain.touches import Reason, Rung, Touch, Track
from bot.store.database import SystemTransaction, Transaction
from bot.store.schema import TenantRow, TouchRow, TouchState

_DUE_OF = (
    select(TouchRow)
    .where(
        TouchRow.recipient.in_(bindparam("readers", expanding=True)),
        TouchRow.state == TouchState.PLANNED,
        or_(TouchRow.planned_for <= bindparam("now"), TouchRow.reason == Reason.IN_LINE),
    )
    # By subject, so that two who lock what they decide about never wait for each other in a ring.
    .order_by(TouchRow.subject, TouchRow.track)
)


@dataclass(frozen=True, slots=True)
class PlannedTouch:
    id: TouchId
    track: Track
    subject: str
    touch: Touch
    state: TouchState
    told_in: str | None = None
    reason: str | None = None  # why it waits, or why it ended so

    @property
    def is_in_line(self) -> bool:
        return self.state is TouchState.PLANNED and self.reason == Reason.IN_LINE


@dataclass(frozen=True, slots=True)
class Due:
    """Who has something coming to them: a person, or a channel on the tracks that speak to one."""

    tenant: TenantId
    recipient: str
    is_own: bool  # nothing but reminders of their own action points


async def due(tx: SystemTransaction, now: datetime, at_most: int) -> list[Due]:
    """In every workspace that has not stopped, the longest waiting first."""
    rows = await tx.session.execute(_DUE, {"now": now, "at_most": at_most})
    return [Due(TenantId(tenant), str(recipient), not others) for tenant, recipient, others in rows]


async def due_of(tx: Transaction, recipients: Collection[str], now: datetime) -> Sequence[PlannedTouch]:
    """Everything that has come due for these people or channels, in the order in which it is decided.

    With what stands in line: a message that comes in its time takes along what waits for the same reader.
    """
    rows = await tx.session.scalars(_DUE_OF, {"readers": list(recipients), "now": now})
    return [value_of(row) for row in rows]


async def ahead_of(tx: Transaction, recipient: str, until: datetime, at_most: int) -> Sequence[PlannedTouch]:
    """What is planned for one person or channel until then, the earliest first."""
    rows = await tx.session.scalars(
        select(TouchRow)
        .where(TouchRow.recipient == recipient, TouchRow.state == TouchState.PLANNED, TouchRow.planned_for <= until)
        .order_by(TouchRow.planned_for)
        .limit(at_most)
    )
    return [value_of(row) for row in rows]


async def ahead_about(tx: Transaction, subjects: Collection[str], until: datetime) -> Sequence[PlannedTouch]:
    """What is planned about any of these until then, the earliest first."""
    rows = await tx.session.scalars(
        select(TouchRow)
        .where(TouchRow.subject.in_(subjects), TouchRow.state == TouchState.PLANNED, TouchRow.planned_for <= until)
        .order_by(TouchRow.planned_for, TouchRow.id)
    )
    return [value_of(row) for row in rows]


async def waiting(tx: Transaction, now: datetime) -> tuple[int, datetime | None]:
    """How many should have been decided by now, and since when the first of them."""
    query = select(func.count(), func.min(TouchRow.planned_for))
    found = query.where(TouchRow.state == TouchState.PLANNED, TouchRow.planned_for <= now)
    row = (await tx.session.execute(found)).one()
    return row[0], row[1]


async def latest(tx: Transaction, since: datetime) -> timedelta | None:
    """By how much the latest was late of those that were sent since then."""
    rows = await tx.session.execute(
        select(TouchRow.planned_for, TouchRow.settled_at).where(
            TouchRow.state == TouchState.SENT, TouchRow.settled_at >= since
        )
    )
    return max((settled - planned for planned, settled in rows if settled), default=None)


async def planned_of(tx: Transaction, track: Track, subject: str) -> PlannedTouch | None:
    query = select(TouchRow).where(*_planned(track, subject))
    row = await tx.session.scalar(query.with_for_update() if tx.on_postgresql else query)
    return value_of(row) if row else None


async def by_id(tx: Transaction, touch: TouchId) -> PlannedTouch | None:
    row = await tx.session.scalar(select(TouchRow).where(TouchRow.id == touch))
    return value_of(row) if row else None


def _planned(track: Track, subject: str) -> tuple[ColumnElement[bool], ...]:
    return TouchRow.track == track, TouchRow.subject == subject, TouchRow.state == TouchState.PLANNED


def _due() -> Any:
    # By itself first: grouped at once, SQLite would read all there are, by the index that has them by person.
    is_due = (
        select(TouchRow.tenant_id, TouchRow.recipient, TouchRow.track, TouchRow.planned_for)
        .where(TouchRow.state == TouchState.PLANNED, TouchRow.planned_for <= bindparam("now"))
        .cte("due")
        .prefix_with("MATERIALIZED")
    )
    waiting = (
        select(
            is_due.c.tenant_id,
            is_due.c.recipient,
            func.min(is_due.c.planned_for).label("since"),
            func.count().filter(is_due.c.track != Track.OWNER).label("others"),
        )
        .join(TenantRow, TenantRow.id == is_due.c.tenant_id)
        .where(TenantRow.stopped_at.is_(None))
        .group_by(is_due.c.tenant_id, is_due.c.recipient)
        .subquery()
    )
    oldest = select(waiting.c.tenant_id, waiting.c.recipient, waiting.c.others).order_by(waiting.c.since)
    return oldest.limit(bindparam("at_most"))


def value_of(row: TouchRow) -> PlannedTouch:
    touch = Touch(
        row.rung,
        row.local_day,
        row.planned_for,
        row.version,
        UserId(row.recipient),
        tuple(Rung(merged) for merged in row.merges),
    )
    return PlannedTouch(TouchId(row.id), row.track, row.subject, touch, row.state, row.told_in, row.reason)


_DUE = _due()
