"""The schema's history: it leads to the models, it can be gone back, and it is written once."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.store import migrating
from bot.store.database import Database, open_database
from bot.store.migrating import Ahead, Behind, TooNew, UpToDate
from bot.store.schema import Base

HISTORY = "alembic_version"
HEAD = "0018"
KILLED_AT = "CREATE TABLE actions"
KILLED_PROGRAM = f"""
import asyncio, os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from bot.store import migrating
from bot.store.database import open_database

@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, *rest):
    if "{KILLED_AT}" in statement:
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(migrating.migrate(open_database(sys.argv[1])))
"""


@pytest.fixture
async def empty(database_url: str) -> AsyncIterator[Database]:
    opened = open_database(database_url)
    yield opened
    await opened.close()


async def go_down(db: Database) -> None:
    async with db.engine.begin() as connection:
        await connection.run_sync(lambda open_one: command.downgrade(migrating.config(open_one), "base"))


async def drawing(db: Database) -> dict[str, Any]:
    async with db.engine.begin() as connection:
        return await connection.run_sync(_drawing)


def _drawing(connection: Connection) -> dict[str, Any]:
    """Everything that the database says of its tables, in an order that does not matter."""
    asked = inspect(connection)
    return {
        table: {
            "columns": {
                column["name"]: (repr(column["type"]), column["nullable"], column["default"])
                for column in asked.get_columns(table)
            },
            "key": asked.get_pk_constraint(table),
            "references": _by_name(asked.get_foreign_keys(table)),
            "unique": _by_name(asked.get_unique_constraints(table)),
            "checks": _by_name(asked.get_check_constraints(table)),
            "indexes": {
                index["name"]: (index["column_names"], index["unique"], _condition(index))
                for index in asked.get_indexes(table)
            },
        }
        for table in asked.get_table_names()
        if table != HISTORY
    }


def _by_name(constraints: Any) -> dict[str, str]:
    return {constraint["name"]: repr(sorted(constraint.items())) for constraint in constraints}


def _condition(index: Any) -> str | None:
    options = index.get("dialect_options", {})
    condition = options.get("sqlite_where", options.get("postgresql_where"))
    return None if condition is None else str(condition)


async def test_migrations_lead_to_the_models(empty: Database) -> None:
    await migrating.migrate(empty)

    async with empty.engine.begin() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        difference = await connection.run_sync(
            lambda open_one: compare_metadata(MigrationContext.configure(open_one, opts=options), Base.metadata)
        )
    assert difference == []


async def test_migrations_build_what_the_models_would_build(empty: Database) -> None:
    await migrating.migrate(empty)
    migrated = await drawing(empty)
    await go_down(empty)
    assert await drawing(empty) == {}

    async with empty.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)

    assert await drawing(empty) == migrated
    assert migrated["touches"]["indexes"]["uq_touches_one_planned"][2]  # partial ones are really compared
    assert set(migrated["touches"]["checks"]) == {"ck_touches_rung", "ck_touches_state", "ck_touches_track"}


async def test_up_down_and_up_again(empty: Database) -> None:
    await migrating.migrate(empty)
    first = await drawing(empty)
    await go_down(empty)
    assert isinstance(await migrating.state(empty), Behind)

    await migrating.migrate(empty)

    assert await drawing(empty) == first
    assert await migrating.state(empty) == UpToDate()


async def test_g01_five_at_once_migrate_once(empty: Database, database_url: str) -> None:
    others = [open_database(database_url) for _ in range(5)]

    await asyncio.gather(*(migrating.migrate(other) for other in others))

    assert [await migrating.state(other) for other in others] == [UpToDate()] * 5
    async with empty.read_for_all() as tx:
        assert (await tx.session.scalars(text(f"SELECT version_num FROM {HISTORY}"))).all() == [HEAD]
    for other in others:
        await other.close()


async def test_g01_one_waits_for_another_that_is_at_it(empty: Database) -> None:
    # On SQLite its transaction alone keeps others away.
    lock = "SELECT 1" if empty.is_sqlite else f"SELECT pg_advisory_lock({migrating.LOCK})"
    async with empty.engine.begin() as busy:
        await busy.execute(text(lock))
        waiting = asyncio.create_task(migrating.migrate(empty))
        done, _ = await asyncio.wait([waiting], timeout=0.5)
        assert not done
        if not empty.is_sqlite:
            await busy.execute(text(f"SELECT pg_advisory_unlock({migrating.LOCK})"))

    await waiting

    assert await migrating.state(empty) == UpToDate()


@pytest.mark.process
async def test_g02_one_that_was_killed_half_way_leaves_nothing_in_the_way(empty: Database, database_url: str) -> None:
    root = Path(__file__).parents[2]
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED_PROGRAM, database_url, cwd=root)
    assert await process.wait() == -signal.SIGKILL
    assert isinstance(await migrating.state(empty), Behind)

    await migrating.migrate(empty)

    assert await migrating.state(empty) == UpToDate()


async def test_an_empty_database_is_behind(empty: Database) -> None:
    assert await migrating.state(empty) == Behind(None, HEAD)


async def test_g04_a_schema_from_the_future_is_refused_and_left_alone(empty: Database) -> None:
    await migrating.migrate(empty)
    async with empty.begin_for_all() as tx:
        await tx.session.execute(text(f"UPDATE {HISTORY} SET version_num = '9999'"))
    before = await drawing(empty)

    with pytest.raises(TooNew, match=r"newer version \(9999\)"):
        await migrating.migrate(empty)

    assert await migrating.state(empty) == Ahead("9999")
    assert await drawing(empty) == before


def test_migrations_are_named_by_their_revisions_and_follow_each_other() -> None:
    scripts = ScriptDirectory(str(migrating.MIGRATIONS))
    oldest_first = [script.revision for script in scripts.walk_revisions()][::-1]
    assert list(migrating.revisions()) == oldest_first


def test_migrations_never_import_the_bot() -> None:
    programs = [*migrating.MIGRATIONS.rglob("*.py")]
    assert programs
    assert [path.name for path in programs if "bot" in path.read_text().split()] == []
