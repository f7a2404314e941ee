"""SQLite by way of aiosqlite, each statement in one visit to the connection's thread.

SQLAlchemy's own adapter goes there four times for a query (to make a cursor, to execute, to fetch, to close), and every
visit costs more than most of our statements do. What is fetched is held in memory either way.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from sqlite3 import Connection, Cursor
from typing import Any

from sqlalchemy import event
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.util import EMPTY_DICT


def install(engine: Engine) -> None:
    event.listen(engine, "do_connect", _connected)


@dataclass(slots=True)
class _Executed:
    """What is asked of a cursor once its statement has run. There is nothing left to close."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    arraysize: int = 1
    rows: Sequence[Any] = ()

    async def close(self) -> None:
        pass


class _OneVisitCursor(AsyncAdapt_aiosqlite_cursor):
    __slots__ = ()

    def __init__(self, adapt_connection: Any) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._hold(_Executed())

    def close(self) -> None:
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        pass  # nothing is open any more

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._visit(lambda connection: connection.execute(operation, parameters or ()))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._visit(lambda connection: connection.executemany(operation, seq_of_parameters))

    async def _visit(self, run: Callable[[Connection], Cursor]) -> None:
        driver: Any = self._connection
        async with self._adapt_connection._execute_mutex:
            self._hold(await driver._execute(partial(_executed, driver._conn, run)))

    def _hold(self, executed: _Executed) -> None:
        self._cursor: Any = executed
        self._rows = deque(executed.rows)
        self._soft_closed_memoized = EMPTY_DICT  # where the base class looks first


class _OneVisitConnection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()
    _cursor_cls = _OneVisitCursor

    def rollback(self) -> None:
        """The pool asks for one whenever a connection is given back, also where everything was committed."""
        driver: Any = self._connection
        if driver._connection and driver.in_transaction:
            super().rollback()


def _connected(dialect: Dialect, _record: Any, arguments: Any, options: Any) -> _OneVisitConnection:
    adapted: Any = dialect.connect(*arguments, **options)
    return _OneVisitConnection(adapted.dbapi, adapted._connection)


def _executed(connection: Connection, run: Callable[[Connection], Cursor]) -> _Executed:
    """In the connection's thread."""
    cursor = run(connection)
    try:
        rows = cursor.fetchall() if cursor.description else ()
        return _Executed(cursor.description, cursor.rowcount, cursor.lastrowid, cursor.arraysize, rows)
    finally:
        cursor.close()
