"""Who is erased is not spoken to any more and found no more: in no table, in no byte of the file (G07, G08)."""

import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from bot import logs
from bot.domain.audited import OPERATOR
from bot.domain.delivery import DeliveryState
from bot.domain.ids import ERASED, TenantId, UserId
from bot.services import erasing
from bot.store import compacting
from bot.store.database import Database
from bot.store.erasing import BATCH
from bot.store.schema import AnswerRow, AuditRow, Base, DeliveryRow, MeasureRow, TeamRow, UndoRow
from tests.store.builders import ADA, BOB, ELSEWHERE, EVE, HERE, NOW, a_tenant, install
from tests.store.furniture import TEAM, furnish

ROOT = Path(__file__).parents[2]
KILLED_PROGRAM = f"""
import asyncio, os, signal, sys
from datetime import UTC, datetime
from sqlalchemy import event
from sqlalchemy.engine import Engine
from bot.domain.ids import TenantId, UserId
from bot.services import erasing
from bot.store.database import open_database

@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, *rest):
    if "DELETE FROM assessments" in statement:
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    db = open_database(sys.argv[1])
    await erasing.workspace(db, TenantId("{ELSEWHERE}"), UserId("operator"), lambda: datetime.now(UTC))

asyncio.run(main())
"""


@pytest.fixture
async def houses(db: Database) -> Database:
    """Two workspaces with one of everything, each with its name in every text."""
    for tenant in (HERE, ELSEWHERE):
        await install(db, a_tenant(tenant, sealed_token=f"sealed for {tenant}"))
        await furnish(db, tenant)
    return db


async def rows(db: Database, tenant: TenantId) -> Sequence[str]:
    found: list[str] = []
    async with db.read_for_all() as tx:
        for table in Base.metadata.sorted_tables:
            owner = table.c.tenant_id if "tenant_id" in table.c else table.c.id if table.name == "tenants" else None
            if owner is not None:
                of_tenant = await tx.session.execute(select(table).where(owner == tenant))
                found += sorted(f"{table.name}: {row}" for row in of_tenant)
    return found


def bytes_of(db: Database) -> bytes:
    path = str(db.engine.url.database)
    return b"".join(Path(path + end).read_bytes() for end in ("", "-wal") if Path(path + end).exists())


async def test_g07_of_an_erased_workspace_nothing_is_left_and_the_other_is_as_it_was(houses: Database) -> None:
    before = await rows(houses, HERE)

    erased = await erasing.workspace(houses, ELSEWHERE, OPERATOR, lambda: NOW)

    assert erased["answers"] == erased["notes"] == erased["tenants"] == 1
    assert await rows(houses, ELSEWHERE) == []
    assert await rows(houses, HERE) == before
    async with houses.read_for_all() as tx:
        (noted,) = await tx.session.scalars(select(AuditRow).where(AuditRow.tenant_id == logs.hashed(ELSEWHERE)))
    assert (noted.actor, noted.what, noted.subject) == ("operator", "workspace erased", logs.hashed(ELSEWHERE))
    assert await erasing.workspace(houses, ELSEWHERE, OPERATOR, lambda: NOW) == {}


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)  # PostgreSQL's files are its own to clean
async def test_g07_no_byte_of_it_is_left_in_the_file_or_its_log(houses: Database) -> None:
    assert ELSEWHERE.encode() in bytes_of(houses)

    await erasing.workspace(houses, ELSEWHERE, OPERATOR, lambda: NOW)
    assert await compacting.compact(houses)

    assert ELSEWHERE.encode() not in bytes_of(houses)
    assert HERE.encode() in bytes_of(houses)


@pytest.mark.process
@pytest.mark.timeout(300)
async def test_g07_killed_half_way_it_is_resumed(houses: Database, migrated_url: str) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED_PROGRAM, migrated_url, cwd=ROOT)
    assert await process.wait() == -signal.SIGKILL
    left = await rows(houses, ELSEWHERE)
    assert any(row.startswith("assessments") for row in left)
    assert not any(row.startswith("answers") for row in left)

    await erasing.workspace(houses, ELSEWHERE, OPERATOR, lambda: NOW)

    assert await rows(houses, ELSEWHERE) == []


async def test_more_than_one_batch_is_erased_as_well(houses: Database) -> None:
    undo = {"actor": ADA, "kind": "action", "subject": "x", "before": {}, "after": {}, "made_at": NOW}
    more = [{"tenant_id": ELSEWHERE, "id": f"more-{number}", "expires_at": NOW, **undo} for number in range(BATCH)]
    async with houses.begin(ELSEWHERE) as tx:
        await tx.session.execute(insert(UndoRow), more)

    erased = await erasing.workspace(houses, ELSEWHERE, OPERATOR, lambda: NOW)

    assert erased["undos"] == BATCH + 1
    assert await rows(houses, ELSEWHERE) == []


async def test_of_an_erased_team_only_what_is_the_workspaces_is_left(houses: Database) -> None:
    before = await rows(houses, ELSEWHERE)

    await erasing.team(houses, HERE, TEAM, OPERATOR, lambda: NOW)

    kept = {row.partition(":")[0] for row in await rows(houses, HERE)}
    assert kept == {"tenants", "people", "roles", "policies", "audits", "lanes", "deliveries", "handled", "pictures"}
    async with houses.read(HERE) as tx:
        assert [row.subject for row in await tx.session.scalars(select(DeliveryRow))] == ["another subject"]
    assert await rows(houses, ELSEWHERE) == before


@pytest.mark.parametrize("user", [ADA, BOB, EVE])
async def test_g08_an_erased_person_is_named_nowhere_and_their_answers_are_nobodys(
    houses: Database, user: UserId
) -> None:
    before = await rows(houses, ELSEWHERE)
    async with houses.read(HERE) as tx:
        answered = (await tx.session.scalars(select(AnswerRow.value))).all()

    await erasing.person(houses, HERE, user, OPERATOR, lambda: NOW)

    assert [row for row in await rows(houses, HERE) if user in row] == []
    assert await rows(houses, ELSEWHERE) == before
    async with houses.read(HERE) as tx:
        assert (await tx.session.scalars(select(AnswerRow.value))).all() == answered
        (measured,) = await tx.session.scalars(select(MeasureRow))
        (team,) = await tx.session.scalars(select(TeamRow))
    assert (measured.value, measured.typed) == (1.0, "" if user == ADA else HERE)
    assert measured.user_id.startswith(ERASED) == (user == ADA)
    assert team.lead.startswith(ERASED) == (user == ADA), "nobody else was ever at it"


async def test_g08_what_a_worker_has_in_hand_is_waited_for(houses: Database) -> None:
    async with houses.begin(HERE) as tx:
        in_hand = {"state": DeliveryState.POSTING, "lease_until": NOW}
        await tx.session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.key == "key")
            .values(in_hand)
            .execution_options(synchronize_session=False)
        )
    erased = asyncio.create_task(erasing.person(houses, HERE, BOB, OPERATOR, lambda: NOW))
    done, _ = await asyncio.wait([erased], timeout=1)
    assert not done

    async with houses.begin(HERE) as tx:
        settled = {"state": DeliveryState.DELIVERED, "lease_until": None}
        await tx.session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.key == "key")
            .values(settled)
            .execution_options(synchronize_session=False)
        )

    await asyncio.wait_for(erased, 20)
