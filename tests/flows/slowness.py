"""A database that answers when it is told to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.domain.ids import TenantId
from bot.store.database import Database, Transaction


class SlowDatabase(Database):
    """Reads of a tenant wait while it is held up."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.engine)
        self._open = asyncio.Event()
        self._open.set()

    def hold_up(self) -> None:
        self._open.clear()

    def go_on(self) -> None:
        self._open.set()

    @asynccontextmanager
    async def read(self, tenant: TenantId) -> AsyncIterator[Transaction]:
        await self._open.wait()
        async with super().read(tenant) as tx:
            yield tx


class Broken(Exception):
    """A mistake of ours."""


class BreakingDatabase(SlowDatabase):
    """As slow, and then it fails."""

    breaks_with: Exception | None = None

    @asynccontextmanager
    async def read(self, tenant: TenantId) -> AsyncIterator[Transaction]:
        async with super().read(tenant) as tx:
            if self.breaks_with:
                raise self.breaks_with
            yield tx
