"""Deliveries that wait: as many in each channel, each about an action point of its own, as a reply in its thread."""

import asyncio
from datetime import UTC, datetime

from sqlalchemy import delete, update

from bench import crowd
from bench.copies import copied
from bench.crowd import CHANNEL, TENANT
from bench.databases import executed
from bot.domain.actions import FIRST_VERSION
from bot.domain.ids import ActionId
from bot.domain.notices import HandedOver
from bot.store import outbox
from bot.store.database import open_database
from bot.store.schema import CardRow, DeliveryRow, LaneRow, TouchRow

SINCE = datetime(2026, 3, 2, 9, tzinfo=UTC)
FIRST = ActionId("first")


# As it was before the first of them was claimed.
AGAIN = """
UPDATE deliveries SET state = 'pending', not_before = created_at, token = 0, attempts = 0, waits = 0, crashes = 0,
    lease_until = NULL, first_tried_at = NULL, attempted_at = NULL, thread_ts = NULL, posted_channel = NULL,
    posted_ts = NULL, settled_at = NULL;
UPDATE lanes SET due_at = now(), paced_until = NULL, lease_until = NULL, token = 0
"""


def put(url: str, channels: int, each: int) -> None:
    """On PostgreSQL."""
    asyncio.run(_put(url, channels, each))


def again(url: str) -> None:
    """All of them wait as if none had ever been posted."""
    executed(url, AGAIN, "VACUUM ANALYZE deliveries, lanes")  # of what the run before has left behind


async def _put(url: str, channels: int, each: int) -> None:
    db = open_database(url)
    action = f"'ac-' || (mod(i, {channels}) * {each} + i / {channels})"
    fields = f"json_build_object('action', {action}, 'due_version', {FIRST_VERSION})"
    delivery = {"id": "'d-' || i", "key": "'k-' || i", "subject": action, "fields": fields, "order": f"i / {channels}",
                "channel_id": f"'C_' || mod(i, {channels})"}  # fmt: skip
    try:
        await crowd.gathered(db, channels * each, each)
        async with db.begin(TENANT) as tx:
            await outbox.enqueue(tx, FIRST, HandedOver(FIRST, FIRST_VERSION), CHANNEL, FIRST, SINCE)
        async with db.begin_for_all() as tx:
            await tx.session.execute(delete(TouchRow))  # only what waits already is to be said
            await tx.session.execute(update(CardRow).values(ts="1.000100"))
            await copied(tx, LaneRow, channels, {"channel_id": "'C_' || i", "deliveries_numbered": str(each)})
            await copied(tx, DeliveryRow, channels * each, delivery)
            for table in (LaneRow, DeliveryRow):
                await tx.session.execute(delete(table).where(table.channel_id == CHANNEL))
    finally:
        await db.close()
