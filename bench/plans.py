"""Planning on change: so many action points get another due date, and what is to be said about each is planned anew."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date

from bench import crowd
from bench.crowd import MADE, TENANT
from bench.databases import KINDS, migrated
from bench.measure import Figures, Run, interleaved
from bench.peers.job_store import JobStore
from bench.rows import Line, NotRun, Row, at_most
from bench.workbench import NO_SERVER, Workbench
from bot.domain.ids import ActionId
from bot.services import planning
from bot.store import actions
from bot.store.database import Database, open_database

PEER = "APScheduler, adding jobs"
CHANGED, CHANGED_QUICK, AMONG, AMONG_QUICK = 1000, 25, 10_000, 500
REPEATS, REPEATS_QUICK = 3, 1
DAYS = (date(2026, 3, 24), date(2026, 3, 31))  # in turn, so that each is a change


def lines(bench: Workbench) -> Iterator[Line]:
    changed, among = (CHANGED_QUICK, AMONG_QUICK) if bench.quick else (CHANGED, AMONG)
    for kind in KINDS:
        if kind == "PostgreSQL" and bench.cluster is None:
            yield NotRun(f"planning on change, {kind}", NO_SERVER)
            continue
        with ExitStack() as house:
            runner = house.enter_context(asyncio.Runner())
            ours, theirs = (house.enter_context(migrated(bench, kind)) for _ in range(2))
            runs: dict[str, Run] = {
                "bot": house.enter_context(_bot(runner, ours, among, changed)),
                PEER: house.enter_context(_peer(runner, theirs, among, changed)),
            }
            found = interleaved(runs, REPEATS_QUICK if bench.quick else REPEATS)
        what = f"{kind}: planning on change, {changed:,} among {among:,}"
        yield Row(what, "ms", found["bot"]["took"], PEER, found[PEER]["took"], at_most(0.5))


@contextmanager
def _bot(runner: asyncio.Runner, url: str, among: int, changed: int) -> Iterator[Run]:
    db = open_database(url)
    try:
        runner.run(crowd.gathered(db, among))
        yield _Bot(runner, db, changed).run
    finally:
        runner.run(db.close())


@contextmanager
def _peer(runner: asyncio.Runner, url: str, among: int, changed: int) -> Iterator[Run]:
    jobs = JobStore(url, among)
    runner.run(jobs.open())
    try:
        yield lambda: {"took": runner.run(_timed(jobs, changed)) * 1000}
    finally:
        jobs.close()


class _Bot:
    """Each change is somebody's own, in a transaction of its own; what it is is known before the time is taken."""

    def __init__(self, runner: asyncio.Runner, db: Database, changed: int) -> None:
        self._runner, self._db, self._changed = runner, db, changed
        self._turn = 0

    def run(self) -> Figures:
        self._turn += 1
        return {"took": self._runner.run(self._planned(DAYS[self._turn % len(DAYS)])) * 1000}

    async def _planned(self, due_on: date) -> float:
        known = []
        async with self._db.begin(TENANT) as tx:
            for number in range(self._changed):
                action = await actions.by_id(tx, ActionId(f"ac-{number}"))
                assert action is not None
                known.append(replace(action, due_on=due_on))
                await actions.put(tx, known[-1])
        began = time.perf_counter()
        for action in known:
            async with self._db.begin(TENANT) as tx:
                await planning.replan(tx, action, MADE)
        return time.perf_counter() - began


async def _timed(jobs: JobStore, changed: int) -> float:
    began = time.perf_counter()
    jobs.add(changed)
    return time.perf_counter() - began
