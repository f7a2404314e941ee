"""How far our clock is ahead of the database's, and whether anything may be done by it: see ADR 1."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select

from bot.store.database import Database

log = structlog.get_logger(__name__)

WIDE = timedelta(seconds=30)


class Skew:
    """``most``: beyond it this process is not ready and does nothing that is due by its clock; None: it goes on."""

    def __init__(
        self, clock: Callable[[], datetime], tell: Callable[[float], None], most: timedelta | None = None
    ) -> None:
        self._clock = clock
        self._tell = tell
        self._most = most
        self._last = timedelta(0)

    @property
    def is_too_much(self) -> bool:
        """When it was last measured."""
        return self._most is not None and abs(self._last) > self._most

    def seen(self, theirs: datetime) -> None:
        """What the database's clock said just now. It is told when it begins to be wide."""
        before, self._last = self._last, self._clock() - theirs
        self._tell(self._last.total_seconds())
        if abs(self._last) > WIDE and abs(before) <= WIDE:
            log.warning("clocks differ", seconds=round(self._last.total_seconds()))

    async def forbids(self, db: Database) -> bool:
        """Measured anew where there is a limit, and two clocks: on SQLite there is one."""
        if self._most is None or db.is_sqlite:
            return False
        async with db.read_for_all() as tx:
            self.seen((await tx.session.execute(select(func.clock_timestamp()))).scalar_one())
        return self.is_too_much
