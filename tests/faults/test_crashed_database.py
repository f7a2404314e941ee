"""F01: PostgreSQL crashes under load, again and again: nobody is told that something is saved which is not."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from time import monotonic

import pytest

from bot.slack.replies import NOT_NOW, TOO_SLOW
from bot.store.database import open_database
from tests import postgres
from tests.conftest import migrated
from tests.faults.crowd import BOTH, WITHIN, Crowd
from tests.faults.desk import desk
from tests.flows.assessment import STEPS

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(1800)]

RECOVERED_WITHIN = 15.0
KEEPS_ITS_PROMISES: dict[str, str] = {}


@pytest.fixture(scope="module")
def cluster(postgres_cluster: postgres.Cluster) -> Iterator[postgres.Cluster]:
    """One of its own, that others do not miss meanwhile."""
    with postgres.running(postgres_cluster.programs, KEEPS_ITS_PROMISES) as made:
        yield made


@pytest.fixture
async def crowd(cluster: postgres.Cluster, tmp_path: Path) -> AsyncIterator[Crowd]:
    with cluster.fresh_database(cluster.template("migrated", migrated)) as url:
        database = open_database(url)
        async with desk(url, tmp_path / "bot.log") as front:
            yield Crowd(front, database)
        await database.close()


async def test_f01_postgresql_crashes_under_load_and_whatever_was_told_to_be_saved_is_there(
    crowd: Crowd, cluster: postgres.Cluster, long: bool
) -> None:
    # Whoever was refused goes on at once when it is there again: after a few crashes everybody is done.
    waves, people, crashes, seconds = (5, 15, 2, 20.0) if long else (1, 3, 2, 0.0)
    await crowd.front.start(parts=BOTH)
    for wave in range(waves):
        walking = [asyncio.create_task(crowd.walk(wave * people + number)) for number in range(people)]
        await asyncio.wait_for(crowd.until_begun((wave + 1) * people), WITHIN)
        crowd.up.set()
        for _ in range(crashes):
            await asyncio.wait_for(crowd.until_steps(crowd.steps + 1), WITHIN)
            await crash(crowd, cluster, sum(not walk.done() for walk in walking), seconds)
        await asyncio.wait_for(asyncio.gather(*walking), WITHIN)
        crowd.up.clear()
    await crowd.leases_run_out()
    await crowd.all_said()

    assert set(crowd.refused) <= {NOT_NOW, TOO_SLOW, "status 503"}
    found = await crowd.found()
    assert found.broken == []
    assert (found.lost, found.doubled) == (0, 0)
    assert len(crowd.front.saved) == waves * people * len(STEPS)
    assert [crowd.finished(number) for number in range(waves * people)] == [1] * (waves * people)


async def crash(crowd: Crowd, cluster: postgres.Cluster, under_way: int, seconds: float) -> None:
    """Under the eyes of so many, for so long at least; and back again in time."""
    assert under_way, "nobody is under way any more"
    refused = crowd.refused.total()
    await asyncio.to_thread(cluster.crash)
    await crowd.until_refused(refused + under_way)
    await asyncio.sleep(seconds)  # it is down for so long
    await asyncio.to_thread(cluster.start_again)
    saved, began = crowd.steps, monotonic()
    await asyncio.wait_for(crowd.until_steps(saved + 1), WITHIN)
    await asyncio.wait_for(crowd.front.bot.ready(), WITHIN)
    assert monotonic() - began < RECOVERED_WITHIN
