"""A slash command, one at a time, until the modal that it opens is asked for."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from uuid import uuid4

from bench import load, slack, submission
from bench.channels import Channels, listening
from bench.databases import migrated
from bench.measure import Figures, Run, interleaved
from bench.process import Started, started
from bench.rows import Line, NotRun, Row, at_most
from bench.slack import TEAM
from bench.workbench import NO_SERVER, Workbench

WHAT = "slash command until `views.open` leaves, PostgreSQL"
PEER = "stock Bolt AsyncApp, nothing but `views.open`"
CONTENDERS = {"bot": ("bot", "web"), PEER: ("bench.peers.only_opens",)}
COUNT, COUNT_QUICK, WARM = 100, 20, 5
LIMIT_SECONDS, BETWEEN_SECONDS = 10.0, 0.0005


def lines(bench: Workbench) -> Iterator[Line]:
    if bench.cluster is None:
        yield NotRun(WHAT, NO_SERVER)
        return
    place, count = Channels(), COUNT_QUICK if bench.quick else COUNT
    with ExitStack() as house:
        url, address = house.enter_context(migrated(bench, "PostgreSQL")), house.enter_context(listening(place))
        settings, directory = slack.settings(url, address), Path(house.enter_context(TemporaryDirectory()))
        runs: dict[str, Run] = {}
        for name, what in CONTENDERS.items():
            process = house.enter_context(started(what, settings, directory))
            process.wait_until_ready()
            runs[name] = partial(_run, process, place, count)
            _run(process, place, WARM)
        found = interleaved(runs, bench.repeats)
    ours, theirs = found["bot"], found[PEER]
    yield Row(WHAT, "ms", ours["took"], PEER, theirs["took"], at_most(1))
    yield Row("its processor time", "ms", ours["processor"], PEER, theirs["processor"])


def _run(process: Started, place: Channels, count: int) -> Figures:
    before, took = process.cpu_seconds, []
    with asyncio.Runner() as runner:
        for _ in range(count):
            request = submission.signed(_command())
            place.opened.clear()
            began = time.perf_counter()
            runner.run(load.sent(process.port, [request], 1))
            opened_at, view = _opened(place)
            assert b"Step 1 of 5" in view, view[:500]  # and not a word that it comes later
            took.append(opened_at - began)
    return {"took": median(took) * 1000, "processor": (process.cpu_seconds - before) / count * 1000}


def _opened(place: Channels) -> tuple[float, bytes]:
    """The command may be answered before."""
    until = time.monotonic() + LIMIT_SECONDS
    while not place.opened:
        assert time.monotonic() < until, "no modal was opened"
        time.sleep(BETWEEN_SECONDS)  # between two looks; LIMIT_SECONDS is the limit
    return place.opened[0]


def _command() -> dict[str, str]:
    """Of somebody whom the bot does not know, in a channel that it does not know."""
    name = uuid4().hex[:12].upper()
    return {
        "command": "/finops-assess",
        "text": "",
        "team_id": TEAM,
        "team_domain": "bench",
        "channel_id": f"C{name}",
        "channel_name": f"team-{name.lower()}",
        "user_id": f"U{name}",
        "user_name": name.lower(),
        "api_app_id": "A1",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/1",
        "trigger_id": name,
    }
