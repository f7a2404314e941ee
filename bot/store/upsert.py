"""INSERT … ON CONFLICT, which both databases speak and SQLAlchemy spells once for each."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import SystemTransaction, Transaction


def insert_into(tx: Transaction | SystemTransaction, table: type[Any]) -> Any:
    """An insert of the database at hand, which knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return postgresql.insert(table) if tx.on_postgresql else sqlite.insert(table)
