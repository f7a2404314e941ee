"""F14: the clock of the database's host jumps an hour forward and back, under everybody's leases.

A lease that ends early has a claim run again, beside whoever still has it; one that ends late waits. Neither is seen.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.domain.delivery import DeliveryState
from bot.store.database import Database
from bot.store.schema import DeliveryRow
from tests import faketime, postgres
from tests.conftest import migrated
from tests.faults.house import LOOK_SECONDS, House, house

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(1800)]

SPEED = 20.0
AN_HOUR = timedelta(hours=1) / SPEED  # of the machine's time
NO_TIME = timedelta(0)
HELD = "outbox.after_check=pause:2.9"  # nearly a minute of theirs: within the lease, as their own clocks tell it
FOLLOWS_WITHIN = 20.0
WITHIN = 90.0


@dataclass
class Host:
    """The machine of the database."""

    cluster: postgres.Cluster
    clock: Path

    async def jump(self, database: Database, offset: timedelta) -> None:
        faketime.write(self.clock, offset)
        async with asyncio.timeout(FOLLOWS_WITHIN):
            while abs(await self._ahead(database) - offset.total_seconds()) > 5:  # noqa: ASYNC110  # asked from outside
                await asyncio.sleep(0.1)

    async def _ahead(self, database: Database) -> float:
        async with database.read_for_all() as tx:
            there = await tx.session.scalar(text("SELECT extract(epoch FROM pg_catalog.clock_timestamp())"))
        return float(there) - time.time()  # noqa: TID251  # the tests' own reader


@pytest.fixture(scope="module")
def host(postgres_cluster: postgres.Cluster) -> Iterator[Host]:
    # Not under pytest's directories, which are closed to the server's account.
    with tempfile.TemporaryDirectory(prefix="finops-clock-") as directory:
        Path(directory).chmod(0o755)
        clock = Path(directory, "clock")
        faketime.write(clock, NO_TIME)
        moved = faketime.environment(clock)
        if moved is None:
            pytest.skip("there is no libfaketime on this machine")
        with postgres.running(postgres_cluster.programs, environment=moved) as cluster:
            yield Host(cluster, clock)


@pytest.fixture
async def home(host: Host, tmp_path: Path) -> AsyncIterator[House]:
    with host.cluster.fresh_database(host.cluster.template("migrated", migrated)) as url:
        async with house(url, tmp_path, SPEED) as made:
            yield made


async def test_f14_the_databases_clock_jumps_and_every_message_is_seen_once(
    home: House, host: Host, long: bool
) -> None:
    rounds, many = (20, 60) if long else (2, 24)
    channels, names = home.channels(many), map(str, count())
    held, free = await home.start(HELD, workers=2, hands=4), await home.start(workers=1, hands=4)

    for _ in range(rounds):
        for offset in (AN_HOUR, NO_TIME):
            while not await is_held(home):
                await home.put(channels, many, name=next(names))
            await host.jump(home.database, offset)
            await home.settled(WITHIN)
    await held.stop()
    await home.settled(WITHIN)
    await home.swept(WITHIN)
    await home.end()

    found = await home.check()
    assert found.broken == []
    assert (found.visible, found.lost, found.doubled) == (sum(found.states.values()), 0, 0)
    counts = held.counts + free.counts
    assert counts["claim_expired"] >= rounds, "some claims have run again"
    assert counts["reconciled"] + counts["duplicate_deleted"] >= rounds, "beside who had them before"


async def is_held(home: House) -> bool:
    """Whether somebody has something in hand that is written down as being posted, once they have had time for it."""
    query = select(func.count()).select_from(DeliveryRow).where(DeliveryRow.state == DeliveryState.POSTING)
    await asyncio.sleep(LOOK_SECONDS)
    async with home.database.read_for_all() as tx:
        return bool(await tx.session.scalar(query))
