"""The write of one submission alone: as much as is durable when Slack is answered, one and sixteen at once."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial

from bench import writing
from bench.databases import KINDS, migrated
from bench.measure import Figures, Run, Spread, interleaved
from bench.peers import raw_asyncpg, raw_sqlite
from bench.rows import Bound, Limit, Line, NotRun, Row, at_most
from bench.workbench import NO_SERVER, Workbench
from bench.writing import Opened

PEERS: Mapping[str, tuple[str, Opened]] = {
    "SQLite": ("sqlite3, as durable", raw_sqlite.opened),
    "PostgreSQL": ("asyncpg, one statement", raw_asyncpg.opened),
}
TARGETS = {"SQLite": at_most(2), "PostgreSQL": at_most(1.7)}
IN_FLIGHT, SLOWEST = (1, 16), Limit(Bound.AT_MOST, 20)
TIMES, TIMES_QUICK = 800, 48
REPEATS_QUICK = 1


def lines(bench: Workbench) -> Iterator[Line]:
    times = TIMES_QUICK if bench.quick else TIMES
    for kind in KINDS:
        if kind == "PostgreSQL" and bench.cluster is None:
            yield NotRun(f"the write of one submission, {kind}", NO_SERVER)
            continue
        with ExitStack() as house:
            runs: dict[str, Run] = {}
            for name, opened in (("bot", writing.bot), PEERS[kind]):
                url = house.enter_context(migrated(bench, kind))
                asyncio.run(writing.prepared(url))
                for in_flight in IN_FLIGHT:
                    runs[f"{name} {in_flight}"] = partial(_run, opened, url, in_flight, times)
            found = interleaved(runs, REPEATS_QUICK if bench.quick else bench.repeats)
        yield from _rows(kind, found)


def _rows(kind: str, found: Mapping[str, Mapping[str, Spread]]) -> Iterator[Line]:
    peer, _ = PEERS[kind]
    for in_flight in IN_FLIGHT:
        ours, theirs = found[f"bot {in_flight}"], found[f"{peer} {in_flight}"]
        what = f"{kind}: the write of one submission, {in_flight} in flight"
        yield Row(what, "ms", ours["each"], peer, theirs["each"], TARGETS[kind])
        slowest = SLOWEST if (kind, in_flight) == ("SQLite", 16) else None
        yield Row("its p99", "ms", ours["p99"], peer, theirs["p99"], slowest)


def _run(opened: Opened, url: str, in_flight: int, times: int) -> Figures:
    return asyncio.run(writing.timed(opened, url, in_flight, times))
