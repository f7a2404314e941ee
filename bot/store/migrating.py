"""Brings the schema up to this code, once, however many processes ask; and says how the two stand to each other."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, NullPool, event, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.failpoints import point
from bot.late import late
from bot.store.database import Database

# A start with nothing to migrate goes by without it.
if TYPE_CHECKING:
    from alembic import command
    from alembic import config as alembic_config
else:
    command, alembic_config = late("alembic.command"), late("alembic.config")

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
LOCK = 7_225_301_864_501  # any number that is nobody else's on this server
LOOK_AGAIN_SECONDS = 0.1
SQLITE_PATIENCE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class UpToDate:
    pass


@dataclass(frozen=True, slots=True)
class Behind:
    current: str | None  # None: there is no schema yet
    head: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """A newer bot was here: this one does not know the schema."""

    current: str


State = UpToDate | Behind | Ahead


class TooNew(Exception):  # what the world is, not a mistake of ours
    def __init__(self, current: str) -> None:
        super().__init__(f"the database is of a newer version ({current}) than this bot: start a newer bot")
        self.current = current


async def state(db: Database) -> State:
    async with db.read_for_all() as tx:
        connection = await tx.session.connection()
        return await connection.run_sync(_state)


async def migrate(db: Database) -> None:
    """Any number of processes may call this at once: one does it, the others wait. Raises TooNew."""
    match await state(db):
        case UpToDate():
            return
        case Ahead(current=current):
            raise TooNew(current)
        case Behind():
            await _migrate_alone(db.engine.url)


def config(connection: Connection) -> "alembic_config.Config":
    """What Alembic's own commands need to work on an open transaction."""
    made = alembic_config.Config(attributes={"connection": connection})
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return made


async def _migrate_alone(url: URL) -> None:
    engine = _engine(url)
    try:
        async with engine.connect() as connection:
            await _wait_for_turn(connection)
            async with connection.begin():
                await connection.run_sync(_upgrade)
                await point("migrate.mid")
    finally:
        await engine.dispose()  # and with the connection goes the lock, even when this process is killed


async def _wait_for_turn(connection: AsyncConnection) -> None:
    """On SQLite it is the beginning of the transaction that waits."""
    if connection.dialect.name != "postgresql":
        return
    # Asked again and again rather than waited for: who waits in the server keeps a snapshot open,
    # and an index that is built concurrently would wait for that in turn.
    while True:
        async with connection.begin():
            if await connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK}):
                return
        await asyncio.sleep(LOOK_AGAIN_SECONDS)


def _upgrade(connection: Connection) -> None:
    match _state(connection):
        case UpToDate():  # by another process, while this one waited
            return
        case Ahead(current=current):
            raise TooNew(current)
        case Behind():
            command.upgrade(config(connection), "head")


def _state(connection: Connection) -> State:
    known = revisions()
    current = _current(connection)
    if current == known[-1]:
        return UpToDate()
    return Behind(current, known[-1]) if current is None or current in known else Ahead(current)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    current: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return current


@cache
def revisions() -> Sequence[str]:
    """All that this code knows, the oldest first. Their files are named by them, so that none has to be read."""
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("*_*.py"))


def _engine(url: URL) -> AsyncEngine:
    """One of its own: it waits otherwise than the bot does, and its one connection ends with the work."""
    if url.get_backend_name() == "postgresql":
        # Whoever holds a table for long is not waited for: behind us everybody else would have to wait, too.
        settings = {"lock_timeout": "5000", "application_name": "finops-migrate"}
        arguments: dict[str, Any] = {"timeout": 5, "server_settings": settings}
        return create_async_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=arguments)
    patience = {"timeout": SQLITE_PATIENCE_SECONDS}
    engine = create_async_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=patience)
    event.listen(engine.sync_engine, "connect", _on_sqlite_connect)
    event.listen(engine.sync_engine, "begin", _on_sqlite_begin)
    return engine


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    # The driver must not commit between the statements. Foreign keys stay off, as SQLite's own way to rebuild
    # a table asks for: to drop the old one would delete what refers to it.
    connection.isolation_level = None


def _on_sqlite_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN EXCLUSIVE")
