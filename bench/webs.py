"""Step submissions to one, two and four web processes on one PostgreSQL: how many more, and what is full then."""

import asyncio
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import load, slack, submission
from bench.databases import migrated
from bench.measure import Figures, Run, Spread, interleaved
from bench.process import Started, cpu_seconds, machine_seconds, started
from bench.rows import Line, NotRun, Row, at_least
from bench.workbench import NO_SERVER, WHOLE_ONLY, Workbench

WHAT = "submissions to web processes, PostgreSQL"
WEBS, COUNT, IN_FLIGHT = (1, 2, 4), 640, 32
REPEATS = 3
FULL = 0.9  # of what there is


def lines(bench: Workbench) -> Iterator[Line]:
    if bench.quick or bench.cluster is None:
        yield NotRun(WHAT, WHOLE_ONLY if bench.quick else NO_SERVER)
        return
    with ExitStack() as house:
        form = submission.recorded(house.enter_context(migrated(bench)))
        url = house.enter_context(migrated(bench, "PostgreSQL"))
        settings = slack.settings(url, house.enter_context(slack.answering()))
        directory = Path(house.enter_context(TemporaryDirectory()))
        running = [house.enter_context(started(("bot", "web"), settings, directory)) for _ in range(WEBS[-1])]
        for process in running:
            process.wait_until_ready()
            asyncio.run(load.sent(process.port, list(submission.requests(form, 10)), 2))
        runs: dict[str, Run] = {str(many): partial(_run, bench, running[:many], form) for many in WEBS}
        found = interleaved(runs, REPEATS)
    yield from _rows(found)


def _rows(found: Mapping[str, Mapping[str, Spread]]) -> Iterator[Line]:
    one = found["1"]
    for many in WEBS[1:]:
        ours = found[str(many)]
        what = f"{WHAT}: {many}, {IN_FLIGHT} in flight in all; {full(ours['machine'].middle, _cores())}"
        yield Row(what, "per s", ours["per second"], "one", one["per second"], at_least(1))
        for whose in ("the web processes", "the database", "the machine"):
            figure = whose.split()[1]
            yield Row(f"cores busy meanwhile, of {whose}", "cores", ours[figure], "one", one[figure])


def full(busy: float, cores: int) -> str:
    return "the cores are full" if busy >= FULL * cores else f"nothing is full: {busy:.1f} of {cores} cores are busy"


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _run(bench: Workbench, webs: Sequence[Started], form: dict[str, Any]) -> Figures:
    shares = [list(submission.requests(form, COUNT // len(webs))) for _ in webs]
    before, began = _busy(bench, webs), time.perf_counter()
    asyncio.run(_sent(webs, shares))
    took = time.perf_counter() - began
    web, database, machine = (after - so_far for after, so_far in zip(_busy(bench, webs), before, strict=True))
    return {"per second": COUNT / took, "web": web / took, "database": database / took, "machine": machine / took}


async def _sent(webs: Sequence[Started], shares: Sequence[Sequence[bytes]]) -> None:
    async with asyncio.TaskGroup() as all_of_them:
        for process, requests in zip(webs, shares, strict=True):
            all_of_them.create_task(load.sent(process.port, requests, IN_FLIGHT // len(webs)))


def _busy(bench: Workbench, webs: Sequence[Started]) -> tuple[float, float, float]:
    """Processor seconds so far: of the web processes, of the database, and of all that goes on on this machine."""
    ours = sum(process.cpu_seconds for process in webs)
    return ours, sum(cpu_seconds(pid) for pid in bench.server_pids()), machine_seconds()
