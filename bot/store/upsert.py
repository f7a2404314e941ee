"""INSERT … ON CONFLICT, which both databases speak and SQLAlchemy spells once for each."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import SystemTransaction, Transaction


def insert_into(tx: Transaction | SystemTransaction, table: type[Any]) -> Any:
    """An insert of the database at hand, which knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return postgresql.insert(table) if tx.on_postgresql else sqlite.insert(table)


class Insertion:
    """The same, made once for each database: for what is put in so often that making the statement would tell.

    Rows are given when it is executed, each by the names of its columns.
    """

    def __init__(self, table: type[Any], finish: Callable[[Any], Any]) -> None:
        self._postgresql = finish(postgresql.insert(table.__table__))
        self._sqlite = finish(sqlite.insert(table.__table__))

    def on(self, tx: Transaction | SystemTransaction) -> Any:
        return self._postgresql if tx.on_postgresql else self._sqlite
