"""Delivery as fast as Slack lets it: one message a second in each channel, in many channels at once."""

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import letters, slack
from bench.channels import Channels, listening
from bench.databases import migrated
from bench.measure import Figures, Run, Spread, interleaved
from bench.process import started
from bench.rows import Bound, Limit, Line, NotRun, Row
from bench.workbench import NO_SERVER, WHOLE_ONLY, Workbench

PEER = "a bare token bucket per channel"
CHANNELS, WORKERS = {100: 95.0, 1000: 90.0}, (1, 4)
SECONDS, WARM_SECONDS = 20.0, 2.0
EACH = 40  # in a channel: more than there is time for in a run
REPEATS = 3
FIRST_SECONDS, BETWEEN_SECONDS = 60.0, 0.01  # a limit only, and between two looks


def lines(bench: Workbench) -> Iterator[Line]:
    if bench.quick or bench.cluster is None:
        yield NotRun("delivery at Slack's limit, PostgreSQL", WHOLE_ONLY if bench.quick else NO_SERVER)
        return
    with ExitStack() as house:
        directory = Path(house.enter_context(TemporaryDirectory()))
        runs: dict[str, Run] = {}
        for channels in CHANNELS:
            runs[f"peer {channels}"] = partial(_bucket, channels, directory)
            for workers in WORKERS:
                url = house.enter_context(migrated(bench, "PostgreSQL"))
                letters.put(url, channels, EACH)
                runs[f"{workers} {channels}"] = partial(_workers, url, workers, channels, directory)
        found = interleaved(runs, REPEATS)
    for channels in CHANNELS:
        for workers in WORKERS:
            yield from _rows(found, channels, workers)


def _rows(found: Mapping[str, Mapping[str, Spread]], channels: int, workers: int) -> Iterator[Line]:
    ours, theirs = found[f"{workers} {channels}"], found[f"peer {channels}"]
    crew = "1 worker" if workers == 1 else f"{workers} workers"
    what = f"of Slack's limit, {channels:,} channels, {crew}"
    yield Row(what, "%", ours["share"], PEER, theirs["share"], Limit(Bound.AT_LEAST, CHANNELS[channels]))
    yield Row("calls answered 429", "%", ours["refused"], PEER, theirs["refused"], Limit(Bound.AT_MOST, 1))
    yield Row("posted more than once", "messages", ours["twice"], None, None, Limit(Bound.AT_MOST, 0))
    yield Row("processor time for a message, all workers", "ms", ours["processor"], PEER, theirs["processor"])


def _workers(url: str, workers: int, channels: int, directory: Path) -> Figures:
    letters.again(url)
    return _measured(("bot", "worker"), workers, {"DATABASE_URL": url}, channels, directory)


def _bucket(channels: int, directory: Path) -> Figures:
    return _measured(("bench.peers.token_bucket",), 1, {"CHANNELS": str(channels)}, channels, directory)


def _measured(what: tuple[str, ...], many: int, given: Mapping[str, str], channels: int, directory: Path) -> Figures:
    place = Channels()
    with ExitStack() as house:
        settings = {**slack.settings("", house.enter_context(listening(place))), **given}
        processes = [house.enter_context(started(what, settings, directory)) for _ in range(many)]
        for process in processes if what[0] == "bot" else ():
            process.wait_until_ready()  # all of them are to share what is measured
        until = time.monotonic() + FIRST_SECONDS
        while not place.taken:
            assert time.monotonic() < until, processes[0].log.read_text()
            time.sleep(BETWEEN_SECONDS)  # between two looks; FIRST_SECONDS is the limit
        time.sleep(WARM_SECONDS)  # what each channel takes at once is used up by then
        taken, refused, cpu = place.taken, place.refused, sum(process.cpu_seconds for process in processes)
        began = time.monotonic()
        time.sleep(SECONDS)  # what is measured: how much goes out meanwhile
        taken, refused = place.taken - taken, place.refused - refused
        took, cpu = time.monotonic() - began, sum(process.cpu_seconds for process in processes) - cpu
    return {
        "share": 100 * taken / (channels * took),
        "refused": 100 * refused / max(taken + refused, 1),
        "twice": place.twice,
        "processor": 1000 * cpu / max(taken, 1),
    }
