"""What operators type, as processes of their own: each command once from outside, on both databases."""

import asyncio
import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.domain.delivery import DeliveryState
from bot.domain.ids import TenantId
from bot.store.database import Database, open_database
from bot.store.schema import AuditRow, DeliveryRow, OAuthStateRow
from sandbox import SlackStandIn
from tests.flows.assessment import RUN, assessed, posts
from tests.flows.world import SECRET, world
from tests.process.test_command_line import bot, settings
from tests.store.builders import HERE, NOW, install
from tests.store.furniture import DELIVERY, FAILED, furnish

pytestmark = [pytest.mark.process, pytest.mark.timeout(300)]


@pytest.fixture
async def furnished(db: Database) -> Database:
    await install(db)
    await furnish(db, HERE)
    return db


async def noted(db: Database, tenant: TenantId = HERE) -> list[tuple[str, str]]:
    async with db.read(tenant) as tx:
        rows = await tx.session.scalars(select(AuditRow).where(AuditRow.id != "au-1").order_by(AuditRow.at))
        return [(row.actor, row.what) for row in rows]


async def test_deliveries_are_listed_shown_requeued_and_cancelled(furnished: Database, migrated_url: str) -> None:
    given = {"DATABASE_URL": migrated_url}

    listed = await bot("deliveries", "list", **given)
    assert listed.code == 0
    heading, row = listed.lines
    assert heading.split() == ["ID", "TIME", "(UTC)", "STATE", "KIND", "ATTEMPTS", "WORKSPACE", "REASON"]
    assert row.split()[:5] == [FAILED, "2026-03-02", "09:00:00", "dead", "card"]
    assert (await bot("deliveries", "list", "--state", "pending", **given)).lines[1].startswith(DELIVERY)
    assert (await bot("deliveries", "list", "--state", "expired", **given)).lines == ["There are none."]

    shown = await bot("deliveries", "show", "fa", **given)
    assert [line.split(":")[0] for line in shown.lines][:6] == [
        "id",
        "workspace",
        "kind",
        "subject",
        "channel",
        "state",
    ]
    refused = await bot("deliveries", "cancel", FAILED, **given)
    assert (refused.code, refused.lines) == (2, ["fa-1 is dead: only a pending one can be cancelled"])
    refused = await bot("deliveries", "requeue", DELIVERY, **given)
    assert refused.code == 2
    assert refused.lines == ["de-1 is pending: only dead, ambiguous and expired ones are sent once more"]
    assert (await bot("deliveries", "show", "nobody", **given)).code == 2

    assert (await bot("deliveries", "requeue", FAILED, **given)).lines == ["fa-1 is pending again."]
    assert (await bot("deliveries", "cancel", FAILED, **given)).lines == ["fa-1 is cancelled."]
    again = await bot("deliveries", "recheck", "--since", "2026-03-02T09:00:00+0000", **given)
    assert again.lines == ["0 to be looked for."], "one is an edit's, and the other cancelled"
    assert await noted(furnished) == [("operator", "delivery requeued"), ("operator", "delivery cancelled")]
    async with furnished.read(HERE) as tx:
        states = {row.id: row.state for row in await tx.session.scalars(select(DeliveryRow))}
    assert states == {DELIVERY: DeliveryState.PENDING, FAILED: DeliveryState.SUPPRESSED}


async def test_a_workspace_is_exported_and_erased(furnished: Database, migrated_url: str, tmp_path: Path) -> None:
    given, whose = {"DATABASE_URL": migrated_url}, ("--tenant", HERE)
    file = tmp_path / "export.json"

    assert (await bot("export", *whose, str(file), **given)).code == 0
    assert [action["title"] for action in json.loads(file.read_text())["actions"]] == [HERE, HERE]
    again = await bot("export", *whose, str(file), **given)
    assert (again.code, again.lines) == (2, [f"{file} cannot be written (File exists)"])
    printed = await bot("export", *whose, "--team", "C_PAY", "-", **given)
    assert json.loads("\n".join(printed.lines))["format"] == "finops-assess/1"
    assert (await bot("export", *whose, "--team", "nobody", "-", **given)).lines == ["there is no team nobody"]
    assert (await bot("export", "--tenant", "T_OTHER", "-", **given)).code == 2
    assert ("operator", "exported") in await noted(furnished)

    unsure = await bot("erase", *whose, **given)
    assert unsure.code == 2
    assert unsure.lines[0].endswith("nothing was erased")
    person = await bot("erase", *whose, "--person", "U_ADA", "--yes", **given)
    assert person.code == 0, person.lines
    assert person.lines[-1].endswith("rows erased or made nameless.")
    team = await bot("erase", *whose, "--team", "C_PAY", "--yes", **given)
    assert any(line.split() == ["teams", "1"] for line in team.lines)
    every = await bot("erase", *whose, "--yes", **given)
    assert any(line.split() == ["tenants", "1"] for line in every.lines)
    assert (await bot("erase", *whose, "--yes", **given)).lines == ["0 rows erased or made nameless."]


async def test_postgresql_is_backed_up_by_its_own_means(migrated_url: str, tmp_path: Path) -> None:
    said = await bot("backup", str(tmp_path / "copy.db"), DATABASE_URL=migrated_url)
    assert (said.code == 2) == migrated_url.startswith("postgresql")
    assert ("pg_dump" in said.lines[0]) == migrated_url.startswith("postgresql")


async def test_f10_a_backup_while_others_write_holds_what_was_acknowledged_and_the_bot_goes_on_from_it(
    migrated_file: Path, tmp_path: Path
) -> None:
    live, copy = tmp_path / "live.db", tmp_path / "copy.db"
    shutil.copy(migrated_file, live)
    db = open_database(f"sqlite+aiosqlite:///{live}")
    acknowledged, is_busy, is_over = 0, asyncio.Event(), asyncio.Event()

    async def write() -> None:
        nonlocal acknowledged
        while not is_over.is_set():
            async with db.begin_for_all() as tx:
                await tx.session.execute(insert(OAuthStateRow).values(digest=f"{acknowledged:09}", expires_at=NOW))
            acknowledged += 1
            if acknowledged == 50:
                is_busy.set()

    async with world(db) as before:
        await assessed(before, 3, RUN)
        writing = asyncio.create_task(write())
        await asyncio.wait_for(is_busy.wait(), 60)
        at_start = acknowledged
        said = await bot("backup", str(copy), DATABASE_URL=f"sqlite:///{live}")
        is_over.set()
        await writing
    await db.close()
    assert said.code == 0, said.lines
    assert said.lines[0].endswith("bytes, and sound.")
    assert acknowledged > at_start, "others wrote meanwhile"
    refused = await bot("backup", str(copy), DATABASE_URL=f"sqlite:///{live}")
    assert (refused.code, refused.lines) == (2, [f"{copy} exists already, and is left as it is"])

    with sqlite3.connect(copy) as made:
        assert made.execute("SELECT count(*) FROM oauth_states").fetchone()[0] >= at_start
        assert made.execute("SELECT count(*) FROM assessments WHERE state = 'closed'").fetchone()[0] == 1
    made.close()
    assert [name for name in os.listdir(tmp_path) if name.startswith("copy")] == ["copy.db"]
    async with SlackStandIn("", SECRET) as slack:
        healthy = await bot("doctor", **settings(slack, tmp_path, DATABASE_URL=f"sqlite:///{copy}"))
    assert healthy.code == 0, healthy.lines
    restored = open_database(f"sqlite+aiosqlite:///{copy}")
    try:
        async with world(restored) as after:
            await assessed(after, 0, RUN, channel="C_WEB")
            assert len(posts(after, "C_WEB")) >= 1
    finally:
        await restored.close()
