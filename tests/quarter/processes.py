"""The bot as web and worker, each a process of its own on one PostgreSQL, at a clock that is moved for both."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import func, select

from bot.domain.delivery import DeliveryState
from bot.store.database import Database, open_database
from bot.store.schema import DeliveryRow, LaneRow, TouchRow, TouchState
from sandbox import SlackStandIn
from tests.flows.assessment import CRAWL, answered
from tests.process.parts import Parts, parts

REST_SECONDS = 120
LEAPS_IN_A_LIFE = 10  # a process takes seconds to start
A_MOMENT = 0.05
UNDER_WAY = (DeliveryState.CLAIMED, DeliveryState.POSTING)


@dataclass
class Processes:
    """They live on while the clock is moved for them, and are killed and come back every so often."""

    parts: Parts
    db: Database
    step: timedelta = timedelta(hours=2)
    leaps: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def slack(self) -> SlackStandIn:
        return self.parts.slack

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.slack.clock.now(), UTC)

    async def leap(self, span: timedelta) -> None:
        if next(self.leaps) % LEAPS_IN_A_LIFE:
            self.parts.shift(span)
            await self.parts.followed()
        else:
            await self.parts.travel(span, by_kill=True)

    async def outage(self, until: datetime) -> None:
        await self.parts.travel(until - self.now(), by_kill=True)

    async def settle(self) -> None:
        async with asyncio.timeout(REST_SECONDS):
            while True:
                if not await self._is_busy():
                    return
                await asyncio.sleep(A_MOMENT)  # between two questions; the time-out is the limit

    async def answered(self) -> None:
        await self.slack.sender.settled()

    async def assess(self, channel: str, lead: str) -> None:
        person = self.slack.person(lead)
        assert (await person.command("/finops-assess", channel=channel)).status == 200
        view = await self.slack.until(lambda: view if (view := self.slack.screen(lead)) and _asks(view.title) else None)
        assert view is not None
        finished = await person.submit(await answered(person, view, 1, CRAWL), {})
        assert finished.view is not None, finished.errors
        await person.close(finished.view)

    async def _is_busy(self) -> bool:
        """Something is due that was not decided, or decided that was not said."""
        now = self.now()
        touches = select(func.count()).where(TouchRow.state == TouchState.PLANNED, TouchRow.planned_for <= now)
        # What waits for a channel that cannot be spoken in is at rest.
        waiting = select(func.count()).where(LaneRow.due_at <= now, LaneRow.suspended_at.is_(None))
        in_hand = select(func.count()).where(DeliveryRow.state.in_(UNDER_WAY))
        async with self.db.read_for_all() as tx:
            return any([await tx.session.scalar(query) for query in (touches, waiting, in_hand)])


def _asks(title: str) -> bool:
    """While the store is slow a light view stands in for the first step."""
    return title.startswith("Step")


@asynccontextmanager
async def processes(database_url: str, directory: Path, start: datetime) -> AsyncIterator[Processes]:
    async with parts(database_url, directory) as made:
        db = open_database(database_url)
        try:
            living = Processes(made, db)
            made.shift(start - living.now())
            await made.start("web", "worker")
            yield living
        finally:
            await db.close()
