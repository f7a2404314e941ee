"""Places as the bot can speak in them, channels and people: whether it can, where what was meant for them goes now,
and who else reads there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.domain.ids import ChannelId
from bot.store.database import Transaction
from bot.store.schema import LaneRow
from bot.store.upsert import insert_into

_OF = select(LaneRow).where(LaneRow.channel_id == bindparam("channel"))


@dataclass(frozen=True, slots=True)
class Target:
    failures: int = 0  # in a row
    suspended: str | None = None  # why
    moved_to: ChannelId | None = None
    is_shared: bool = False  # with other organisations


async def of(tx: Transaction, channel: ChannelId) -> Target:
    row = await tx.session.scalar(_OF, {"channel": channel})
    if row is None:
        return Target()
    moved_to = ChannelId(row.moved_to) if row.moved_to else None
    return Target(row.failures, row.suspended_why, moved_to, row.is_shared)


async def hold(tx: Transaction, *channels: ChannelId) -> None:
    """For who speaks in several places: locks them in the order in which everybody does, until the transaction ends."""
    query = select(LaneRow.channel_id).where(LaneRow.channel_id.in_(channels)).order_by(LaneRow.channel_id)
    await tx.session.execute(query.with_for_update() if tx.on_postgresql else query)


async def failed(tx: Transaction, channel: ChannelId) -> int:
    """How often in a row, this time included."""
    failures = await tx.session.scalar(
        update(LaneRow)
        .where(LaneRow.channel_id == channel)
        .values(failures=LaneRow.failures + 1)
        .returning(LaneRow.failures)
        .execution_options(synchronize_session=False)
    )
    return failures or 0


async def suspend(tx: Transaction, channel: ChannelId, why: str, now: datetime) -> None:
    """Nothing waiting for it is claimed any more."""
    await _put(tx, channel, {"suspended_at": now, "suspended_why": why})


async def open_up(tx: Transaction, channel: ChannelId) -> None:
    """The bot can speak there, or is to try once more: what waits for it goes."""
    await _put(tx, channel, {"suspended_at": None, "suspended_why": None, "failures": 0, "moved_to": None})


async def move(tx: Transaction, channel: ChannelId, to: ChannelId) -> None:
    """From now on what is meant for it goes there, also what a worker has in hand and finds undeliverable."""
    await _put(tx, channel, {"moved_to": to, "suspended_at": None, "suspended_why": None})


async def share(tx: Transaction, channel: ChannelId, is_shared: bool) -> None:
    await _put(tx, channel, {"is_shared": is_shared})


async def _put(tx: Transaction, channel: ChannelId, values: dict[str, Any]) -> None:
    lane = insert_into(tx, LaneRow).values(
        tenant_id=tx.tenant, channel_id=channel, due_at=None, token=0, deliveries_numbered=0, **values
    )
    await tx.session.execute(lane.on_conflict_do_update(index_elements=["tenant_id", "channel_id"], set_=values))
