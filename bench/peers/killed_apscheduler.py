"""APScheduler 3 with a stored job for each message."""

import asyncio
import os
from datetime import UTC, datetime

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bench.peers.postgres import plain
from bench.peers.posting import post

PROCESS = ("bench.peers.killed_apscheduler",)
UNSETTLED = "SELECT count(*) FROM apscheduler_jobs"
LONG_AGO = datetime(2026, 3, 2, tzinfo=UTC)


def scheduler(url: str) -> AsyncIOScheduler:
    store = SQLAlchemyJobStore(url=plain(url).replace("postgresql:", "postgresql+psycopg:"))
    defaults = {"misfire_grace_time": None, "coalesce": True}
    return AsyncIOScheduler(jobstores={"default": store}, job_defaults=defaults, timezone=UTC)


def put(url: str, count: int) -> None:
    asyncio.run(_put(url, count))


def age(url: str) -> None:
    """There is nothing that would have to run out: a job is gone as soon as it has begun."""


async def _put(url: str, count: int) -> None:
    jobs = scheduler(url)
    jobs.start(paused=True)
    for number in range(count):
        jobs.add_job(post, "date", run_date=LONG_AGO, args=[number], id=str(number))
    jobs.shutdown(wait=False)


async def main() -> None:
    scheduler(os.environ["DATABASE_URL"]).start()  # noqa: TID251  # a process of its own
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
