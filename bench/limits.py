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
from bench.workbench import NO_SERVER, Workbench

PEER = "a bare token bucket per channel"
CHANNELS, WORKERS = {100: 95.0, 1000: 90.0}, (1, 4)
SECONDS, QUICK_SECONDS, WARM_SECONDS = 20.0, 3.0, 2.0
EACH = 40  # in a channel: more than there is time for in a run
REPEATS, REPEATS_QUICK = 3, 1
FIRST_SECONDS, BETWEEN_SECONDS = 60.0, 0.01  # a limit only, and between two looks


def lines(bench: Workbench) -> Iterator[Line]:
    if bench.cluster is None:
        yield NotRun("delivery at Slack's limit, PostgreSQL", NO_SERVER)
        return
    sizes, crews = ([100], [1]) if bench.quick else (list(CHANNELS), list(WORKERS))
    seconds = QUICK_SECONDS if bench.quick else SECONDS
    with ExitStack() as house:
        directory = Path(house.enter_context(TemporaryDirectory()))
        runs: dict[str, Run] = {}
        for channels in sizes:
            runs[f"peer {channels}"] = partial(_bucket, channels, directory, seconds)
            for workers in crews:
                url = house.enter_context(migrated(bench, "PostgreSQL"))
                letters.put(url, channels, EACH)
                runs[f"{workers} {channels}"] = partial(_workers, url, workers, channels, directory, seconds)
        found = interleaved(runs, REPEATS_QUICK if bench.quick else REPEATS)
    for channels in sizes:
        for workers in crews:
            yield from _rows(found, channels, workers)


def _rows(found: Mapping[str, Mapping[str, Spread]], channels: int, workers: int) -> Iterator[Line]:
    ours, theirs = found[f"{workers} {channels}"], found[f"peer {channels}"]
    crew = "1 worker" if workers == 1 else f"{workers} workers"
    what = f"of Slack's limit, {channels:,} channels, {crew}"
    yield Row(what, "%", ours["share"], PEER, theirs["share"], Limit(Bound.AT_LEAST, CHANNELS[channels]))
    yield Row("calls answered 429", "%", ours["refused"], PEER, theirs["refused"], Limit(Bound.AT_MOST, 1))
    yield Row("posted more than once", "messages", ours["twice"], None, None, Limit(Bound.AT_MOST, 0))
    yield Row("processor time for a message, all workers", "ms", ours["processor"], PEER, theirs["processor"])


def _workers(url: str, workers: int, channels: int, directory: Path, seconds: float) -> Figures:
    letters.again(url)
    return _measured(("bot", "worker"), workers, {"DATABASE_URL": url}, channels, directory, seconds)


def _bucket(channels: int, directory: Path, seconds: float) -> Figures:
    return _measured(("bench.peers.token_bucket",), 1, {"CHANNELS": str(channels)}, channels, directory, seconds)


def _measured(
    what: tuple[str, ...], many: int, given: Mapping[str, str], channels: int, directory: Path, seconds: float
) -> Figures:
    place = Channels()
    with ExitStack() as house:
        settings = {**slack.settings("", house.enter_context(listening(place))), **given}
        processes = [house.enter_context(started(what, settings, directory)) for _ in range(many)]
        until = time.monotonic() + FIRST_SECONDS
        while not place.taken:
            assert time.monotonic() < until, processes[0].log.read_text()
            time.sleep(BETWEEN_SECONDS)
        time.sleep(WARM_SECONDS)  # the others have begun as well, and what each channel takes at once is used up
        taken, refused, cpu = place.taken, place.refused, sum(process.cpu_seconds for process in processes)
        began = time.monotonic()
        time.sleep(seconds)  # what is measured: how much goes out meanwhile
        taken, refused = place.taken - taken, place.refused - refused
        took, cpu = time.monotonic() - began, sum(process.cpu_seconds for process in processes) - cpu
    return {
        "share": 100 * taken / (channels * took),
        "refused": 100 * refused / max(taken + refused, 1),
        "twice": place.twice,
        "processor": 1000 * cpu / max(taken, 1),
    }
