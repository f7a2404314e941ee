"""APScheduler 3.11 with a stored job for each reminder: what its documentation shows, and what many bots do."""

import asyncio
import pickle
from datetime import UTC, datetime, timedelta

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.util import datetime_to_utc_timestamp
from sqlalchemy import create_engine, insert, make_url, update

SOON, LATER = datetime(2026, 3, 2, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
SYNCHRONOUS = {"sqlite+aiosqlite": "sqlite", "postgresql+asyncpg": "postgresql+psycopg"}
AT_ONCE = 10_000

told: list[str] = []


async def remind(action: str) -> None:
    """Does nothing of what a bot would do: only what the scheduler itself costs is measured."""
    told.append(action)


class JobStore:
    """A scheduler whose ticks are called by hand, and whose jobs run on the event loop as they do in a bot."""

    def __init__(self, url: str, count: int) -> None:
        address = make_url(url)
        self._engine = create_engine(address.set(drivername=SYNCHRONOUS[address.drivername]))
        self._scheduler = AsyncIOScheduler(
            jobstores={"default": SQLAlchemyJobStore(engine=self._engine)},
            job_defaults={"misfire_grace_time": None, "coalesce": True},
            timezone=UTC,
        )
        self.count = count

    async def open(self) -> None:
        self._scheduler.start(paused=True)
        # One job as the scheduler writes it; the others are copies in bulk, which says nothing of how it adds jobs.
        job = self._scheduler.add_job(remind, "date", run_date=LATER, args=["first"], id="first")
        self._form = job.__getstate__()
        self._table = self._scheduler._jobstores["default"].jobs_t
        with self._engine.begin() as connection:
            for at in range(0, self.count, AT_ONCE):
                numbers = range(at, min(at + AT_ONCE, self.count))
                connection.execute(insert(self._table), [self._row(number, LATER) for number in numbers])

    def make_due(self, start: int, count: int) -> None:
        numbers = range(start, start + count)
        with self._engine.begin() as connection:
            for number in numbers:
                row = self._row(number, SOON)
                connection.execute(update(self._table).where(self._table.c.id == row.pop("id")).values(row))

    def add(self, count: int) -> None:
        """So many jobs in the places of those that are there, one by one, as a change of a due date asks for it."""
        for number in range(count):
            name = f"job-{number}"
            self._scheduler.add_job(remind, "date", run_date=LATER, args=[name], id=name, replace_existing=True)

    async def tick(self) -> int:
        """Until every job that is due has run."""
        told.clear()
        self._scheduler.state = 1  # running, but for its timer
        self._scheduler._process_jobs()
        self._scheduler._stop_timer()
        self._scheduler.state = 2
        await asyncio.gather(*self._scheduler._executors["default"]._pending_futures)
        return len(told)

    def close(self) -> None:
        self._scheduler.shutdown(wait=False)
        self._engine.dispose()

    def _row(self, number: int, at: datetime) -> dict[str, object]:
        name, due = f"job-{number}", at + timedelta(seconds=number)
        trigger = pickle.loads(pickle.dumps(self._form["trigger"]))
        trigger.run_date = due
        state = {**self._form, "id": name, "args": (name,), "trigger": trigger, "next_run_time": due}
        return {"id": name, "next_run_time": datetime_to_utc_timestamp(due), "job_state": pickle.dumps(state, 5)}
