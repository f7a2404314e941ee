"""Lanes: which channel has something to say, since when, and who has it.

Two clocks are at work and never compared with each other. What is due and how fast a channel may be spoken to
(``due_at``, ``paced_until``, ``not_before``) goes by the time that is handed in. A lease goes by the clock that all
workers share, so that a worker with a wrong clock can neither take what another has nor lose what is its own: the
database's on PostgreSQL; on SQLite, where there is one worker, the time that is handed in. A worker asks nobody
whether its own lease still holds: it counts with its own steady clock from before the claim was asked for.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, literal, literal_column, or_, select, tuple_, update

from bot.domain.delivery import Envelope
from bot.domain.ids import ChannelId
from bot.store.columns import UtcDateTime
from bot.store.database import SystemTransaction, Transaction
from bot.store.schema import DeliveryRow, LaneRow
from bot.store.upsert import Insertion, insert_into

LEASE = timedelta(seconds=60)
# A lane is taken a little before it may be spoken to again: all is ready when its time comes, and those whose times are
# close together are taken together.
AHEAD = timedelta(milliseconds=200)
EVER = datetime(1970, 1, 1, tzinfo=UTC)
# Spelled like the condition of the index, word for word.
WAITING_STATES: tuple[ColumnElement[Any], ...] = tuple(
    literal_column(f"'{state}'") for state in ("pending", "claimed", "posting")
)
AnyTransaction = Transaction | SystemTransaction
_IN_HAND = (LaneRow.channel_id == bindparam("channel"), LaneRow.token == bindparam("held"))
_HELD = select(LaneRow.channel_id).where(*_IN_HAND).with_for_update()


@dataclass(frozen=True, slots=True)
class Freed:
    """A lane that was let go."""

    due_at: datetime | None = None  # from when on its next delivery is due; None: nothing waits, or it is another's
    was_refused: bool = False  # the bot could not speak there before


def waiting(row: type[DeliveryRow]) -> ColumnElement[bool]:
    return row.state.in_(WAITING_STATES)


def lease_ends(tx: AnyTransaction, now: datetime, lease: timedelta = LEASE) -> ColumnElement[Any]:
    if tx.on_postgresql:
        return literal_column(f"clock_timestamp() + interval '{lease.total_seconds()} seconds'")
    return literal(now + lease, UtcDateTime())


def is_over(tx: AnyTransaction, lease_until: Any, now: datetime) -> ColumnElement[bool]:
    """Nobody has it, or whoever had it has been away for too long."""
    clock: Any = func.clock_timestamp() if tx.on_postgresql else literal(now, UtcDateTime())
    return or_(lease_until.is_(None), lease_until <= clock)


def is_ready(tx: AnyTransaction, now: datetime, lane: type[LaneRow] = LaneRow) -> ColumnElement[bool]:
    """Something of it can go, and nobody has it."""
    return and_(
        lane.due_at <= now,
        or_(lane.paced_until.is_(None), lane.paced_until <= now + AHEAD),
        lane.suspended_at.is_(None),
        is_over(tx, lane.lease_until, now),
    )


async def call_up(tx: Transaction, channel: ChannelId, not_before: datetime) -> int:
    """Has the channel's lane looked at by then, and gives the next number in it.

    The lane stays locked until the transaction ends, so that a worker that looks for what is due cannot miss it.
    """
    (number,) = await call_up_each(tx, [channel], not_before)
    return number


async def call_up_each(tx: Transaction, channels: Sequence[ChannelId], not_before: datetime) -> Sequence[int]:
    """The same of several, each as often as it is given; their lanes are locked in the order of their ids."""
    calls = Counter(channels)
    lanes = [
        {"tenant_id": tx.tenant, "channel_id": channel, "due_at": not_before, "token": 0, "deliveries_numbered": times}
        for channel, times in sorted(calls.items())
    ]
    last = dict((await tx.session.execute(_CALLED_UP.on(tx), lanes)).all())
    following = {channel: count(last[channel] - times + 1) for channel, times in calls.items()}
    return [next(following[channel]) for channel in channels]


async def lock(tx: Transaction, channel: ChannelId) -> None:
    """Until the transaction ends; what is due in the lane stays as it is."""
    lane = insert_into(tx, LaneRow).values(
        tenant_id=tx.tenant, channel_id=channel, due_at=None, token=0, deliveries_numbered=0
    )
    await tx.session.execute(
        lane.on_conflict_do_update(index_elements=["tenant_id", "channel_id"], set_={"token": LaneRow.token})
    )


async def take(tx: SystemTransaction, names: Collection[tuple[str, str]], now: datetime) -> None:
    await tx.session.execute(
        update(LaneRow)
        .where(tuple_(LaneRow.tenant_id, LaneRow.channel_id).in_(names))
        .values(token=LaneRow.token + 1, lease_until=lease_ends(tx, now))
        .execution_options(synchronize_session=False)
    )


async def look_ahead(tx: SystemTransaction, names: Collection[tuple[str, str]], now: datetime) -> None:
    """These were looked at too early: what they have comes later, or was taken back."""
    coming = select(func.min(DeliveryRow.not_before)).where(
        DeliveryRow.tenant_id == LaneRow.tenant_id,
        DeliveryRow.channel_id == LaneRow.channel_id,
        DeliveryRow.not_before > now,
        waiting(DeliveryRow),
    )
    await tx.session.execute(
        update(LaneRow)
        .where(tuple_(LaneRow.tenant_id, LaneRow.channel_id).in_(names))
        .values(due_at=coming.correlate(LaneRow).scalar_subquery(), lease_until=None)
        .execution_options(synchronize_session=False)
    )


async def let_go(tx: Transaction, envelope: Envelope, paced_until: datetime | None = None) -> Freed:
    """Frees the lane for its next delivery, unless another worker has it by now."""
    mine = {"channel": envelope.channel, "held": envelope.token}
    # Locked first, read afterwards: whatever was put into this lane meanwhile is seen and not forgotten.
    if await tx.session.scalar(_HELD, mine) is None:
        return Freed()
    again = paced_until - AHEAD if paced_until else EVER
    lane = (await tx.session.execute(_FREED, {**mine, "again": again, "until": paced_until})).one()
    return Freed(lane.due_at, bool(lane.failures) or lane.suspended_at is not None)


def _later(instant: Any, other: Any) -> ColumnElement[datetime]:
    return case((instant > other, instant), else_=other)


def _called_up(lane: Any) -> Any:
    paced = _later(LaneRow.paced_until, lane.excluded.due_at)
    return lane.on_conflict_do_update(
        index_elements=["tenant_id", "channel_id"],
        set_={
            "due_at": case((LaneRow.due_at < paced, LaneRow.due_at), else_=paced),
            "deliveries_numbered": LaneRow.deliveries_numbered + lane.excluded.deliveries_numbered,
        },
    ).returning(LaneRow.channel_id, LaneRow.deliveries_numbered)


def _freed() -> Any:
    coming, again = func.min(DeliveryRow.not_before), bindparam("again", type_=UtcDateTime())
    due_at = select(case((coming < again, again), else_=coming)).where(
        DeliveryRow.tenant_id == LaneRow.tenant_id, DeliveryRow.channel_id == LaneRow.channel_id, waiting(DeliveryRow)
    )
    return (
        update(LaneRow)
        .where(*_IN_HAND)
        .values(lease_until=None, paced_until=bindparam("until"), due_at=due_at.correlate(LaneRow).scalar_subquery())
        .returning(LaneRow.due_at, LaneRow.failures, LaneRow.suspended_at)
        .execution_options(synchronize_session=False)
    )


_CALLED_UP = Insertion(LaneRow, _called_up)
_FREED = _freed()
