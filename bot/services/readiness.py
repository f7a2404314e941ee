"""Whether a process can do its work: asked by whoever routes requests to it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import text

from bot.store import migrating
from bot.store.database import Database

STALE_PLAN = timedelta(seconds=90)
READ_ONLY = "SELECT current_setting('transaction_read_only') = 'on'"


async def checks(db: Database, planned_at: datetime | None, now: datetime) -> Mapping[str, str | None]:
    """Each check with what is wrong, or None. ``planned_at``: when the worker last looked what was due."""
    found: dict[str, str | None] = {"database": None}
    async with db.read_for_all() as tx:
        # A server that was failed over from, or that has run out of room, goes on answering.
        if await tx.session.scalar(text(READ_ONLY if tx.on_postgresql else "SELECT 0")):
            found["database"] = "read-only"
    match await migrating.state(db):
        case migrating.UpToDate():
            found["schema"] = None
        case _:
            found["schema"] = "not of this version"
    if planned_at is not None:
        found["planning"] = "stuck" if now - planned_at > STALE_PLAN else None
    return found
