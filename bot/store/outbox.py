"""What the bot is going to say by itself: put in here in the transaction of the decision, or not at all.

Putting something in locks its channel's lane until the transaction ends. Whoever speaks to several channels in one
transaction does it in the order of their ids, so that two such transactions wait for each other and never in a ring.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, or_, select, update

from bot.domain.delivery import DeliveryState
from bot.domain.ids import ChannelId, MessageTs
from bot.domain.notice_kinds import decode, encode, kind_of
from bot.domain.notices import Notice
from bot.store import lanes
from bot.store.database import Transaction
from bot.store.schema import DeliveryRow
from bot.store.upsert import Insertion

_ADD = Insertion(
    DeliveryRow,
    lambda row: row.on_conflict_do_nothing(index_elements=["tenant_id", "key"]).returning(DeliveryRow.key),
)


@dataclass(frozen=True, slots=True)
class Owed:
    """A message that is to be said, once: its key says so."""

    key: str
    notice: Notice
    channel: ChannelId
    subject: str


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of the bot's, found again."""

    key: str
    notice: Notice


async def enqueue(
    tx: Transaction,
    key: str,
    notice: Notice,
    channel: ChannelId,
    subject: str,
    now: datetime,
    not_before: datetime | None = None,
) -> bool:
    """True if it was not there yet: a second one with the same key changes nothing."""
    return key in await enqueue_each(tx, [Owed(key, notice, channel, subject)], now, not_before)


async def enqueue_each(
    tx: Transaction, owed: Iterable[Owed], now: datetime, not_before: datetime | None = None
) -> frozenset[str]:
    """The same of several; the keys of those that were not there yet."""
    start, in_order = not_before or now, sorted(owed, key=attrgetter("channel"))
    numbers = await lanes.call_up_each(tx, [one.channel for one in in_order], start)
    rows = [_row(tx, one, number, start, now) for one, number in zip(in_order, numbers, strict=True)]
    return frozenset(await tx.session.scalars(_ADD.on(tx), rows))


async def line_up(tx: Transaction, channels: Collection[ChannelId]) -> None:
    """Locks the lanes of those who will be spoken to in this transaction, in the order in which everybody does it."""
    for channel in sorted(set(channels)):
        await lanes.lock(tx, channel)


async def enqueue_edit(tx: Transaction, notice: Notice, channel: ChannelId, subject: str, now: datetime) -> bool:
    """Like ``enqueue``, but one that still waits is enough: it draws what is true when it is sent."""
    # Locked, so that no worker draws it before what this transaction changes can be seen.
    same = await tx.session.scalar(
        select(DeliveryRow.id)
        .where(
            DeliveryRow.subject == subject,
            DeliveryRow.kind == kind_of(notice),
            DeliveryRow.channel_id == channel,
            DeliveryRow.state == DeliveryState.PENDING,
        )
        .limit(1)
        .with_for_update()
    )
    if same is not None:
        return False
    return await enqueue(tx, f"{kind_of(notice)}:{subject}:{uuid4()}", notice, channel, subject, now)


async def cancel(tx: Transaction, subject: str, kinds: Collection[str], reason: str, now: datetime) -> int:
    """Takes back what still waits; what a worker has in hand is asked about once more before it is sent."""
    gone = await tx.session.scalars(
        update(DeliveryRow)
        .where(
            DeliveryRow.subject == subject,
            DeliveryRow.kind.in_(kinds),
            DeliveryRow.state == DeliveryState.PENDING,
        )
        .values(state=DeliveryState.SUPPRESSED, reason=reason, settled_at=now)
        .returning(DeliveryRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


async def cancel_each(tx: Transaction, keys: Collection[str], reason: str, now: datetime) -> frozenset[str]:
    """Takes back those of them that still wait; which they were."""
    gone = await tx.session.scalars(
        update(DeliveryRow)
        .where(DeliveryRow.key.in_(keys), DeliveryRow.state == DeliveryState.PENDING)
        .values(state=DeliveryState.SUPPRESSED, reason=reason, settled_at=now)
        .returning(DeliveryRow.key)
        .execution_options(synchronize_session=False)
    )
    return frozenset(gone)


async def bring_forward(tx: Transaction, key: str, not_before: datetime) -> bool:
    """Lets it go earlier than planned; false when it is gone, in hand or no later than that."""
    channel = await _move(tx, key, not_before, DeliveryRow.not_before > not_before)
    if channel is not None:
        await lanes.call_up(tx, channel, not_before)
    return channel is not None


async def hold(tx: Transaction, key: str, not_before: datetime) -> bool:
    """Keeps it back for longer; false when it is gone, in hand or waits as long as that."""
    return await _move(tx, key, not_before, DeliveryRow.not_before < not_before) is not None


async def waits_until(tx: Transaction, key: str) -> datetime | None:
    """When it will go; None: it is gone already, or never was."""
    return await tx.session.scalar(
        select(DeliveryRow.not_before).where(DeliveryRow.key == key, DeliveryRow.state == DeliveryState.PENDING)
    )


async def speaks(tx: Transaction, channel: ChannelId, kinds: Collection[str], since: datetime, until: datetime) -> bool:
    """Whether something of these kinds was posted in the channel from then on, or will be until then."""
    under_way = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.POSTING)
    found = await tx.session.scalar(
        select(DeliveryRow.id)
        .where(
            DeliveryRow.channel_id == channel,
            DeliveryRow.kind.in_(kinds),
            or_(
                and_(DeliveryRow.state == DeliveryState.DELIVERED, DeliveryRow.settled_at >= since),
                and_(DeliveryRow.state.in_(under_way), DeliveryRow.not_before < until),
            ),
        )
        .limit(1)
    )
    return found is not None


async def posted(tx: Transaction, subject: str, kind: str) -> MessageTs | None:
    """Where the newest message of that kind about that subject stands."""
    ts = await tx.session.scalar(
        select(DeliveryRow.posted_ts)
        .where(DeliveryRow.subject == subject, DeliveryRow.kind == kind, DeliveryRow.posted_ts.is_not(None))
        .order_by(DeliveryRow.created_at.desc())
        .limit(1)
    )
    return MessageTs(ts) if ts else None


async def posted_as(tx: Transaction, key: str, kind: str) -> MessageTs | None:
    """Where the message of that kind with that key stands."""
    ts = await tx.session.scalar(select(DeliveryRow.posted_ts).where(DeliveryRow.key == key, DeliveryRow.kind == kind))
    return MessageTs(ts) if ts else None


async def posted_at(tx: Transaction, channel: ChannelId, ts: MessageTs) -> Posted | None:
    """What the message that stands there is."""
    row = await tx.session.scalar(
        select(DeliveryRow)
        .where(
            DeliveryRow.posted_ts == ts,
            or_(DeliveryRow.posted_channel == channel, DeliveryRow.channel_id == channel),
        )
        # An edit stands where the message does that it edits.
        .order_by(DeliveryRow.created_at)
        .limit(1)
    )
    return Posted(row.key, decode(row.kind, row.fields)) if row else None


def _row(tx: Transaction, owed: Owed, number: int, not_before: datetime, now: datetime) -> dict[str, Any]:
    return {
        "tenant_id": tx.tenant,
        "id": str(uuid4()),
        "key": owed.key,
        "kind": kind_of(owed.notice),
        "fields": encode(owed.notice),
        "subject": owed.subject,
        "channel_id": owed.channel,
        "state": DeliveryState.PENDING,
        "order": number,
        "not_before": not_before,
        "token": 0,
        "attempts": 0,
        "waits": 0,
        "crashes": 0,
        "created_at": now,
    }


async def _move(tx: Transaction, key: str, to: datetime, is_wanted: ColumnElement[bool]) -> ChannelId | None:
    channel = await tx.session.scalar(
        update(DeliveryRow)
        .where(DeliveryRow.key == key, DeliveryRow.state == DeliveryState.PENDING, is_wanted)
        .values(not_before=to)
        .returning(DeliveryRow.channel_id)
        .execution_options(synchronize_session=False)
    )
    return None if channel is None else ChannelId(channel)
