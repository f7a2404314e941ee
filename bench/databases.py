"""A database with the schema and nothing in it, of either kind."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

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


def executed(url: str, statement: str) -> None:
    """On PostgreSQL, and each statement by itself."""
    with psycopg.connect(plain(url), autocommit=True) as connection:
        for one in statement.split(";"):
            connection.execute(one)


def asked(url: str, question: str) -> Any:
    """The one value that answers it; on PostgreSQL."""
    with psycopg.connect(plain(url)) as connection:
        return connection.execute(question).fetchone()[0]


async def _migrate(url: str) -> None:
    db = open_database(url)
    try:
        await migrating.migrate(db)
    finally:
        await db.close()
