"""F09: a process that writes to a SQLite file is killed again and again: what it acknowledged is there."""

import asyncio
import random
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = [pytest.mark.process, pytest.mark.timeout(1200)]

ROOT = Path(__file__).parents[2]
SEED = 9
WITHIN = 60.0
# Each change is of two rows: it must never be half of one.
PROGRAM = """
import asyncio, sys
from datetime import UTC, datetime
from sqlalchemy import insert
from bot.store.database import open_database
from bot.store.schema import HandledRow

async def write():
    db, number = open_database(sys.argv[1]), int(sys.argv[2])
    while True:
        async with db.begin("T_HERE") as tx:
            for half in ("first", "second"):
                row = {"tenant_id": "T_HERE", "key": f"{number}-{half}", "at": datetime.now(UTC)}
                await tx.session.execute(insert(HandledRow).values(row))
        print(number, flush=True)
        number += 1

asyncio.run(write())
"""


async def acknowledged(file: Path, first: int, moment: float) -> int:
    """Writes from this number on until it is killed, so many seconds after its first; the last it could tell of."""
    address, program = f"sqlite+aiosqlite:///{file}", (sys.executable, "-c", PROGRAM)
    process = await asyncio.create_subprocess_exec(
        *program, address, str(first), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    await asyncio.wait_for(process.stdout.readline(), WITHIN)
    asyncio.get_running_loop().call_later(moment, process.send_signal, signal.SIGKILL)
    told = await asyncio.wait_for(process.stdout.read(), WITHIN)
    assert await process.wait() == -signal.SIGKILL
    return max([first, *(int(number) for number in told.decode().splitlines(keepends=True) if number.endswith("\n"))])


def kept(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {key for (key,) in connection.execute("SELECT key FROM handled")}


async def test_f09_killed_while_it_commits_what_was_acknowledged_is_there_and_whole(
    migrated_file: Path, tmp_path: Path, long: bool
) -> None:
    file, chance, number = tmp_path / "killed.db", random.Random(SEED), 0
    shutil.copy(migrated_file, file)
    for _ in range(100 if long else 4):
        last = await acknowledged(file, number, chance.uniform(0.0, 0.3))

        there = kept(file)

        sound = {f"{each}-{half}" for each in range(last + 1) for half in ("first", "second")}
        # Of the one after it nobody knows whether it was kept; half of it was not.
        unsure = {f"{last + 1}-{half}" for half in ("first", "second")}
        assert there - sound in (set(), unsure)
        assert sound <= there
        number = last + 2 if there - sound else last + 1
    assert number > 4
