"""F07: the disk of a SQLite file is full while action points are added, and has room again later.

SQLite is told how large its file may become, so that it fails as on a full disk and at the same places.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, event, select, text

from bot.slack.replies import NOT_NOW
from bot.store.database import Database
from bot.store.schema import ActionRow
from sandbox.person import Person
from tests.door.setting import HERE, a_team_with_an_action
from tests.flows.typing import COMMAND
from tests.flows.world import World

pytestmark = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)

TITLE = "Label the disks " + "and all that hangs on them " * 4
MANY = 300


@dataclass
class Disk:
    db: Database
    pages: int = 0

    async def fill(self) -> None:
        async with self.db.read(HERE) as tx:
            self.pages = await tx.session.scalar(text("PRAGMA page_count")) or 0

    def clear(self) -> None:
        self.pages = 2**30

    def limit(self, connection: Connection) -> None:
        if self.pages:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {self.pages}")


@pytest.fixture
def disk(db: Database) -> Iterator[Disk]:
    made = Disk(db)
    event.listen(db.engine.sync_engine, "begin", made.limit)
    yield made
    event.remove(db.engine.sync_engine, "begin", made.limit)


async def test_f07_on_a_full_disk_nothing_is_half_and_with_room_again_it_goes_on(
    world: World, ada: Person, db: Database, disk: Disk
) -> None:
    await a_team_with_an_action(world)
    told = list[str]()
    await disk.fill()
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
