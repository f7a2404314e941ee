"""pgqueuer with a job for each message; what a dead worker had in hand is taken again once its heartbeat is old."""

import asyncio
import os

import asyncpg
from pgqueuer import Job, PgQueuer

from bench.databases import executed
from bench.peers.claims_pgqueuer import install
from bench.peers.postgres import plain
from bench.peers.posting import AT_A_TIME, post

PROCESS = ("bench.peers.killed_pgqueuer",)
UNSETTLED = "SELECT count(*) FROM pgqueuer"
AGED = "UPDATE pgqueuer SET heartbeat = now() - interval '1 hour' WHERE status = 'picked'"
PUT = """
INSERT INTO pgqueuer (priority, status, entrypoint, payload)
SELECT 0, 'queued', 'post', i::text::bytea FROM generate_series(0, {count} - 1) AS i
"""


def put(url: str, count: int) -> None:
    install(url)
    executed(url, PUT.format(count=count))


def age(url: str) -> None:
    executed(url, AGED)


async def posted(job: Job) -> None:
    await post(int(job.payload or b"0"))


async def main() -> None:
    connection = await asyncpg.connect(plain(os.environ["DATABASE_URL"]))  # noqa: TID251  # a process of its own
    bot = PgQueuer.from_asyncpg_connection(connection)
    bot.entrypoint("post")(posted)
    await bot.run(batch_size=AT_A_TIME)


if __name__ == "__main__":
    asyncio.run(main())
