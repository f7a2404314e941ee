"""Writers of a submission: the request noted, the person moved on, eight answers kept, as one durable transaction."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import count
from statistics import quantiles
from typing import Protocol

from bench.measure import Figures
from bot.app import utc_now
from bot.domain.answers import Level
from bot.domain.ids import AssessmentId, QuestionId, StepId, UserId
from bot.store import answers, handled, respondents
from bot.store.database import Database, open_database
from tests.store.builders import HERE, a_draft, a_team, install

DRAFT, STEP = AssessmentId("as-1"), StepId("visibility")
QUESTIONS = [QuestionId(f"q_{number}") for number in range(8)]
PEOPLE = [UserId(f"U{number}") for number in range(16)]
WARM = 20
keys = count()


class Writer(Protocol):
    async def write(self, key: str, user: str, level: int) -> None: ...


Opened = Callable[[str], AbstractAsyncContextManager[Writer]]


async def prepared(url: str) -> None:
    db = open_database(url)
    try:
        await install(db)
        async with db.begin(HERE) as tx:
            await a_draft(tx, (await a_team(tx)).id)
            for user in PEOPLE:
                await respondents.take_part(tx, DRAFT, user, STEP, utc_now())
    finally:
        await db.close()


class Bot:
    def __init__(self, db: Database, versions: dict[UserId, int]) -> None:
        self._db, self._versions = db, versions

    async def write(self, key: str, user: str, level: int) -> None:
        now, whose = utc_now(), UserId(user)
        async with self._db.begin(HERE) as tx:
            assert await handled.note(tx, key, now)
            moved = await respondents.move(tx, DRAFT, whose, self._versions[whose], STEP, now)
            assert moved is not None
            await answers.keep(tx, DRAFT, whose, {question: Level(level) for question in QUESTIONS}, {})
        self._versions[whose] = moved.version


@asynccontextmanager
async def bot(url: str) -> AsyncIterator[Writer]:
    db = open_database(url)
    try:
        async with db.read(HERE) as tx:
            versions = {part.user: part.version for part in await respondents.of(tx, DRAFT)}
        yield Bot(db, versions)
    finally:
        await db.close()


async def timed(opened: Opened, url: str, in_flight: int, times: int) -> Figures:
    """In milliseconds: how long it takes for each, all of them together, and how long the slowest waited."""
    async with opened(url) as writer:
        await _written(writer, in_flight, WARM)
        began = time.perf_counter()
        each = await _written(writer, in_flight, times)
        took = time.perf_counter() - began
    return {"each": took / times * 1000, "p99": quantiles(each, n=100, method="inclusive")[-1] * 1000}


async def _written(writer: Writer, in_flight: int, times: int) -> list[float]:
    each, left = list[float](), iter(range(times))

    async def person(user: str) -> None:
        for number in left:
            began = time.perf_counter()
            await writer.write(f"key-{next(keys)}", user, number % 4)
            each.append(time.perf_counter() - began)

    async with asyncio.TaskGroup() as people:
        for user in PEOPLE[:in_flight]:
            people.create_task(person(user))
    return each
