"""A database with the schema and nothing in it, of either kind."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bench.workbench import Workbench
from bot.store import migrating
from bot.store.database import open_database

KINDS = ("SQLite", "PostgreSQL")


@contextmanager
def migrated(bench: Workbench, kind: str = "SQLite") -> Iterator[str]:
    with bench.sqlite() if kind == "SQLite" else bench.postgresql() as url:
        asyncio.run(_migrate(url))
        yield url


async def _migrate(url: str) -> None:
    db = open_database(url)
    try:
        await migrating.migrate(db)
    finally:
        await db.close()
