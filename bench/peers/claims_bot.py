"""The bot's own worker: claim, mark as being posted, settle, each with what its promise asks for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial

from bench import mute
from bench.claiming import Ledger
from bench.copies import statement
from bench.databases import executed
from bot.app import utc_now
from bot.domain.ids import CardId, ChannelId, TenantId
from bot.domain.notices import CardPost
from bot.services.delivering import Delivering
from bot.store import outbox, tenants
from bot.store.database import open_database
from bot.store.schema import DeliveryRow, LaneRow, TenantRow
from bot.store.tenants import Tenant

FIRST, CHANNEL = TenantId("FIRST"), ChannelId("C_FIRST")
LATER = datetime(2100, 1, 1, tzinfo=UTC)
WORKSPACES, EACH_CHANNEL_HAS = 200, 10
# As long as it leaves the rest to others, where what is due is in their hands.
BREATH_SECONDS = 0.02

CHANNEL_NUMBER = f"(i / {EACH_CHANNEL_HAS})"
TENANT_OF, CHANNEL_OF = f"'T' || mod({CHANNEL_NUMBER} / 5, {WORKSPACES})", f"'C' || {CHANNEL_NUMBER}"
CHOSEN = "(SELECT number * {apart} AS i FROM generate_series(0, {due} - 1) AS number) AS chosen"
# As they were before anybody claimed them, and due.
DUE_DELIVERIES = f"""
UPDATE deliveries SET state = 'pending', not_before = now(), token = 0, attempts = 0, crashes = 0, lease_until = NULL,
    first_tried_at = NULL, attempted_at = NULL, posted_channel = NULL, posted_ts = NULL, settled_at = NULL
FROM {{chosen}} WHERE tenant_id = {TENANT_OF} AND id = 'd' || i
"""
DUE_LANES = f"""
UPDATE lanes SET due_at = now(), paced_until = NULL, lease_until = NULL, token = 0
FROM {{chosen}} WHERE tenant_id = {TENANT_OF} AND channel_id = {CHANNEL_OF}
"""


def fill(url: str, waiting: int) -> None:
    """None of them due: ten to a channel, in two hundred workspaces."""
    asyncio.run(_first(url))
    lane = {"tenant_id": f"'T' || mod(i / 5, {WORKSPACES})", "channel_id": "'C' || i"}
    delivery = {"tenant_id": TENANT_OF, "channel_id": CHANNEL_OF, "id": "'d' || i", "key": "'k' || i",
                "subject": "'about ' || i", "order": "i"}  # fmt: skip
    executed(
        url,
        statement(TenantRow, WORKSPACES, {"id": "'T' || i"}),
        statement(LaneRow, waiting // EACH_CHANNEL_HAS, lane),
        statement(DeliveryRow, waiting, delivery),
        f"DELETE FROM lanes WHERE tenant_id = '{FIRST}'",
        f"DELETE FROM deliveries WHERE tenant_id = '{FIRST}'",
    )


def make_due(url: str, waiting: int, due: int) -> None:
    chosen = CHOSEN.format(apart=waiting // due, due=due)
    executed(url, DUE_DELIVERIES.format(chosen=chosen), DUE_LANES.format(chosen=chosen))


@asynccontextmanager
async def opened(url: str, ledger: Ledger) -> AsyncIterator[Callable[[], Awaitable[object]]]:
    db = open_database(url)
    try:
        yield partial(_drained, mute.delivering(db, ledger))
    finally:
        await db.close()


async def _drained(delivering: Delivering) -> None:
    while True:
        taken = await delivering.drain(utc_now())
        await delivering.idle()
        if not taken:
            await asyncio.sleep(BREATH_SECONDS)


async def _first(url: str) -> None:
    db = open_database(url)
    try:
        async with db.begin_for_all() as everyone:
            await tenants.installed(everyone, Tenant(FIRST, FIRST, None, None, None, None, None), LATER)
        async with db.begin(FIRST) as tx:
            await outbox.enqueue(tx, "first", CardPost(CardId("first")), CHANNEL, "first", LATER)
    finally:
        await db.close()
