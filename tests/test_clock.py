"""The clock ticks by UTC, drops nothing and keeps nothing."""

import asyncio
import contextlib
import itertools
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from structlog.testing import capture_logs

from bot import clock

CHANGES = [
    pytest.param(datetime(2026, 10, 25, 0, 0, tzinfo=UTC), id="Paris goes back"),
    pytest.param(datetime(2026, 11, 1, 5, 0, tzinfo=UTC), id="New York goes back"),
    pytest.param(datetime(2026, 9, 6, 3, 0, tzinfo=UTC), id="Santiago goes forward at midnight"),
    pytest.param(datetime(2026, 4, 23, 21, 0, tzinfo=UTC), id="Cairo goes forward at midnight"),
    pytest.param(datetime(2026, 10, 3, 14, 0, tzinfo=UTC), id="Lord Howe goes forward by half an hour"),
    pytest.param(datetime(2026, 5, 1, 0, 0, tzinfo=UTC), id="a day in Kathmandu"),
]


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  # the tests' own reader: APScheduler goes by the machine's clock


async def never() -> None:
    raise AssertionError("not in this test")


@pytest.fixture
async def ticking() -> AsyncIOScheduler:
    return clock.ticking({"plan": (60, never)}, datetime(2100, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("start", CHANGES)
async def test_t14_ticks_are_as_many_as_minutes_whatever_local_clocks_do(
    ticking: AsyncIOScheduler, start: datetime
) -> None:
    trigger = ticking.get_job("plan").trigger
    at, fired = start, []
    while at < start + timedelta(hours=4):
        at = trigger.get_next_fire_time(at, at)
        fired.append(at)
    ticking.shutdown(wait=False)
    assert len(fired) == 240
    assert {later - earlier for earlier, later in itertools.pairwise(fired)} == {timedelta(minutes=1)}


async def test_a_late_tick_is_made_up_for_once(ticking: AsyncIOScheduler) -> None:
    job = ticking.get_job("plan")
    ticking.shutdown(wait=False)
    assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
    assert str(ticking.timezone) == "UTC"


async def test_the_first_tick_comes_at_once() -> None:
    ticked = asyncio.Event()

    async def tick() -> None:
        ticked.set()

    running = clock.ticking({"plan": (3600, tick)}, datetime(2000, 1, 1, tzinfo=UTC))
    async with asyncio.timeout(5):
        await ticked.wait()
    running.shutdown(wait=False)


async def test_f13_set_back_by_an_hour_the_clock_goes_on_ticking() -> None:
    """It is as if the ticks had been started when it was an hour later."""
    ticked = asyncio.Event()

    async def tick() -> None:
        ticked.set()

    running = clock.ticking({"plan": (60, tick)}, now() + timedelta(hours=1))
    keeping = asyncio.create_task(clock.on_time(running, now))
    async with asyncio.timeout(10):
        await ticked.wait()
    keeping.cancel()
    running.shutdown(wait=False)


async def test_what_is_not_due_is_left_where_it_is() -> None:
    at = now() + timedelta(seconds=50)
    running = clock.ticking({"plan": (60, never)}, at)
    keeping = asyncio.create_task(clock.on_time(running, now))
    await asyncio.sleep(
        clock.LOOK_SECONDS * 1.5
    )  # it has been looked at by then: nothing else would show that it was left
    assert running.get_job("plan").next_run_time == at
    keeping.cancel()
    running.shutdown(wait=False)


class Deadlock(Exception):
    sqlstate = "40P01"


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        pytest.param(RuntimeError("once"), "tick_failed", id="a mistake of ours"),
        pytest.param(ProgrammingError("SELECT", {}, Exception("no such column")), "tick_failed", id="one of a query"),
        pytest.param(OperationalError("SELECT", {}, Exception("gone")), "the database is away", id="no database"),
        pytest.param(DBAPIError("UPDATE", {}, Deadlock()), "tick_put_off", id="a deadlock"),
    ],
)
async def test_one_tick_that_fails_is_told_of_and_is_not_the_last(trouble: Exception, told: str) -> None:
    alarm, failed, again = clock.Alarm(lambda: datetime(2026, 3, 2, tzinfo=UTC)), asyncio.Event(), asyncio.Event()

    async def tick() -> None:
        if not failed.is_set():
            failed.set()
            raise trouble
        again.set()

    with capture_logs() as logs:
        answering = asyncio.create_task(alarm.answered(tick))
        alarm.ring()
        async with asyncio.timeout(5):
            await failed.wait()
            alarm.ring()
            await again.wait()
    answering.cancel()
    assert [said["event"] for said in logs] == [told]


@pytest.mark.parametrize(("seconds", "rings"), [(0.01, True), (-5, True), (2, False)])
async def test_an_alarm_that_is_set_rings_unless_the_next_tick_comes_first(seconds: float, rings: bool) -> None:
    now, ticked = datetime(2026, 3, 2, tzinfo=UTC), asyncio.Event()

    async def tick() -> None:
        ticked.set()

    alarm = clock.Alarm(lambda: now)
    answering = asyncio.create_task(alarm.answered(tick))
    alarm.ring_at(now + timedelta(seconds=seconds))
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(5 if rings else 0.1):
            await ticked.wait()
    answering.cancel()
    assert ticked.is_set() is rings
