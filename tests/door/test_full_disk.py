"""F07: the disk of a SQLite file is full while action points are added, and has room again later.

A small disk of its own where one can be had (root's in a container). Elsewhere SQLite is told how large its file may
become, so that it fails as on a full disk and at the same places.
"""

import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copy, disk_usage, which
from typing import Protocol

import pytest
from sqlalchemy import Connection, event, select, text

from bot.slack.replies import NOT_NOW
from bot.store.database import Database, open_database
from bot.store.schema import ActionRow
from sandbox.person import Person
from tests.door.setting import HERE, a_team_with_an_action
from tests.flows.typing import COMMAND
from tests.flows.world import World

TITLE = "Label the disks " + "and all that hangs on them " * 4
MANY = 40
MEGABYTE = 2**20
LEFT = 512 * 1024  # enough for some action points and their log


class Disk(Protocol):
    place: Path

    async def fill(self, db: Database) -> None: ...
    def clear(self) -> None: ...


@dataclass
class Own:
    """Eight megabytes, log and all."""

    place: Path

    async def fill(self, db: Database) -> None:
        free = disk_usage(self.place).free
        self._ballast.write_bytes(bytes(max(free - LEFT, 0)))

    def clear(self) -> None:
        self._ballast.unlink()

    @property
    def _ballast(self) -> Path:
        return self.place / "ballast"


@dataclass
class Pretended:
    place: Path
    pages: int = 0

    async def fill(self, db: Database) -> None:
        event.listen(db.engine.sync_engine, "begin", self._limit)
        async with db.read(HERE) as tx:
            self.pages = await tx.session.scalar(text("PRAGMA page_count")) or 0

    def clear(self) -> None:
        self.pages = 2**30

    def _limit(self, connection: Connection) -> None:
        if self.pages:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {self.pages}")


@contextmanager
def mounted(place: Path) -> Iterator[bool]:
    """Whether there is a small disk at that place now."""
    mount, unmount = which("mount"), which("umount")
    if mount is None or unmount is None:
        yield False
        return
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=8m", "tmpfs", place], capture_output=True, check=False)
    try:
        yield made.returncode == 0
    finally:
        if made.returncode == 0:
            subprocess.run([unmount, "--lazy", place], check=True)


@pytest.fixture(params=[Own, Pretended], ids=["a disk of its own", "a limit"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    if request.param is Pretended:
        yield Pretended(tmp_path)
        return
    with mounted(tmp_path) as is_mounted:
        yield Own(tmp_path) if is_mounted else Pretended(tmp_path)


@pytest.fixture
async def db(disk: Disk, migrated_file: Path) -> AsyncIterator[Database]:
    opened = open_database(f"sqlite+aiosqlite:///{copy(migrated_file, disk.place / 'finops.db')}")
    yield opened
    await opened.close()


async def test_f07_on_a_full_disk_nothing_is_half_and_with_room_again_it_goes_on(
    world: World, ada: Person, db: Database, disk: Disk
) -> None:
    await a_team_with_an_action(world)
    told = list[str]()
    await disk.fill(db)
    while NOT_NOW not in told:
        assert len(told) < MANY, "there is room for ever"
        told.append((await ada.command(COMMAND, f"action add {TITLE} {len(told)}")).text)

    assert len(await titles(db)) == len(told) - 1, "what was said to be added, and not the last"
    async with db.read(HERE) as tx:
        assert await tx.session.scalar(text("PRAGMA integrity_check")) == "ok"

    disk.clear()
    assert (await ada.command(COMMAND, f"action add {TITLE} at last")).text != NOT_NOW
    assert len(await titles(db)) == len(told)


async def titles(db: Database) -> list[str]:
    async with db.read(HERE) as tx:
        return list(await tx.session.scalars(select(ActionRow.title).where(ActionRow.title.startswith(TITLE))))
