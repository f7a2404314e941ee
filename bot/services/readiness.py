"""Whether a process can do its work: asked by whoever routes requests to it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import text

from bot.services.skew import Skew
from bot.store import migrating
from bot.store.database import Database

STALE_PLAN = timedelta(seconds=90)
# A server that was failed over from, or that has run out of room, goes on answering.
HOW_IT_IS = "SELECT current_setting('transaction_read_only') = 'on', clock_timestamp()"


async def checks(
    db: Database, planned_at: datetime | None, clock: Callable[[], datetime], skew: Skew
) -> Mapping[str, str | None]:
    """Each check with what is wrong, or None. ``planned_at``: when the worker last looked what was due."""
    found: dict[str, str | None] = {"database": "read-only" if await _is_read_only(db, skew) else None}
    found["clock"] = "differs from the database's" if skew.is_too_much else None
    match await migrating.state(db):
        case migrating.UpToDate():
            found["schema"] = None
        case _:
            found["schema"] = "not of this version"
    if planned_at is not None:
        found["planning"] = "stuck" if clock() - planned_at > STALE_PLAN else None
    return found


async def _is_read_only(db: Database, skew: Skew) -> bool:
    async with db.read_for_all() as tx:
        if not tx.on_postgresql:
            await tx.session.execute(text("SELECT 1"))
            return False
        read_only, theirs = (await tx.session.execute(text(HOW_IT_IS))).one()
        skew.seen(theirs)
    return bool(read_only)
