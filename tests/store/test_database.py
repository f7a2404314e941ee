"""Transactions: how they begin, what they keep apart, what they refuse, and what their errors give away."""

import asyncio
import shutil
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, closing
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import OperationalError, connect
from typing import Any

import pytest
from sqlalchemy import delete, exists, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from bot.domain.ids import TenantId
from bot.store import migrating
from bot.store.database import Database, SystemTransaction, Transaction, open_database
from bot.store.migrating import Behind
from bot.store.schema import CardRow, PersonRow, TeamRow

A, B = TenantId("T_A"), TenantId("T_B")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CANARY = "what somebody answered"
A_MOMENT, WITHIN = 0.3, 20.0  # seconds; the second is a limit only
other = aliased(TeamRow)


@pytest.fixture
async def twins(db: Database) -> Database:
    """Two workspaces with a team of the same id each, named after the workspace."""
    for tenant in (A, B):
        async with db.begin(tenant) as tx:
            team = {"tenant_id": tenant, "id": "te-1", "channel_id": "C1", "name": tenant, "lead": "U1"}
            await tx.session.execute(
                insert(TeamRow).values(**team, is_private=False, actions_numbered=0, created_at=NOW)
            )
            await tx.session.execute(
                insert(PersonRow).values(tenant_id=tenant, user_id="U1", zone=tenant, is_member=True, is_active=True)
            )
    return db


async def names(db: Database, tenant: TenantId) -> list[str]:
    async with db.read(tenant) as tx:
        return list(await tx.session.scalars(select(TeamRow.name)))


async def test_c11_a_statement_is_bound_anew_for_each_tenant(twins: Database) -> None:
    seen = [(await names(twins, tenant)) for tenant in (A, B, A, B, B, A)]

    assert seen == [[A], [B], [A], [B], [B], [A]]


async def test_c11_tenants_at_the_same_time_are_kept_apart(twins: Database) -> None:
    wanted = [A, B] * 25

    seen = await asyncio.gather(*(names(twins, tenant) for tenant in wanted))

    assert seen == [[tenant] for tenant in wanted]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(select(TeamRow.name), id="columns"),
        pytest.param(select(other.name), id="an alias"),
        pytest.param(select(func.max(TeamRow.name)), id="a function"),
        pytest.param(select(TeamRow.name).join(PersonRow, PersonRow.user_id == TeamRow.lead), id="a join"),
        pytest.param(
            select(PersonRow.zone).join(TeamRow, PersonRow.user_id == TeamRow.lead), id="a join, turned round"
        ),
        pytest.param(select(PersonRow.zone).outerjoin(TeamRow, PersonRow.user_id == TeamRow.lead), id="an outer join"),
        pytest.param(select(TeamRow.name).join(other, other.id == TeamRow.id), id="a join with itself"),
        pytest.param(select(select(TeamRow.name).scalar_subquery()), id="a scalar subquery"),
        pytest.param(select(select(TeamRow.name.label("name")).subquery().c.name), id="a derived table"),
        pytest.param(select(select(TeamRow.name.label("name")).cte().c.name), id="a common table expression"),
        pytest.param(
            select(TeamRow.name).where(TeamRow.lead.in_(select(PersonRow.user_id).where(PersonRow.zone == B))),
            id="in a subquery of our own",
        ),
        pytest.param(select(TeamRow.name).union_all(select(PersonRow.zone)), id="a union"),
    ],
)
async def test_c13_a_query_without_a_condition_finds_only_the_tenants_own(twins: Database, query: object) -> None:
    async with twins.read(B) as tx:
        found = set(await tx.session.scalars(query))  # type: ignore[call-overload]
    assert found == {B}


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param(PersonRow.zone == A, id="of the rows themselves"),
        pytest.param(PersonRow.user_id.in_(select(TeamRow.lead).where(TeamRow.name == A)), id="in a subquery"),
        pytest.param(exists().where(TeamRow.name == A), id="an exists"),
    ],
)
async def test_c13_a_condition_cannot_see_another_tenants_rows(twins: Database, condition: object) -> None:
    async with twins.read(B) as tx:
        found = await tx.session.scalars(select(PersonRow.user_id).where(condition))  # type: ignore[arg-type]
        assert found.all() == []


async def test_c13_a_change_without_a_condition_changes_only_the_tenants_own(twins: Database) -> None:
    async with twins.begin(B) as tx:
        await tx.session.execute(update(TeamRow).values(name="renamed").execution_options(synchronize_session=False))

    assert (await names(twins, A), await names(twins, B)) == ([A], ["renamed"])


async def test_c13_a_deletion_without_a_condition_deletes_only_the_tenants_own(twins: Database) -> None:
    async with twins.begin(B) as tx:
        await tx.session.execute(delete(TeamRow).execution_options(synchronize_session=False))

    assert (await names(twins, A), await names(twins, B)) == ([A], [])


async def test_over_all_tenants_everything_is_seen(twins: Database) -> None:
    async with twins.read_for_all() as tx:
        assert set(await tx.session.scalars(select(TeamRow.name))) == {A, B}


async def test_a_row_that_a_statement_changed_is_read_as_it_is_now(twins: Database) -> None:
    async with twins.begin(A) as tx:
        held = (await tx.session.scalars(select(TeamRow))).one()
        await tx.session.execute(update(TeamRow).values(name="renamed").execution_options(synchronize_session=False))

        again = (await tx.session.scalars(select(TeamRow))).one()

        assert (again is held, again.name) == (True, "renamed")


async def test_what_is_raised_in_a_transaction_undoes_it(twins: Database) -> None:
    async def fail() -> None:
        async with twins.begin(A) as tx:
            await tx.session.execute(delete(TeamRow).execution_options(synchronize_session=False))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await names(twins, A) == [A]


async def test_a_row_cannot_refer_to_another_tenants(twins: Database) -> None:
    card = {"tenant_id": "T_C", "id": "ca-1", "team_id": "te-1", "channel_id": "C1"}
    async with twins.begin(TenantId("T_C")) as tx:
        with pytest.raises(IntegrityError):
            await tx.session.execute(insert(CardRow).values(**card))


async def test_i01_an_error_tells_nothing_of_what_was_to_be_stored(db: Database) -> None:
    team = {"tenant_id": A, "id": "te-1", "channel_id": CANARY, "name": CANARY, "created_at": NOW}
    async with db.begin(A) as tx:
        with pytest.raises(IntegrityError) as refused:
            await tx.session.execute(insert(TeamRow).values(**team, is_private=False, actions_numbered=0))

    told = "".join(traceback.format_exception(refused.value))
    assert CANARY not in told
    assert "lead" in told  # but what was wrong


@pytest.fixture
async def sqlite(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    opened = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated_file, tmp_path / 'finops.db')}")
    yield opened
    await opened.close()


Opened = Callable[[Database], AbstractAsyncContextManager[Transaction | SystemTransaction]]


@pytest.mark.parametrize(
    ("opened", "may_write"),
    [
        pytest.param(lambda db: db.begin(A), False, id="begin"),
        pytest.param(lambda db: db.begin_for_all(), False, id="begin for all"),
        pytest.param(lambda db: db.read(A), True, id="read"),
        pytest.param(lambda db: db.read_for_all(), True, id="read for all"),
    ],
)
async def test_f08_who_begins_holds_the_pen_from_the_start_and_who_reads_never(
    sqlite: Database, opened: Opened, may_write: bool
) -> None:
    """A read that becomes a write would fail at once where another had written meanwhile."""
    async with opened(sqlite) as tx:
        await tx.session.execute(select(TeamRow))

        assert _may_write(sqlite) is may_write


async def test_a_statement_is_one_visit_to_its_connections_thread(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = list[object]()

    async def counted(work: Any, *rest: Any) -> Any:
        visits.append(work)
        return await visited(work, *rest)

    async with sqlite.begin(A) as tx:
        await tx.session.execute(select(TeamRow))  # compiled, and begun
        connection = await tx.session.connection()
        driver: Any = (await connection.get_raw_connection()).driver_connection
        visited = driver._execute
        monkeypatch.setattr(driver, "_execute", counted)

        assert (await tx.session.scalars(select(TeamRow))).all() == []
        await tx.session.execute(update(TeamRow).values(name="changed").execution_options(synchronize_session=False))

        assert len(visits) == 2
    assert len(visits) == 3, "and one to commit"


async def test_who_is_gone_before_the_pen_is_theirs_does_not_keep_it(sqlite: Database) -> None:
    async def begins() -> None:
        async with sqlite.begin(A) as tx:
            await tx.session.execute(select(TeamRow))

    with closing(connect(str(sqlite.engine.url.database), isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(begins())
        await asyncio.wait({waiting}, timeout=A_MOMENT)
        waiting.cancel()
        await asyncio.wait({waiting}, timeout=A_MOMENT)
        another.execute("COMMIT")
    await asyncio.wait({waiting}, timeout=WITHIN)

    assert waiting.cancelled()
    assert _may_write(sqlite)


async def test_every_connection_to_sqlite_keeps_its_promises(sqlite: Database) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    async with sqlite.read(A) as first, sqlite.read(A) as second:
        for tx in (first, second):
            found = {name: await tx.session.scalar(text(f"PRAGMA {name}")) for name in wanted}
            assert found == wanted


def _may_write(sqlite: Database) -> bool:
    with closing(connect(str(sqlite.engine.url.database), timeout=0, isolation_level=None)) as another:
        try:
            another.execute("BEGIN IMMEDIATE")
        except OperationalError:
            return False
        return True


async def test_a_transaction_knows_whether_it_has_written(twins: Database) -> None:
    async with twins.begin(A) as tx:
        await tx.session.scalars(select(TeamRow))
        assert not tx.has_written
        await tx.session.execute(update(TeamRow).values(name="changed").execution_options(synchronize_session=False))
        assert tx.has_written
    async with twins.begin(A) as tx:
        assert not tx.has_written
        tx.session.add(CardRow(tenant_id=A, id="ca-1", team_id="te-1", channel_id="C1"))
        await tx.session.flush()
        assert tx.has_written


@pytest.mark.parametrize(
    ("remembers", "seen"),
    [
        pytest.param(False, ["before", "after"], id="what is asked twice is read twice"),
        pytest.param(True, ["before", "before"], id="but in a turn that remembers"),
    ],
)
async def test_a_turn_reads_once_what_nobody_changes_in_it(twins: Database, remembers: bool, seen: list[str]) -> None:
    async with twins.begin(A) as tx:
        turn = tx.remembering() if remembers else tx

        async def name() -> str | None:
            return await turn.session.scalar(select(TeamRow.name))

        read = []
        for word in ("before", "after"):
            await turn.session.execute(update(TeamRow).values(name=word))
            read.append(await turn.once("name", name))
        assert read == seen
        assert await tx.once("name", name) == "after"  # the next turn remembers nothing of this one


async def test_a_new_file_that_somebody_has_alone_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    """As when several processes start on it at once: SQLite itself refuses the second one without waiting."""
    path = tmp_path / "new.db"
    with closing(connect(path, isolation_level=None)) as first:
        first.execute("BEGIN EXCLUSIVE")
        db = open_database(f"sqlite+aiosqlite:///{path}", patience=0.05)
        state = asyncio.create_task(migrating.state(db))
        done, _ = await asyncio.wait([state], timeout=A_MOMENT)
        assert not done
        first.execute("COMMIT")
        assert isinstance(await state, Behind)
        await db.close()
