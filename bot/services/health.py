"""How the bot is in a workspace: read for admins, and the heartbeat that lets one process know of another."""

from datetime import datetime, timedelta

from bot.catalogue import calendars
from bot.domain.health import Health
from bot.store import failures, heartbeats, people, teams, touches
from bot.store.database import Database, Transaction

PLAN = "plan"
LOOKED_BACK = timedelta(days=7)
BEATS_EVERY = timedelta(seconds=45)  # a write each: seldom, and often enough to miss one


async def beat(db: Database, now: datetime) -> None:
    """The planning tick is at work."""
    async with db.read_for_all() as tx:
        before = await heartbeats.last(tx, PLAN)
    if before is None or now - before >= BEATS_EVERY:
        async with db.begin_for_all() as everywhere:
            await heartbeats.beat(everywhere, PLAN, now)


async def of_workspace(tx: Transaction, now: datetime) -> Health:
    since = now - LOOKED_BACK
    due, due_since = await touches.waiting(tx, now)
    queued, queued_since = await failures.queued(tx, now)
    zones = await people.zones(tx)
    return Health(
        now=now,
        ticked_at=await heartbeats.last(tx, PLAN),
        due=due,
        due_since=due_since,
        latest=await touches.latest(tx, since),
        queued=queued,
        queued_since=queued_since,
        failures=await failures.causes(tx, since),
        unknown=await failures.count_unknown(tx, since),
        suspended=tuple(await teams.suspended(tx)),
        without_zone=tuple(user for user, zone in zones.items() if calendars.zone_of(zone) is None),
    )
