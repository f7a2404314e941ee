"""pgqueuer's own worker with an entrypoint that does nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

import asyncpg
from pgqueuer import Job, PgQueuer
from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries

from bench.claiming import Ledger
from bench.databases import executed
from bench.peers.postgres import HANDS, plain

# Its triggers would wake workers that are not there.
QUIETLY = "SET session_replication_role = replica"
FILLED = """
INSERT INTO pgqueuer (id, priority, status, entrypoint, execute_after)
SELECT i, 0, 'queued', 'remind', now() + interval '1 year' FROM generate_series(1, {waiting}) AS i
"""
GONE = "DELETE FROM pgqueuer WHERE id % {apart} = 0"
DUE = """
INSERT INTO pgqueuer (id, priority, status, entrypoint, execute_after)
SELECT i * {apart}, 0, 'queued', 'remind', now() FROM generate_series(1, {due}) AS i
"""


def install(url: str) -> None:
    asyncio.run(_installed(url))


def fill(url: str, waiting: int) -> None:
    install(url)
    executed(url, QUIETLY, FILLED.format(waiting=waiting))


def make_due(url: str, waiting: int, due: int) -> None:
    """Those of the last time go, if they have not gone by themselves; as many come in their places."""
    apart = waiting // due
    executed(url, QUIETLY, GONE.format(apart=apart), DUE.format(apart=apart, due=due))


@asynccontextmanager
async def opened(url: str, ledger: Ledger) -> AsyncIterator[Callable[[], Awaitable[object]]]:
    connection = await asyncpg.connect(plain(url))
    try:
        bot = PgQueuer.from_asyncpg_connection(connection)

        async def remind(job: Job) -> None:
            ledger.take(str(job.id))
            ledger.finish(str(job.id))

        bot.entrypoint("remind")(remind)
        yield partial(bot.run, batch_size=HANDS)
    finally:
        await connection.close()


async def _installed(url: str) -> None:
    connection = await asyncpg.connect(plain(url))
    try:
        await Queries(AsyncpgDriver(connection)).install()
    finally:
        await connection.close()
