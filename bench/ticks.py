"""One tick of the clock: a thousand reminders due among many that are not, and a tick that finds nothing to do."""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import cast

from bench import crowd
from bench.crowd import Crowd
from bench.databases import KINDS, migrated
from bench.lag import lags
from bench.measure import Figures, Run, Spread, interleaved
from bench.peers.job_store import JobStore
from bench.rows import Bound, Limit, Line, NotRun, Row, at_most
from bench.workbench import NO_SERVER, Workbench
from bot.domain.ids import TenantId, UserId
from bot.services import reminding
from bot.slack.gateway import Gateway
from bot.store.database import open_database

DUE, DUE_QUICK = 1000, 100
PEER = "APScheduler, a stored job each"
SIZES, SIZES_OF_PEER = (10_000, 100_000, 1_000_000), (10_000, 100_000)
SHARE = {"SQLite": 1 / 3, "PostgreSQL": 1 / 7}
GROWTH = {"SQLite": 4.0, "PostgreSQL": 1.2}
IDLE_TIMES = 20
FILLING_SECONDS = 900.0  # a limit only: a million rows are copied in one statement
REPEATS = 3  # each has twenty idle ticks, and a thousand reminders

Tick = Callable[[], Awaitable[int]]


class Undisturbed:
    """Slack, as far as a tick asks it: nobody minds being disturbed. Its answers' time is Slack's, not the tick's."""

    async def quiet(self, _: TenantId, __: Sequence[UserId], ___: datetime) -> Mapping[UserId, datetime]:
        return {}


NOBODY_MINDS = cast("Gateway", Undisturbed())


def lines(bench: Workbench) -> Iterator[Line]:
    for kind in KINDS:
        if kind == "PostgreSQL" and bench.cluster is None:
            yield NotRun(f"one tick, {kind}", NO_SERVER)
            continue
        sizes, due = (SIZES[:1], DUE_QUICK) if bench.quick else (SIZES, DUE)
        with ExitStack() as open_until_measured:
            runs: dict[str, Run] = {}
            for size in sizes:
                runs[f"bot {size}"] = open_until_measured.enter_context(_Bot(bench, kind, size))
            for size in SIZES_OF_PEER[: len(sizes)]:
                runs[f"peer {size}"] = open_until_measured.enter_context(_Peer(bench, kind, size))
            for run in runs.values():
                run()
            found = interleaved(runs, REPEATS)
        yield from _rows(kind, sizes, due, found)


def _rows(kind: str, sizes: Sequence[int], due: int, found: Mapping[str, Mapping[str, Spread]]) -> Iterator[Line]:
    for size in sizes:
        ours, what = found[f"bot {size}"], f"{kind}: one tick, {due:,} due among {size:,}"
        if size in SIZES_OF_PEER:
            yield Row(what, "ms", ours["tick"], PEER, found[f"peer {size}"]["tick"], at_most(SHARE[kind]))
        else:
            yield Row(
                what,
                "ms",
                ours["tick"],
                f"the bot at {sizes[0]:,}",
                found[f"bot {sizes[0]}"]["tick"],
                at_most(GROWTH[kind]),
            )
        theirs = found[f"peer {size}"]["wait"] if size in SIZES_OF_PEER else None
        peer = PEER if theirs else None
        yield Row("the event loop's longest wait meanwhile", "ms", ours["wait"], peer, theirs, Limit(Bound.AT_MOST, 20))
    least, most = found[f"bot {sizes[0]}"], found[f"bot {sizes[-1]}"]
    idle = f"{kind}: an idle tick among {sizes[-1]:,}"
    if len(sizes) == 1:  # nothing to compare it with
        yield Row(idle, "ms", most["idle"], None, None)
    else:
        yield Row(idle, "ms", most["idle"], f"the bot at {sizes[0]:,}", least["idle"], at_most(1.2))
    yield Row("the same, processor time", "ms", most["processor"], None, None, Limit(Bound.AT_MOST, 3))


class _Contender(ABC):
    """One event loop for all runs of a contender, as in a process that has been running for long."""

    def __init__(self, bench: Workbench, kind: str, size: int) -> None:
        self._house, self._runner = ExitStack(), asyncio.Runner()
        self._bench, self._kind, self._size = bench, kind, size
        self._due = DUE_QUICK if bench.quick else DUE
        self._turn = 0

    def __enter__(self) -> Run:
        url = self._house.enter_context(migrated(self._bench, self._kind))
        self._house.enter_context(self._runner)
        self._runner.run(self._open(url))
        return lambda: self._runner.run(self._measured())

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._close())
        self._house.close()

    @abstractmethod
    async def _open(self, url: str) -> None: ...

    @abstractmethod
    async def _measured(self) -> Figures: ...

    @abstractmethod
    async def _close(self) -> None: ...

    def _next(self) -> int:
        """Others come due each time: who was told today is not told again."""
        start = self._turn * self._due
        self._turn += 1
        return start


class _Bot(_Contender):
    _crowd: Crowd

    async def _open(self, url: str) -> None:
        self._crowd = await crowd.gathered(open_database(url, answers_within=FILLING_SECONDS), self._size)

    async def _measured(self) -> Figures:
        idle = [await self._idle() for _ in range(IDLE_TIMES)]
        wall, processor = (sorted(values)[IDLE_TIMES // 2] for values in zip(*idle, strict=True))
        await crowd.make_due(self._crowd, self._next(), self._due)
        return {"idle": wall, "processor": processor, **await _timed(self._tick, self._due // crowd.EACH_OWNS)}

    async def _idle(self) -> tuple[float, float]:
        wall, processor = time.perf_counter(), time.process_time()
        assert await self._tick() == 0
        return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000

    async def _tick(self) -> int:
        return len(await reminding.tick(self._crowd.db, NOBODY_MINDS, self._crowd.due_at))

    async def _close(self) -> None:
        await self._crowd.db.close()


class _Peer(_Contender):
    _jobs: JobStore

    async def _open(self, url: str) -> None:
        self._jobs = JobStore(url, self._size)
        await self._jobs.open()

    async def _measured(self) -> Figures:
        self._jobs.make_due(self._next(), self._due)
        return await _timed(self._jobs.tick, self._due)

    async def _close(self) -> None:
        self._jobs.close()


async def _timed(tick: Tick, expected: int) -> Figures:
    ticking = asyncio.create_task(_clocked(tick))
    late = await lags(ticking)
    said, took = await ticking
    assert said == expected, f"{said} told of {expected}"
    return {"tick": took * 1000, "wait": max(late) * 1000}


async def _clocked(tick: Tick) -> tuple[int, float]:
    began = time.perf_counter()
    said = await tick()
    return said, time.perf_counter() - began
