"""From the start of a process until it answers ``/readyz``, and the memory that it holds then."""

import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import slack
from bench.databases import migrated
from bench.measure import Figures, interleaved
from bench.process import started
from bench.rows import Line, Row, at_most
from bench.workbench import Workbench

PEER = "minimal Bolt + SQLAlchemy + APScheduler"
CONTENDERS = {
    "run": ("bot", "run"),
    "web": ("bot", "web"),
    "worker": ("bot", "worker"),
    PEER: ("bench.peers.minimal",),
}
REST_SECONDS, QUICK_REST_SECONDS = 2.0, 0.5  # its first ticks are over
UNITS = {"seconds": "s", "processor": "s", "memory": "MB"}
NAMES = {
    "seconds": "start of `{}` until `/readyz`",
    "processor": "the same, processor time",
    "memory": "memory of `{}` at rest",
}


def lines(bench: Workbench) -> Iterator[Line]:
    with TemporaryDirectory() as directory, migrated(bench) as url, slack.answering() as api:
        settings = slack.settings(url, api)
        rest = QUICK_REST_SECONDS if bench.quick else REST_SECONDS
        contenders = {name: partial(_run, what, settings, Path(directory), rest) for name, what in CONTENDERS.items()}
        for run in contenders.values():
            run()  # whoever is first would pay for the others' bytecode, and for a cold disk
        found = interleaved(contenders, bench.repeats)
    for part in ("run", "web", "worker"):
        for figure, unit in UNITS.items():
            what = NAMES[figure].format(part)
            yield Row(what, unit, found[part][figure], PEER, found[PEER][figure], at_most(1.5))


def _run(what: tuple[str, ...], settings: Mapping[str, str], directory: Path, rest: float) -> Figures:
    began = time.perf_counter()
    with started(what, settings, directory) as process:
        process.wait_until_ready()
        took, processor = time.perf_counter() - began, process.cpu_seconds
        time.sleep(rest)  # memory is measured at rest: after its first ticks
        return {"seconds": took, "processor": processor, "memory": process.megabytes}
