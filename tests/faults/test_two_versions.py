"""G03: the version before this one and this one side by side, while people fill in forms and hear of it.

The old parts are at work when the new version migrates, and go on beside it until somebody stops them.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import aiohttp
import pytest

from bot.store.database import Database, open_database
from sandbox.outcomes import Submission
from sandbox.person import Person
from sandbox.views import View
from tests import history, postgres
from tests.faults.crowd import BOTH, WITHIN, Crowd
from tests.faults.desk import Desk, desk
from tests.flows.assessment import STEPS
from tests.process.parts import Parts

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(1800)]

SHOWN = {"web": "inbound_total", "worker": "deliveries_total"}


@dataclass
class Doors(Desk):
    """Each request goes to another version's web than the one before."""

    versions: list[Parts] = field(default_factory=list)
    _requests: int = 0

    async def opened(self, person: Person, channel: str = "C_PAY") -> View:
        self._turn()
        return await super().opened(person, channel)

    async def submit(self, person: Person, view: View, step: str) -> Submission:
        self._turn()
        return await super().submit(person, view, step)

    def _turn(self) -> None:
        self._requests += 1
        version = self.versions[self._requests % len(self.versions)]
        self.slack.request_url = f"http://127.0.0.1:{version.ports['web']}/slack/events"


@dataclass
class Upgrade:
    old: Parts
    new: Parts
    doors: Doors
    crowd: Crowd

    async def under_load(self, people: int, seconds: float) -> int:
        """How many teams have assessed themselves, so many at a time; for so long with both versions."""
        numbers, is_over = count(), asyncio.Event()
        await self.begins(self.old)
        self.crowd.up.set()

        async def walks() -> None:
            while not is_over.is_set():
                await self.crowd.walk(next(numbers))

        async with asyncio.TaskGroup() as walking:
            for _ in range(people):
                walking.create_task(walks())
            await self.crowd.until_steps(people)
            await self.begins(self.new)
            before = await self.figures()
            await asyncio.sleep(seconds)  # of both at work
            await self.until_all_took_part(before)
            is_over.set()
        await self.crowd.all_said()
        return next(numbers)

    async def begins(self, version: Parts) -> None:
        await version.migrate()
        await version.start(*BOTH)
        self.doors.versions.append(version)

    async def until_all_took_part(self, before: Mapping[tuple[str, str], float]) -> None:
        async with asyncio.timeout(WITHIN):
            while any(now <= before[part] for part, now in (await self.figures()).items()):  # noqa: ASYNC110  # asked from outside
                await asyncio.sleep(0.2)

    async def figures(self) -> dict[tuple[str, str], float]:
        """What each part has taken in, or said."""
        versions = {"old": self.old, "new": self.new}
        return {
            (name, part): total((await page(version, part, "/metrics"))[1], SHOWN[part])
            for name, version in versions.items()
            for part in BOTH
        }

    async def broken(self, version: Parts) -> list[str]:
        """What is not as it must be, by that version's log."""
        found = await replace(self.crowd, front=replace(self.doors, bot=version)).found()
        errors = [line for line in version.log.read_text().splitlines() if '"level": "error"' in line]
        return [*found.broken, *errors]


@pytest.fixture
async def database(postgres_cluster: postgres.Cluster) -> AsyncIterator[Database]:
    """Without a schema: the old version makes its own."""
    with postgres_cluster.fresh_database() as url:
        opened = open_database(url)
        yield opened
        await opened.close()


@pytest.fixture
async def upgrade(database: Database, tmp_path: Path) -> AsyncIterator[Upgrade]:
    commit = history.before()
    assert commit is not None  # else this module is not collected
    url = database.engine.url.render_as_string(hide_password=False)
    async with desk(url, tmp_path / "new.log") as front:
        root = history.unpack(commit, tmp_path)
        old = Parts(front.slack, url, tmp_path / "old.log", tmp_path / "old-clock", root=root)
        doors = Doors(front.slack, front.bot)
        try:
            yield Upgrade(old, front.bot, doors, Crowd(doors, database))
        finally:
            await old.kill(*old.running)


async def page(version: Parts, part: str, path: str) -> tuple[int, str]:
    address = f"http://127.0.0.1:{version.ports[part]}{path}"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text()


def total(metrics: str, name: str) -> float:
    """Over all labels."""
    return sum(float(line.split()[-1]) for line in metrics.splitlines() if line.startswith(f"{name}{{"))


async def test_g03_the_version_before_and_this_one_work_side_by_side(upgrade: Upgrade, long: bool) -> None:
    people, seconds = (6, 600.0) if long else (3, 12.0)

    teams = await asyncio.wait_for(upgrade.under_load(people, seconds), seconds + 2 * WITHIN)

    assert await upgrade.broken(upgrade.old) == []
    assert await upgrade.broken(upgrade.new) == []
    assert [upgrade.crowd.finished(number) for number in range(teams)] == [1] * teams
    assert len(upgrade.doors.saved) == teams * len(STEPS)
    # Who routes by it sends nobody to the old web any more; what comes there all the same is served.
    assert [(await page(upgrade.old, part, "/readyz"))[0] for part in BOTH] == [503, 503]
    assert await upgrade.old.stop(*BOTH) == [0, 0]
