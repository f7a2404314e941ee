"""procrastinate's own worker with a task that does nothing."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

import psycopg
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.schema import SchemaManager

from bench.claiming import Ledger
from bench.peers.postgres import HANDS, plain

# Written beside its triggers, which would wake workers that are not there.
FILLED = """
INSERT INTO procrastinate_jobs (id, queue_name, task_name, scheduled_at)
SELECT i, 'reminders', 'remind', now() + interval '1 year' FROM generate_series(1, %s) AS i
"""
GONE = "DELETE FROM procrastinate_jobs WHERE id %% %s = 0"
DUE = """
INSERT INTO procrastinate_jobs (id, queue_name, task_name, scheduled_at)
SELECT i * %s, 'reminders', 'remind', now() FROM generate_series(1, %s) AS i
"""


def fill(url: str, waiting: int) -> None:
    with psycopg.connect(plain(url)) as connection:
        connection.execute(SchemaManager.get_schema())
        connection.execute("SET session_replication_role = replica")
        connection.execute(FILLED, [waiting])


def make_due(url: str, waiting: int, due: int) -> None:
    """Those of the last time go, finished or not; as many come in their places."""
    apart = waiting // due
    with psycopg.connect(plain(url)) as connection:
        connection.execute(GONE, [apart])
        connection.execute("SET session_replication_role = replica")
        connection.execute(DUE, [apart, due])


@asynccontextmanager
async def opened(url: str, ledger: Ledger) -> AsyncIterator[Callable[[], Awaitable[object]]]:
    app = App(connector=PsycopgConnector(conninfo=plain(url)))

    async def remind(context: JobContext) -> None:
        ledger.take(str(context.job.id))
        ledger.finish(str(context.job.id))

    app.task(remind, name="remind", pass_context=True)
    async with app.open_async():
        yield partial(app.run_worker_async, wait=False, concurrency=HANDS, install_signal_handlers=False)
