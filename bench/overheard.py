"""What people say in a channel that the bot is in, and that is not for it: the most of what Slack sends."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import load, slack, submission
from bench.databases import migrated
from bench.measure import Figures, Run, interleaved
from bench.process import Started, started
from bench.rows import Line, NotRun, Row
from bench.slack import TEAM
from bench.workbench import NO_SERVER, Workbench

WHAT = "a message that is not for the bot, PostgreSQL"
PEER = "stock Bolt AsyncApp, empty listener"
CONTENDERS = {"bot": ("bot", "web"), PEER: ("bench.peers.empty_listener",)}
COUNT, COUNT_QUICK, IN_FLIGHT = 2000, 200, 8
THREAD = "1700000000.000100"
_numbers = count(1)


def lines(bench: Workbench) -> Iterator[Line]:
    if bench.cluster is None:
        yield NotRun(WHAT, NO_SERVER)
        return
    many = COUNT_QUICK if bench.quick else COUNT
    with ExitStack() as house:
        url = house.enter_context(migrated(bench, "PostgreSQL"))
        settings = slack.settings(url, house.enter_context(slack.answering()))
        directory = Path(house.enter_context(TemporaryDirectory()))
        runs: dict[str, Run] = {}
        for name, what in CONTENDERS.items():
            process = house.enter_context(started(what, settings, directory))
            process.wait_until_ready()
            for where, thread in (("channel", None), ("thread", THREAD)):
                runs[f"{name} {where}"] = partial(_run, process, thread, many)
                _run(process, thread, IN_FLIGHT)
        found = interleaved(runs, bench.repeats)
    for where in ("channel", "thread"):
        ours, theirs = found[f"bot {where}"], found[f"{PEER} {where}"]
        yield Row(f"{WHAT}: in a {where}", "per s", ours["per second"], PEER, theirs["per second"])
        yield Row("its processor time", "ms", ours["processor"], PEER, theirs["processor"])


def _run(process: Started, thread: str | None, many: int) -> Figures:
    ready = [submission.signed_event(_said(thread)) for _ in range(many)]
    before = process.cpu_seconds
    answered = asyncio.run(load.sent(process.port, ready, IN_FLIGHT))
    return {
        "per second": many / answered.seconds,
        "processor": (process.cpu_seconds - before) / many * 1000,
    }


def _said(thread: str | None) -> dict[str, object]:
    number = next(_numbers)
    event = {"type": "message", "channel": "C1", "user": "U1", "text": "Lunch?", "ts": f"1700000000.{number:06}"}
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A1",
        "event": event | ({"thread_ts": thread} if thread else {}),
        "event_id": f"Ev{number}",
        "event_time": 1_700_000_000,
        "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": "UBOT", "is_bot": True}],
    }
