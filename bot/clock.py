"""APScheduler as a clock: it ticks and keeps nothing. What is due is read from our own tables at every tick."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.store.away import is_away
from bot.store.collisions import has_met_another

log = structlog.get_logger(__name__)

Tick = Callable[[], Awaitable[object]]

PLAN_SECONDS = 15
DRAIN_SECONDS = 1
SWEEP_SECONDS = 60
ROTATE_SECONDS = 60
RETAIN_SECONDS = 3600
LOOK_SECONDS = 1.0
# Whatever rings within this time is answered at once with all the others.
TOGETHER_SECONDS = 0.05


class Alarm:
    """Calls for a tick that comes round by itself, but not as soon as it is wanted."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    def ring_at(self, instant: datetime) -> None:
        """Where that is later than the next tick, there is nothing to do."""
        seconds = (instant - self._now()).total_seconds()
        if seconds < DRAIN_SECONDS:
            asyncio.get_running_loop().call_later(max(seconds, 0), self.ring)

    async def answered(self, tick: Tick) -> None:
        """Forever, once for all who rang meanwhile."""
        while True:
            await self._rung.wait()
            self._rung.clear()
            await _steadily(tick)
            await asyncio.sleep(TOGETHER_SECONDS)


def ticking(ticks: Mapping[str, tuple[float, Tick]], now: datetime) -> AsyncIOScheduler:
    """A running clock. Each tick is called every so many seconds, at once for the first time, never twice at once."""
    clock = AsyncIOScheduler(timezone=UTC)
    for name, (seconds, tick) in ticks.items():
        clock.add_job(
            partial(_until_stopped, partial(_steadily, tick)),
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


async def on_time(clock: AsyncIOScheduler, now: Callable[[], datetime]) -> None:
    """Forever. Where the machine's clock is set back, each tick would wait until it is as late there again."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        for job in clock.get_jobs():
            if job.next_run_time - now() > job.trigger.interval:
                job.modify(next_run_time=now())


async def _steadily(tick: Tick) -> None:
    """The next tick does what this one could not: nothing is kept in between but what is in the database."""
    try:
        await tick()
    except Exception as trouble:  # the outermost loop: one tick that fails must not be the last
        if has_met_another(trouble):
            log.info("tick_put_off", reason="another transaction was in its way")
        elif is_away(trouble):
            log.warning("the database is away", error=type(trouble).__name__)
        else:
            log.exception("tick_failed")


async def _until_stopped(tick: Tick) -> None:
    # Being cut short by the end of the process is no failure, which APScheduler would tell of with a traceback.
    with suppress(asyncio.CancelledError):
        await tick()
