"""Opens the database and hands out transactions, each bound to one tenant."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, bindparam, event
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.util import await_only

from bot.domain.ids import TenantId
from bot.store import lost_connections, one_visit
from bot.store.schema import TenantOwned

# Far more than any statement takes: the server, or the network to it, is gone without a word.
COMMAND_SECONDS = 30.0
NEW_FILE_TIMES, NEW_FILE_PAUSE_SECONDS = 20, 0.05
CLOSING_SECONDS = 3.0
WRITTEN, OWN = "written", "own_tenant"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Transaction:
    """A transaction of one tenant. Whatever it reads or changes through the ORM is that tenant's."""

    session: AsyncSession
    tenant: TenantId
    remembered: dict[Hashable, Any] | None = None  # what was read in it already, where it says that it remembers

    def remembering(self) -> "Transaction":
        """The same one, for a turn in which much is decided on what nobody changes in it: that is read once."""
        return replace(self, remembered={})

    async def once(self, key: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        """What was read under this key before; read now where nothing was, or where nothing is remembered."""
        if self.remembered is None:
            return await read()
        if key not in self.remembered:
            self.remembered[key] = await read()
        found: T = self.remembered[key]
        return found

    @property
    def on_postgresql(self) -> bool:
        return self.session.get_bind().dialect.name == "postgresql"

    @property
    def has_written(self) -> bool:
        """Whether anything was put in, changed or taken away so far, or tried to."""
        return WRITTEN in self.session.info

    def has_written_nothing_yet(self) -> None:
        """What was written until here does not count."""
        self.session.info.pop(WRITTEN, None)


@dataclass(frozen=True, slots=True)
class SystemTransaction:
    """A transaction over all tenants: only the worker's claims and the operator's commands use it."""

    session: AsyncSession

    @property
    def on_postgresql(self) -> bool:
        return self.session.get_bind().dialect.name == "postgresql"


class Database:
    """One database. ``begin`` to write, ``read`` to read; the block's end commits."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        options: dict[str, Any] = {
            "expire_on_commit": False,
            "autoflush": False,
            "sync_session_class": _TenantSession,
            # Rows are changed by statements, behind the back of the session: what it remembers of them may be old.
            "execution_options": {"populate_existing": True},
        }
        self._writing = async_sessionmaker(engine, **options)
        self._reading = async_sessionmaker(engine.execution_options(sqlite_begin="BEGIN"), **options)
        # SQLite lets one write at a time, and lets whoever asks again first go first: behind a busy loop a person's
        # form could wait for longer than its busy timeout. Within a process it goes in turn.
        self._turn: AbstractAsyncContextManager[None] = asyncio.Lock() if self.is_sqlite else nullcontext()

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def begin(self, tenant: TenantId) -> AsyncIterator[Transaction]:
        async with self._turn, self._writing.begin() as session:
            session.info[OWN] = tenant
            yield Transaction(session, tenant)

    @asynccontextmanager
    async def read(self, tenant: TenantId) -> AsyncIterator[Transaction]:
        async with self._reading.begin() as session:
            session.info[OWN] = tenant
            yield Transaction(session, tenant)

    @asynccontextmanager
    async def begin_for_all(self) -> AsyncIterator[SystemTransaction]:
        async with self._turn, self._writing.begin() as session:
            yield SystemTransaction(session)

    @asynccontextmanager
    async def read_for_all(self) -> AsyncIterator[SystemTransaction]:
        async with self._reading.begin() as session:
            yield SystemTransaction(session)

    async def close(self) -> None:
        # A server that does not answer is not taken leave of.
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING_SECONDS):
                await self.engine.dispose()


def open_database(url: str, patience: float = 5.0, answers_within: float = COMMAND_SECONDS) -> Database:
    """``url`` is a SQLAlchemy address with an async driver (sqlite+aiosqlite or postgresql+asyncpg).

    ``patience``: for how many seconds a SQLite file that another process writes to is waited for.
    ``answers_within``: after so many seconds PostgreSQL is taken for gone.
    """
    # Parameters are answers and tokens: they have no place in the text of an error.
    engine = create_async_engine(url, hide_parameters=True, **_pool(url, patience, answers_within))
    if engine.dialect.name == "sqlite":
        one_visit.install(engine.sync_engine)
        event.listen(engine.sync_engine, "connect", _on_sqlite_connect)
        event.listen(engine.sync_engine, "begin", _on_sqlite_begin)
    else:
        lost_connections.watch(engine.sync_engine)
        event.listen(engine.sync_engine, "do_connect", _connected)
    event.listen(engine.sync_engine, "handle_error", _without_values)
    if not event.contains(_TenantSession, "do_orm_execute", _only_own_rows):
        event.listen(_TenantSession, "do_orm_execute", _only_own_rows)
        event.listen(_TenantSession, "after_flush", _written)
    return Database(engine)


def _pool(url: str, patience: float, answers_within: float) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"pool_size": 5, "max_overflow": 0, "pool_timeout": patience, "connect_args": {"timeout": patience}}
    return {
        "pool_size": 10,
        "max_overflow": 5,
        "pool_timeout": 2,
        "connect_args": {
            "timeout": 5,
            "command_timeout": answers_within,
            "server_settings": {"lock_timeout": "2000", "application_name": "finops"},
        },
    }


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    # The driver must not begin by itself: a read that is upgraded to a write fails at once when another
    # connection has written meanwhile, whatever the busy timeout. We say BEGIN IMMEDIATE ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    _keep_a_log(cursor)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _keep_a_log(cursor: Any) -> None:
    """Of a file that is new it is decided by who has it alone, and SQLite lets nobody wait for that."""
    for left in reversed(range(NEW_FILE_TIMES)):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as trouble:
            if not left or trouble.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            await_only(asyncio.sleep(NEW_FILE_PAUSE_SECONDS))
        else:
            return


def _on_sqlite_begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN IMMEDIATE"))


class NotConnected(ConnectionError):
    """Whatever was in the way: no such host, no answer, or no more files to be opened by this process."""


def _connected(dialect: Any, _record: Any, arguments: Any, options: Any) -> Any:
    try:
        return dialect.connect(*arguments, **options)
    except OSError as trouble:
        raise NotConnected(type(trouble).__name__) from trouble


def _without_values(context: ExceptionContext) -> None:
    """PostgreSQL quotes the row that it refuses, whatever SQLAlchemy hides: answers would end up in a log."""
    error: BaseException | None = context.original_exception
    while error is not None:
        if getattr(error, "detail", None):
            error.detail = None  # type: ignore[attr-defined]
        _cut_detail(error)
        error = error.__cause__
    if context.sqlalchemy_exception is not None:
        _cut_detail(context.sqlalchemy_exception)


def _cut_detail(error: BaseException) -> None:
    error.args = tuple(part.partition("\nDETAIL:")[0] if isinstance(part, str) else part for part in error.args)


class _TenantSession(Session):
    """Adds the tenant to every statement of a bound session, so that a forgotten condition leaks nothing."""


_OWN_TENANT: BindParameter[str] = bindparam(OWN)  # without a value for it nothing is asked at all
_OWN_ROWS = with_loader_criteria(TenantOwned, lambda row: row.tenant_id == _OWN_TENANT, include_aliases=True)
# Statements that are made once, at a module's top, are bound once: that costs more than running some of them.
_bound: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


def _only_own_rows(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info[WRITTEN] = True
    tenant = state.session.info.get(OWN)
    if tenant is not None and (state.is_select or state.is_update or state.is_delete):
        asked: Any = state.statement
        if asked not in _bound:
            _bound[asked] = asked.options(_OWN_ROWS)
        state.statement = _bound[asked]
        given: Any = state.parameters
        state.parameters = {**(given or {}), OWN: tenant}


def _written(session: Session, _context: Any) -> None:
    session.info[WRITTEN] = True
