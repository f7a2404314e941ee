"""Whether a process can do its work: asked by whoever routes requests to it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog
from sqlalchemy import text

from bot.store import migrating
from bot.store.database import Database

log = structlog.get_logger(__name__)

STALE_PLAN = timedelta(seconds=90)
WIDE_SKEW = timedelta(seconds=30)
# A server that was failed over from, or that has run out of room, goes on answering.
HOW_IT_IS = "SELECT current_setting('transaction_read_only') = 'on', clock_timestamp()"


class Skew:
    """How far our clock is ahead of the database's. It makes nothing unready: see ADR 1."""

    def __init__(self, tell: Callable[[float], None]) -> None:
        self._tell = tell
        self._is_wide = False

    def seen(self, skew: timedelta) -> None:
        self._tell(skew.total_seconds())
        is_wide = abs(skew) > WIDE_SKEW
        if is_wide and not self._is_wide:
            log.warning("clocks differ", seconds=round(skew.total_seconds()))
        self._is_wide = is_wide


async def checks(
    db: Database, planned_at: datetime | None, clock: Callable[[], datetime], skew: Skew
) -> Mapping[str, str | None]:
    """Each check with what is wrong, or None. ``planned_at``: when the worker last looked what was due."""
    found: dict[str, str | None] = {"database": "read-only" if await _is_read_only(db, clock, skew) else None}
    match await migrating.state(db):
        case migrating.UpToDate():
            found["schema"] = None
        case _:
            found["schema"] = "not of this version"
    if planned_at is not None:
        found["planning"] = "stuck" if clock() - planned_at > STALE_PLAN else None
    return found


async def _is_read_only(db: Database, clock: Callable[[], datetime], skew: Skew) -> bool:
    async with db.read_for_all() as tx:
        if not tx.on_postgresql:
            await tx.session.execute(text("SELECT 1"))
            return False
        read_only, theirs = (await tx.session.execute(text(HOW_IT_IS))).one()
        skew.seen(clock() - theirs)
    return bool(read_only)
