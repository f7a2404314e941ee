"""Whoever sends sixty messages is killed in the middle and started again: what is missing, and what is there twice.

Nobody is made to wait for a lease or a heartbeat to run out: it is set to an earlier time as if that had gone by.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from bench import slack
from bench.channels import Channels, listening
from bench.databases import asked, migrated
from bench.measure import Figures, Run, interleaved
from bench.process import started
from bench.rows import Bound, Limit, Line, NotRun, Row
from bench.workbench import NO_SERVER, WHOLE_ONLY, Workbench

CONTENDERS = {
    "bot": "bench.peers.killed_bot",
    "APScheduler 3": "bench.peers.killed_apscheduler",
    "procrastinate": "bench.peers.killed_procrastinate",
    "procrastinate with its rescue": "bench.peers.killed_rescued",
    "pgqueuer": "bench.peers.killed_pgqueuer",
}
WHAT = "60 deliveries, killed in flight, restarted"
MANY, KILLED_AT, ANSWERS_AFTER = 60, 20, 0.2
REPEATS = 3
START_SECONDS, END_SECONDS = 60.0, 120.0  # limits only
QUIET_SECONDS, BETWEEN_SECONDS = 5.0, 0.002  # longer than anybody waits who still has something to do


def lines(bench: Workbench) -> Iterator[Line]:
    if bench.quick or bench.cluster is None:
        yield NotRun(WHAT, WHOLE_ONLY if bench.quick else NO_SERVER)
        return
    with TemporaryDirectory() as directory:
        runs: dict[str, Run] = {
            name: partial(_run, bench, import_module(module), Path(directory)) for name, module in CONTENDERS.items()
        }
        found = interleaved(runs, REPEATS)
    ours, none = found["bot"], Limit(Bound.AT_MOST, 0)
    for peer in list(CONTENDERS)[1:]:
        theirs = found[peer]
        yield Row(f"{WHAT}: never posted", "messages", ours["lost"], peer, theirs["lost"], none)
        yield Row("the same: there twice", "messages", ours["twice"], peer, theirs["twice"], none)


def _run(bench: Workbench, contender: ModuleType, directory: Path) -> Figures:
    place = Channels(answers_after=ANSWERS_AFTER)
    with ExitStack() as house:
        url = house.enter_context(migrated(bench, "PostgreSQL"))
        contender.put(url, MANY)
        settings = slack.settings(url, house.enter_context(listening(place)))
        with started(contender.PROCESS, settings, directory) as process:
            while place.taken < KILLED_AT:
                assert time.monotonic() < process.began + START_SECONDS, process.log.read_text()
                time.sleep(BETWEEN_SECONDS)  # between two looks; START_SECONDS is the limit
            process.process.kill()
            process.process.wait()
        contender.age(url)
        with started(contender.PROCESS, settings, directory):
            _until_settled(contender.UNSETTLED, url, place)
    return judged(place, MANY)


def judged(place: Channels, many: int) -> Figures:
    return {"lost": many - len(place.posted), "twice": place.twice}


def _until_settled(question: str, url: str, place: Channels) -> None:
    """Nothing of it waits any more, or nothing comes of what waits, and no message was under way either."""
    began = quiet_since = time.monotonic()
    taken = place.taken
    while time.monotonic() < began + END_SECONDS:
        if place.taken != taken or asked(url, question):
            taken, quiet_since = place.taken, time.monotonic()
        elif time.monotonic() > quiet_since + QUIET_SECONDS:
            return
        time.sleep(BETWEEN_SECONDS)  # between two looks; END_SECONDS is the limit
    raise AssertionError(f"still waits after {END_SECONDS} s: {asked(url, question)}")
