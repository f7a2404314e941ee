"""A database with the schema and nothing in it, of either kind."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import asyncpg

from bench.peers.postgres import plain
from bench.workbench import Workbench
from bot.store import migrating
from bot.store.database import open_database

KINDS = ("SQLite", "PostgreSQL")


@contextmanager
def migrated(bench: Workbench, kind: str = "SQLite") -> Iterator[str]:
    with bench.sqlite() if kind == "SQLite" else bench.postgresql() as url:
        asyncio.run(_migrate(url))
        yield url


def executed(url: str, *statements: str) -> None:
    """Each by itself; on PostgreSQL, and for as long as it takes."""
    asyncio.run(_executed(url, statements))


def asked(url: str, question: str) -> Any:
    """The one value that answers it; on PostgreSQL."""
    return asyncio.run(_asked(url, question))


async def _executed(url: str, statements: Sequence[str]) -> None:
    connection = await asyncpg.connect(plain(url))
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def _asked(url: str, question: str) -> Any:
    connection = await asyncpg.connect(plain(url))
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def _migrate(url: str) -> None:
    db = open_database(url)
    try:
        await migrating.migrate(db)
    finally:
        await db.close()
