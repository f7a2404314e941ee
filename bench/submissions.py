"""A whole step submission, verified, stored on PostgreSQL and answered with the next view: one, and many at once."""

import asyncio
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import load, slack, submission
from bench.databases import migrated
from bench.measure import Figures, Run, Spread, interleaved
from bench.process import Started, started
from bench.rows import Bound, Limit, Line, NotRun, Row, Target, at_least, at_most
from bench.workbench import NO_SERVER, WHOLE_ONLY, Workbench

STOCK, BARE = "stock Bolt AsyncApp, empty listener", "bare ASGI handler that verifies the signature"
CONTENDERS = {"bot": ("bot", "web"), STOCK: ("bench.peers.empty_listener",), BARE: ("bench.peers.bare",)}
# How many are sent, by how many are on their way at once.
COUNTS, COUNTS_QUICK = {1: 100, 32: 320, 256: 512}, {1: 30, 32: 96}
TARGETS: Mapping[int, Target] = {1: at_least(4), 32: at_least(1.2), 256: at_least(1.2)}
WHAT = "a step submission"
NODE = "@slack/bolt (Node), empty listener"
NODE_PEER = Path(__file__).parent / "peers" / "node"
MANY = 32  # from so many at once on it is measured beside Node


def lines(bench: Workbench) -> Iterator[Line]:
    if bench.cluster is None:
        yield NotRun(f"{WHAT}, PostgreSQL", NO_SERVER)
        return
    counts = COUNTS_QUICK if bench.quick else COUNTS
    no_node = _no_node(bench)
    with ExitStack() as house:
        form = submission.recorded(house.enter_context(migrated(bench)))
        running = _running(house, bench, form, with_node=no_node is None)
        runs: dict[str, Run] = {}
        for in_flight, count in counts.items():
            for name, process in running.items():
                runs[f"{name} {in_flight}"] = partial(_run, name, process, form, count, in_flight)
        for process in running.values():
            asyncio.run(load.sent(process.port, list(submission.requests(form, 10)), 2))
        found = interleaved(runs, bench.repeats)
    yield from _rows(found, list(counts))
    if no_node is None:
        yield from _beside_node(found, [in_flight for in_flight in counts if in_flight >= MANY])
    else:
        yield NotRun(f"{WHAT}, beside {NODE}", no_node)


def _no_node(bench: Workbench) -> str | None:
    """Why it is left out; None: it is there."""
    if bench.quick:
        return WHOLE_ONLY
    if shutil.which("node") is None:
        return "there is no Node on this machine"
    return None if (NODE_PEER / "node_modules").is_dir() else "its packages are not installed: `make bench` does it"


def _running(house: ExitStack, bench: Workbench, form: dict[str, Any], *, with_node: bool) -> Mapping[str, Started]:
    """All of them at once; who is not asked sleeps."""
    url = house.enter_context(migrated(bench, "PostgreSQL"))
    directory = Path(house.enter_context(TemporaryDirectory()))
    settings = {**slack.settings(url, house.enter_context(slack.answering())), "CALLBACK": form["view"]["callback_id"]}
    running = {name: house.enter_context(started(what, settings, directory)) for name, what in CONTENDERS.items()}
    if with_node:
        script = [str(NODE_PEER / "empty_listener.js")]
        running[NODE] = house.enter_context(started(script, settings, directory, [shutil.which("node") or "node"]))
    for process in running.values():
        process.wait_until_ready()
    return running


def _run(name: str, process: Started, form: dict[str, Any], count: int, in_flight: int) -> Figures:
    ready = list(submission.requests(form, count))  # a signature lasts for five minutes
    before = process.cpu_seconds
    answered = asyncio.run(load.sent(process.port, ready, in_flight))
    processor = process.cpu_seconds - before
    # Whoever is told to try again is answered with 200 as well, and quickly.
    shown = sum(submission.NEXT in body for body in answered.bodies) if name == "bot" else count
    return {
        "per second": shown / answered.seconds,
        "p99": answered.p99 * 1000,
        "turned away": 100 * (count - shown) / count,
        "processor": processor / count * 1000,
    }


def _rows(found: Mapping[str, Mapping[str, Spread]], many: list[int]) -> Iterator[Line]:
    for in_flight in many:
        ours, stock, bare = (found[f"{name} {in_flight}"] for name in CONTENDERS)
        what = f"{WHAT}, {in_flight} in flight"
        yield Row(what, "per s", ours["per second"], STOCK, stock["per second"], TARGETS[in_flight])
        p99 = None if in_flight == 1 else at_most(1)
        yield Row("its p99", "ms", ours["p99"], STOCK, stock["p99"], p99)
        yield Row("of them told to try again", "%", ours["turned away"], None, None, Limit(Bound.AT_MOST, 0))
        yield Row("its processor time", "ms", ours["processor"], BARE, bare["processor"], at_most(12))


def _beside_node(found: Mapping[str, Mapping[str, Spread]], many: list[int]) -> Iterator[Line]:
    for in_flight in many:
        ours, theirs = found[f"bot {in_flight}"], found[f"{NODE} {in_flight}"]
        what = f"{WHAT}, {in_flight} in flight"
        yield Row(what, "per s", ours["per second"], NODE, theirs["per second"], TARGETS[in_flight])
        yield Row("its p99", "ms", ours["p99"], NODE, theirs["p99"], at_most(1))
