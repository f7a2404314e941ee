"""Somebody else on the same PostgreSQL: who holds what others want, and who has it refuse."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from sqlalchemy import event, text
from sqlalchemy.engine import Connection

from bot.store.database import Database, SystemTransaction

WITHIN = 20.0
WAITING = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
COLLIDES = (
    "CREATE SEQUENCE collisions",
    """
    CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('collisions') <= {times} THEN RAISE EXCEPTION 'crafted' USING ERRCODE = '{state}'; END IF;
        RETURN NEW;
    END $$
    """,
    "CREATE {trigger} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION collide()",
)
AT_ONCE = "TRIGGER collide BEFORE UPDATE ON {}"
AT_COMMIT = "CONSTRAINT TRIGGER collide AFTER UPDATE ON {} DEFERRABLE INITIALLY DEFERRED"
NO_MORE = ("DROP FUNCTION collide() CASCADE", "DROP SEQUENCE collisions")


@contextmanager
def beginning_with(db: Database, setting: str) -> Iterator[None]:
    """Every transaction of the bot's begins with that, and none of the operator's."""

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(setting)

    event.listen(db.engine.sync_engine, "begin", begun)
    yield
    event.remove(db.engine.sync_engine, "begin", begun)


@asynccontextmanager
async def holding(operator: Database, statement: str) -> AsyncIterator[SystemTransaction]:
    async with operator.begin_for_all() as tx:
        await tx.session.execute(text(statement))
        yield tx


async def until_waiting(operator: Database, how_many: int) -> None:
    """So many wait for what others hold."""
    async with asyncio.timeout(WITHIN):
        while True:
            async with operator.read_for_all() as tx:
                if (await tx.session.scalar(text(WAITING)) or 0) >= how_many:
                    return
            await asyncio.sleep(0.01)  # between two looks; the time-out is the limit


@asynccontextmanager
async def collisions(
    operator: Database, table: str, state: str, times: int, when: str = "true", trigger: str = AT_ONCE
) -> AsyncIterator[None]:
    """PostgreSQL refuses so many changes of the table's rows, with the state that it gives to collisions."""
    made = {"trigger": trigger.format(table), "state": state, "times": times, "when": when}
    await _said(operator, *(said.format(**made) for said in COLLIDES))
    try:
        yield
    finally:
        await _said(operator, *NO_MORE)


async def _said(operator: Database, *statements: str) -> None:
    async with operator.engine.begin() as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)


async def counted(operator: Database) -> int:
    """How many changes were tried since collisions began."""
    async with operator.read_for_all() as tx:
        return await tx.session.scalar(text("SELECT last_value FROM collisions")) or 0
