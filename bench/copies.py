"""Many rows from one that the bot made itself."""

from sqlalchemy import text

from bot.store.database import SystemTransaction
from bot.store.schema import Base

# Both databases understand it, and neither is sent a row.
COPIES = """
INSERT INTO {table} ({columns})
WITH RECURSIVE numbers(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i < {count} - 1)
SELECT {values} FROM numbers, {table} AS first
"""


async def copied(tx: SystemTransaction, table: type[Base], count: int, changes: dict[str, str]) -> None:
    await tx.session.execute(text(statement(table, count, changes)))


def statement(table: type[Base], count: int, changes: dict[str, str]) -> str:
    """``changes``: what is not the same in each, as SQL over ``i``, which counts from 0."""
    names = [column.name for column in table.__table__.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(changes.get(name, f'first."{name}"') for name in names)
    return COPIES.format(table=table.__tablename__, columns=columns, values=values, count=count)
