"""Teams that assess themselves whatever happens, while the worker tells of it."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import func, select, update

from bot.store import lanes
from bot.store.database import Database
from bot.store.schema import DeliveryRow, LaneRow
from sandbox.values import Channel
from tests.faults import invariants
from tests.faults.desk import Desk, asks
from tests.faults.invariants import Findings
from tests.flows.assessment import STEPS
from tests.services.post_office import LONG_AGO

BOTH = ("web", "worker")
FINISHED = "finished its FinOps assessment"
WITHIN = 150.0


@dataclass
class Crowd:
    """One person in each channel, who goes through an assessment whatever happens, and tries again."""

    front: Desk
    database: Database
    up: asyncio.Event = field(default_factory=asyncio.Event)
    at_the_door: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(16))  # who begin at once
    begun: int = 0  # have the form before them
    steps: int = 0  # that somebody was told are saved
    moved: asyncio.Event = field(default_factory=asyncio.Event)
    refused: Counter[str] = field(default_factory=Counter)  # by what was said instead of saving

    async def walk(self, number: int) -> None:
        channel = f"C_CROWD{number:02}"
        bot = self.front.slack.app.bot_user
        self.front.slack.workspace.add(Channel(channel, channel.lower(), members=frozenset({bot})))
        (person,) = self.front.people(1, channel)
        async with self.at_the_door:
            await self.front.opened(person, channel)
        self.begun += 1
        self.moved.set()
        await self.up.wait()
        for step in (*STEPS, None):
            while True:
                view = self.front.slack.screen(person.id)
                assert view is not None
                done = await (self.front.submit(person, view, step) if step else person.submit(view))
                if done.status == 200 and not done.errors:
                    break
                self.refused.update(done.errors.values() if done.errors else [f"status {done.status}"])
                await asyncio.sleep(0.1)  # a person's finger
                await self.up.wait()
            self.steps += 1
            self.moved.set()
        assert not asks(self.front.slack.screen(person.id))

    async def until_begun(self, number: int) -> None:
        while self.begun < number:
            self.moved.clear()
            await self.moved.wait()

    async def until_steps(self, number: int) -> None:
        while self.steps < number:
            self.moved.clear()
            await self.moved.wait()

    async def until_refused(self, number: int) -> None:
        async with asyncio.timeout(WITHIN):
            while self.refused.total() < number:  # noqa: ASYNC110  # people are asked now and then
                await asyncio.sleep(0.05)

    async def found(self) -> Findings:
        now = datetime.fromtimestamp(self.front.slack.clock.now(), UTC)
        return await invariants.check(self.database, self.front.slack, now, self.front.bot.log, self.front.saved)

    async def die(self) -> None:
        """As the power button does it; and as if a lease's minute passed before anybody comes back."""
        self.up.clear()
        await self.front.bot.kill(*self.front.bot.running)
        await self.leases_run_out()

    async def leases_run_out(self) -> None:
        async with self.database.begin_for_all() as tx:
            for table in (LaneRow, DeliveryRow):
                held = update(table).where(table.lease_until.is_not(None))
                await tx.session.execute(held.values(lease_until=LONG_AGO))

    async def come_back(self) -> None:
        await self.front.start(parts=BOTH)
        self.up.set()

    def finished(self, number: int) -> int:
        """How often the channel was told of it."""
        said = self.front.slack.messages(f"C_CROWD{number:02}")
        return len([message for message in said if FINISHED in message.text])

    async def all_said(self) -> None:
        async with asyncio.timeout(WITHIN):
            while True:
                async with self.database.read_for_all() as tx:
                    query = select(func.count()).select_from(DeliveryRow).where(lanes.waiting(DeliveryRow))
                    if not await tx.session.scalar(query):
                        return
                await asyncio.sleep(0.2)
