"""A steady load on one web and one worker: how long people wait for an answer, and messages for their channel."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from bench import letters, load, slack, submission
from bench.channels import Channels, listening
from bench.databases import executed, migrated
from bench.measure import Figures, interleaved
from bench.process import Started, started
from bench.rows import Bound, Limit, Line, NotRun, Row
from bench.workbench import NO_SERVER, Workbench

# As the promise of latency is given for: docs/promises.md, 7.
SUBMITTED, OWED = 10, 5  # a second
SECONDS, SECONDS_QUICK = 60, 5
HEAD_START_SECONDS = 1.0
POSTED_WITHIN_SECONDS, BETWEEN_SECONDS = 60.0, 0.01  # a limit only, and between two looks
WHAT = f"{SUBMITTED} submissions and {OWED} messages a second, one web and one worker, PostgreSQL"
ANSWERED, LONGEST, VISIBLE = 1000, 2500, 30  # two in ms, one in s

# One in each channel, one after the other: `i` is in the names that letters.put gives.
IN_TURN = """
UPDATE lanes SET due_at = to_timestamp({began}) + substr(channel_id, 3)::int * interval '1 second' / {owed};
UPDATE deliveries SET not_before = to_timestamp({began}) + substr(channel_id, 3)::int * interval '1 second' / {owed}
"""


def lines(bench: Workbench) -> Iterator[Line]:
    if bench.cluster is None:
        yield NotRun(WHAT, NO_SERVER)
        return
    seconds, place = SECONDS_QUICK if bench.quick else SECONDS, Channels()
    with ExitStack() as house:
        form = submission.recorded(house.enter_context(migrated(bench)))
        url, address = house.enter_context(migrated(bench, "PostgreSQL")), house.enter_context(listening(place))
        letters.put(url, OWED * seconds, 1)
        executed(url, "UPDATE lanes SET due_at = 'infinity'")
        settings, directory = slack.settings(url, address), Path(house.enter_context(TemporaryDirectory()))
        web, worker = (house.enter_context(started(("bot", part), settings, directory)) for part in ("web", "worker"))
        for process in (web, worker):
            process.wait_until_ready()
        asyncio.run(load.sent(web.port, list(submission.requests(form, 10)), 2))
        found = interleaved({"bot": partial(_run, web, url, place, form, seconds)}, 1)["bot"]
    yield Row(f"{WHAT}: an answer, p99", "ms", found["p99"], None, None, Limit(Bound.AT_MOST, ANSWERED))
    yield Row("the longest", "ms", found["longest"], None, None, Limit(Bound.AT_MOST, LONGEST))
    yield Row("of them told to try again", "%", found["turned away"], None, None, Limit(Bound.AT_MOST, 0))
    yield Row("a message visible after it was due, p95", "s", found["late"], None, None, Limit(Bound.AT_MOST, VISIBLE))
    yield Row("not visible, or twice", "messages", found["wrong"], None, None, Limit(Bound.AT_MOST, 0))


def _run(web: Started, url: str, place: Channels, form: dict[str, Any], seconds: int) -> Figures:
    ready, owed = list(submission.requests(form, SUBMITTED * seconds)), OWED * seconds
    began = time.time() + HEAD_START_SECONDS  # noqa: TID251  # as the worker's clock tells it
    executed(url, IN_TURN.format(began=began, owed=OWED))
    answered = asyncio.run(load.paced(web.port, ready, SUBMITTED))
    until = time.monotonic() + POSTED_WITHIN_SECONDS
    while place.taken < owed and time.monotonic() < until:
        time.sleep(BETWEEN_SECONDS)  # between two looks; POSTED_WITHIN_SECONDS is the limit
    late = [at - began - int(channel.removeprefix("C_")) / OWED for channel, at in place.last_at.items()]
    shown = sum(submission.NEXT in body for body in answered.bodies)
    return {
        "p99": answered.p99 * 1000,
        "longest": max(answered.each) * 1000,
        "turned away": 100 * (len(ready) - shown) / len(ready),
        "late": quantiles(late, n=20, method="inclusive")[-1],
        "wrong": abs(owed - len(place.posted)) + place.twice,
    }
