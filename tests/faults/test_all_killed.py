"""A21: everything dies at once, again and again, while teams assess themselves and the worker tells of it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from bot.store import lanes
from bot.store.database import Database, open_database
from bot.store.schema import DeliveryRow, LaneRow
from sandbox.values import Channel
from tests.faults import invariants
from tests.faults.desk import Desk, asks, desk
from tests.faults.invariants import Findings
from tests.flows.assessment import STEPS
from tests.services.post_office import LONG_AGO

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(1800)]

BOTH = ("web", "worker")
FINISHED = "finished its FinOps assessment"
WITHIN = 150.0


@dataclass
class Crowd:
    """One person in each channel, who goes through an assessment whatever happens, and tries again."""

    front: Desk
    database: Database
    up: asyncio.Event = field(default_factory=asyncio.Event)
    steps: int = 0  # that somebody was told are saved
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def walk(self, number: int) -> None:
        channel = f"C_CROWD{number:02}"
        bot = self.front.slack.app.bot_user
        self.front.slack.workspace.add(Channel(channel, channel.lower(), members=frozenset({bot})))
        (person,) = self.front.people(1, channel)
        await self.front.opened(person, channel)
        await self.up.wait()
        for step in (*STEPS, None):
            while True:
                view = self.front.slack.screen(person.id)
                assert view is not None
                done = await (self.front.submit(person, view, step) if step else person.submit(view))
                if done.status == 200 and not done.errors:
                    break
                await asyncio.sleep(0.1)  # a person's finger
                await self.up.wait()
            self.steps += 1
            self.moved.set()
        assert not asks(self.front.slack.screen(person.id))

    async def until_steps(self, number: int) -> None:
        while self.steps < number:
            self.moved.clear()
            await self.moved.wait()

    async def found(self) -> Findings:
        now = datetime.fromtimestamp(self.front.slack.clock.now(), UTC)
        return await invariants.check(self.database, self.front.slack, now, self.front.bot.log, self.front.saved)

    async def die(self) -> None:
        """As the power button does it; and as if a lease's minute passed before anybody comes back."""
        self.up.clear()
        await self.front.bot.kill(*self.front.bot.running)
        async with self.database.begin_for_all() as tx:
            for table in (LaneRow, DeliveryRow):
                held = update(table).where(table.lease_until.is_not(None))
                await tx.session.execute(held.values(lease_until=LONG_AGO))

    async def come_back(self) -> None:
        await self.front.start(parts=BOTH)
        self.up.set()

    async def all_said(self) -> None:
        async with asyncio.timeout(WITHIN):
            while True:
                async with self.database.read_for_all() as tx:
                    query = select(func.count()).select_from(DeliveryRow).where(lanes.waiting(DeliveryRow))
                    if not await tx.session.scalar(query):
                        return
                await asyncio.sleep(0.2)


@pytest.fixture
async def crowd(own_url: str, tmp_path: Path) -> AsyncIterator[Crowd]:
    database = open_database(own_url)
    async with desk(own_url, tmp_path / "bot.log") as front:
        yield Crowd(front, database)
    await database.close()


async def test_a21_all_killed_at_once_again_and_again_everything_is_there_after_each_time(
    crowd: Crowd, long: bool
) -> None:
    people, kills = (15, 30) if long else (3, 3)
    await crowd.front.start(parts=BOTH)
    walking = [asyncio.create_task(crowd.walk(number)) for number in range(people)]
    crowd.up.set()
    every = people * len(STEPS) // kills

    for kill in range(kills):
        await asyncio.wait_for(crowd.until_steps(every * (kill + 1)), WITHIN)
        await crowd.die()
        # What the dead had in hand is neither here nor there yet; all else is as it must be.
        assert (await crowd.found()).broken == []
        await crowd.come_back()
    await asyncio.wait_for(asyncio.gather(*walking), WITHIN)
    await crowd.all_said()

    found = await crowd.found()
    assert found.broken == []
    assert (found.lost, found.doubled) == (0, 0)
    assert len(crowd.front.saved) == people * len(STEPS)
    for number in range(people):
        said = crowd.front.slack.messages(f"C_CROWD{number:02}")
        assert len([message for message in said if FINISHED in message.text]) == 1
