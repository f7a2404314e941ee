"""Reminders, planned and settled. A tick reads only what is due."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, bindparam, func, or_, select, text, update

from bot.domain.ids import TenantId, TouchId, UserId
from bot.domain.touches import Outcome, Reason, Rung, Touch, Track
from bot.store.database import SystemTransaction, Transaction
from bot.store.schema import TenantRow, TouchRow, TouchState
from bot.store.upsert import Insertion, insert_into

_PLANNED = select(TouchRow).where(
    TouchRow.subject == bindparam("subject"),
    TouchRow.track.in_(bindparam("tracks", expanding=True)),
    TouchRow.state == TouchState.PLANNED,
)
_PLANNED_HELD = _PLANNED.with_for_update()
_OF_A_TOUCH = ("id", "rung", "version", "recipient", "local_day", "planned_for", "merges")
# Another process may have planned one meanwhile, which the look before did not see.
_ADD = Insertion(
    TouchRow,
    lambda row: row.on_conflict_do_update(
        index_elements=["tenant_id", "track", "subject"],
        index_where=text("state = 'planned'"),
        set_={"reason": None, **{name: row.excluded[name] for name in _OF_A_TOUCH}},
    ),
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


async def plan(tx: Transaction, subject: str, wanted: Mapping[Track, Touch | None], now: datetime) -> None:
    """Makes these the subject's planned touches on those tracks; what was planned instead ends as replanned."""
    query = _PLANNED_HELD if tx.on_postgresql else _PLANNED
    rows = await tx.session.scalars(query, {"subject": subject, "tracks": list(wanted)})
    there = {row.track: value_of(row) for row in rows}
    for track, touch in wanted.items():
        before = there.get(track)
        if before is not None and touch is not None and _is_same(before.touch, touch):
            await _revise(tx, before, touch)
            continue
        if before is not None:
            await settle(tx, before, Outcome.SKIPPED, Reason.REPLANNED, now)
        if touch is not None:
            await _add(tx, track, subject, touch)


async def _add(tx: Transaction, track: Track, subject: str, touch: Touch) -> None:
    about = {"tenant_id": tx.tenant, "track": track, "subject": subject, "state": TouchState.PLANNED}
    await tx.session.execute(_ADD.on(tx), {**about, "id": uuid4().hex, **_columns(touch)})


async def due(tx: SystemTransaction, now: datetime, at_most: int) -> list[tuple[TenantId, str]]:
    """Who has something coming to them, in every workspace that has not stopped, the longest waiting first.

    A person, or a channel on the tracks that speak to one.
    """
    # By itself first: grouped at once, SQLite would read all there are, by the index that has them by person.
    is_due = (
        select(TouchRow.tenant_id, TouchRow.recipient, TouchRow.planned_for)
        .where(TouchRow.state == TouchState.PLANNED, TouchRow.planned_for <= now)
        .cte("due")
        .prefix_with("MATERIALIZED")
    )
    waiting = (
        select(is_due.c.tenant_id, is_due.c.recipient, func.min(is_due.c.planned_for).label("since"))
        .join(TenantRow, TenantRow.id == is_due.c.tenant_id)
        .where(TenantRow.stopped_at.is_(None))
        .group_by(is_due.c.tenant_id, is_due.c.recipient)
        .subquery()
    )
    rows = await tx.session.execute(
        select(waiting.c.tenant_id, waiting.c.recipient).order_by(waiting.c.since).limit(at_most)
    )
    return [(TenantId(tenant), str(recipient)) for tenant, recipient in rows]


async def due_of(tx: Transaction, recipient: str, now: datetime) -> Sequence[PlannedTouch]:
    """Everything that has come due for one person or channel, in the order in which it is decided.

    With what stands in line: a message that comes in its time takes along what waits for the same reader.
    """
    is_due = or_(TouchRow.planned_for <= now, TouchRow.reason == Reason.IN_LINE)
    rows = await tx.session.scalars(
        select(TouchRow)
        .where(TouchRow.recipient == recipient, TouchRow.state == TouchState.PLANNED, is_due)
        # By subject, so that two who lock what they decide about never wait for each other in a ring.
        .order_by(TouchRow.subject, TouchRow.track)
    )
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


async def move(tx: Transaction, touch: TouchId, to: datetime, reason: Reason | None = None) -> None:
    """``reason``: why it waits until then, where that matters when its time has come."""
    await tx.session.execute(
        update(TouchRow)
        .where(TouchRow.id == touch)
        .values(planned_for=to, reason=reason)
        .execution_options(synchronize_session=False)
    )


async def settle(
    tx: Transaction,
    touch: PlannedTouch,
    outcome: Outcome,
    reason: str,
    now: datetime,
    told_on: date | None = None,
    told_in: str | None = None,
) -> None:
    """Ends a planned touch, and with it the less urgent rungs that it tells as well."""
    changed = await tx.session.scalar(
        update(TouchRow)
        .where(TouchRow.id == touch.id)
        .values(
            state=TouchState(outcome.value),
            reason=reason,
            settled_at=now,
            told_in=told_in,
            local_day=told_on or touch.touch.local_day,
        )
        .returning(TouchRow.id)
        .execution_options(synchronize_session=False)
    )
    assert changed is not None  # it was read in this transaction
    for rung in touch.touch.merges if outcome is Outcome.SENT else ():
        merged = replace(touch.touch, rung=rung, merges=())
        await tx.session.execute(
            insert_into(tx, TouchRow).values(
                tenant_id=tx.tenant,
                id=uuid4().hex,
                track=touch.track,
                subject=touch.subject,
                state=TouchState.MERGED,
                reason=f"told with {touch.touch.rung.value}",
                settled_at=now,
                **_columns(merged),
            )
        )


async def set_aside(tx: Transaction, recipient: str, now: datetime, until: datetime, since: datetime) -> None:
    """Lets what is due for somebody wait until then; what was meant for a day before ``since`` ends as failed.

    No row is read: whatever is wrong with one may be why its turn failed.
    """
    due = (TouchRow.recipient == recipient, TouchRow.state == TouchState.PLANNED, TouchRow.planned_for <= now)
    await tx.session.execute(
        update(TouchRow)
        .where(*due, TouchRow.local_day < since.date())
        .values(state=TouchState.FAILED, reason=Reason.BROKEN, settled_at=now)
        .execution_options(synchronize_session=False)
    )
    await tx.session.execute(
        update(TouchRow).where(*due).values(planned_for=until).execution_options(synchronize_session=False)
    )


async def give_up(tx: Transaction, recipient: str, reason: Reason, now: datetime) -> None:
    """Ends everything that is planned for somebody."""
    await tx.session.execute(
        update(TouchRow)
        .where(TouchRow.recipient == recipient, TouchRow.state == TouchState.PLANNED)
        .values(state=TouchState.SKIPPED, reason=reason, settled_at=now)
        .execution_options(synchronize_session=False)
    )


async def resettle(
    tx: Transaction, touch: TouchId, outcome: Outcome, reason: str, now: datetime, told_on: date | None = None
) -> None:
    """Corrects what became of a touch: handed to the outbox, but never said, or said on another day."""
    day = {"local_day": told_on} if told_on else {}
    await tx.session.execute(
        update(TouchRow)
        .where(TouchRow.id == touch)
        .values(state=TouchState(outcome.value), reason=reason, settled_at=now, **day)
        .execution_options(synchronize_session=False)
    )


async def carry(tx: Transaction, subject: str, version: int, to: int) -> None:
    """What was said of one version counts for another: a decision was taken back, and things are as they were."""
    await tx.session.execute(
        update(TouchRow)
        .where(TouchRow.subject == subject, TouchRow.version == version, TouchRow.state != TouchState.PLANNED)
        .values(version=to)
        .execution_options(synchronize_session=False)
    )


async def _revise(tx: Transaction, before: PlannedTouch, to: Touch) -> None:
    if before.touch == to:
        return
    await tx.session.execute(
        update(TouchRow)
        .where(TouchRow.id == before.id)
        .values(reason=None, **_columns(to))
        .execution_options(synchronize_session=False)
    )


def _is_same(before: Touch, after: Touch) -> bool:
    """The same word to the same person, perhaps at another hour."""
    return (before.rung, before.local_day, before.version, before.recipient) == (
        after.rung,
        after.local_day,
        after.version,
        after.recipient,
    )


def _planned(track: Track, subject: str) -> tuple[ColumnElement[bool], ...]:
    return TouchRow.track == track, TouchRow.subject == subject, TouchRow.state == TouchState.PLANNED


def _columns(touch: Touch) -> dict[str, object]:
    return {
        "rung": touch.rung,
        "version": touch.version,
        "recipient": touch.recipient,
        "local_day": touch.local_day,
        "planned_for": touch.at_utc,
        "merges": [rung.value for rung in touch.merges],
    }


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
