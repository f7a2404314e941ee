"""sqlite3 itself, in a thread of its own, with the bot's tables and the bot's durability."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing

from sqlalchemy import make_url

from bench.writing import DRAFT, QUESTIONS, Writer
from bot.app import utc_now
from tests.store.builders import HERE

NOTE = "INSERT INTO handled (tenant_id, key, at) VALUES (?, ?, ?)"
MOVE = """
UPDATE respondents SET version = version + 1, saved_at = ? WHERE tenant_id = ? AND assessment_id = ? AND user_id = ?
"""
KEEP = """
INSERT INTO answers (tenant_id, assessment_id, user_id, question_id, value) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (tenant_id, assessment_id, user_id, question_id) DO UPDATE SET value = excluded.value
"""


class Raw:
    """One connection, and one thread: SQLite lets one write at a time whoever asks."""

    def __init__(self, connection: sqlite3.Connection, thread: ThreadPoolExecutor) -> None:
        self._connection, self._thread = connection, thread

    async def write(self, key: str, user: str, level: int) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._write, key, user, level)

    def _write(self, key: str, user: str, level: int) -> None:
        now = utc_now().strftime("%Y-%m-%d %H:%M:%S.%f")
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(NOTE, (HERE, key, now))
        self._connection.execute(MOVE, (now, HERE, DRAFT, user))
        self._connection.executemany(KEEP, [(HERE, DRAFT, user, question, str(level)) for question in QUESTIONS])
        self._connection.execute("COMMIT")


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Writer]:
    address = make_url(url).database
    assert address is not None
    with (
        closing(sqlite3.connect(address, isolation_level=None, check_same_thread=False)) as connection,
        ThreadPoolExecutor(1) as thread,
    ):
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        yield Raw(connection, thread)
