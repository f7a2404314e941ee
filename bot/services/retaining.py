"""What was kept for long enough goes: workspaces that removed the bot, teams that left it, what settled long ago.

Once a day. It may run twice, and on several hosts at once: it deletes what is old, and what is gone cannot be deleted
again.
"""

from datetime import datetime, timedelta

import structlog

from bot import logs
from bot.domain.audited import BOT
from bot.services import erasing
from bot.store import compacting, heartbeats, retention
from bot.store.database import Database
from bot.store.erasing import BATCH, delete_some

log = structlog.get_logger(__name__)

RETAIN = "retain"
EVERY = timedelta(hours=20)  # asked each hour, so that a day is never missed
# Looked at once a day: with that and a day of being down, 30 days are not exceeded.
AFTER_REMOVAL = timedelta(days=28)
# Two years after anybody last did anything about it.
IDLE_TEAMS = timedelta(days=730)
DELIVERIES = timedelta(days=90)
UNDOS = timedelta(days=1)
# Slack tells of an event again for a day; what was noted of a request is kept for twice as long.
REQUESTS = timedelta(hours=48)
AUDITS = timedelta(days=400)


async def tick(db: Database, now: datetime) -> bool:
    """Whether it was time."""
    async with db.read_for_all() as everywhere:
        before = await heartbeats.last(everywhere, RETAIN)
    if before is not None and now - before < EVERY:
        return False
    await _removed_workspaces(db, now)
    await _idle_teams(db, now)
    for name, old in retention.old(now - DELIVERIES, now - UNDOS, now - REQUESTS, now - AUDITS):
        gone, last = 0, BATCH
        while last == BATCH:
            async with db.begin_for_all() as everywhere:
                last = await delete_some(everywhere, old)
            gone += last
        if gone:
            log.info("old rows deleted", table=name, rows=gone)
    # At the end: who is killed on the way is at it again within the hour.
    async with db.begin_for_all() as everywhere:
        await heartbeats.beat(everywhere, RETAIN, now)
    return True


async def _idle_teams(db: Database, now: datetime) -> None:
    async with db.read_for_all() as everywhere:
        idle = await retention.idle_since(everywhere, now - IDLE_TEAMS)
    for tenant, team in idle:
        erased = await erasing.team(db, tenant, team, BOT, lambda: now)
        log.info("idle team erased", tenant=logs.hashed(tenant), rows=erased.total())


async def _removed_workspaces(db: Database, now: datetime) -> None:
    async with db.read_for_all() as everywhere:
        removed = await retention.stopped_before(everywhere, now - AFTER_REMOVAL)
    for tenant in removed:
        erased = await erasing.purge(db, tenant, BOT, now)
        log.info("workspace erased", tenant=logs.hashed(tenant), rows=erased.total())
    if removed and not await compacting.compact(db):
        log.warning("the database's file could not be compacted; what was erased is overwritten in time")
