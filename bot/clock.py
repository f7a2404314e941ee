"""APScheduler as a clock: it ticks and keeps nothing. What is due is read from our own tables at every tick."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Tick = Callable[[], Awaitable[object]]

PLAN_SECONDS = 15
DRAIN_SECONDS = 1
SWEEP_SECONDS = 60
ROTATE_SECONDS = 60
RETAIN_SECONDS = 3600


def ticking(ticks: Mapping[str, tuple[float, Tick]], now: datetime) -> AsyncIOScheduler:
    """A running clock. Each tick is called every so many seconds, at once for the first time, never twice at once."""
    clock = AsyncIOScheduler(timezone=UTC)
    for name, (seconds, tick) in ticks.items():
        clock.add_job(
            partial(_until_stopped, tick),
            "interval",
            seconds=seconds,
            id=name,
            next_run_time=now,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,  # its own default is one second, and drops a later tick in silence
        )
    clock.start()
    return clock


async def _until_stopped(tick: Tick) -> None:
    # Being cut short by the end of the process is no failure, which APScheduler would tell of with a traceback.
    with suppress(asyncio.CancelledError):
        await tick()
