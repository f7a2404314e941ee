"""procrastinate's own worker with a task that does nothing."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.schema import SchemaManager

from bench.claiming import Ledger
from bench.databases import executed
from bench.peers.postgres import HANDS, plain

# Its triggers would wake workers that are not there.
QUIETLY = "SET session_replication_role = replica"
FILLED = """
INSERT INTO procrastinate_jobs (id, queue_name, task_name, scheduled_at)
SELECT i, 'reminders', 'remind', now() + interval '1 year' FROM generate_series(1, {waiting}) AS i
"""
GONE = "DELETE FROM procrastinate_jobs WHERE id % {apart} = 0"
DUE = """
INSERT INTO procrastinate_jobs (id, queue_name, task_name, scheduled_at)
SELECT i * {apart}, 'reminders', 'remind', now() FROM generate_series(1, {due}) AS i
"""


def fill(url: str, waiting: int) -> None:
    executed(url, SchemaManager.get_schema(), QUIETLY, FILLED.format(waiting=waiting))


def make_due(url: str, waiting: int, due: int) -> None:
    """Those of the last time go, finished or not; as many come in their places."""
    apart = waiting // due
    executed(url, GONE.format(apart=apart), QUIETLY, DUE.format(apart=apart, due=due))


@asynccontextmanager
async def opened(url: str, ledger: Ledger) -> AsyncIterator[Callable[[], Awaitable[object]]]:
    app = App(connector=PsycopgConnector(conninfo=plain(url)))

    async def remind(context: JobContext) -> None:
        ledger.take(str(context.job.id))
        ledger.finish(str(context.job.id))

    app.task(remind, name="remind", pass_context=True)
    async with app.open_async():
        yield partial(app.run_worker_async, wait=False, concurrency=HANDS, install_signal_handlers=False)
