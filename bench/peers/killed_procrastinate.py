"""procrastinate with a job for each message; ``rescue``: what a dead worker had in hand is begun again."""

import asyncio
import os
import sys

from procrastinate import App, PsycopgConnector
from procrastinate.schema import SchemaManager

from bench.databases import executed
from bench.peers.postgres import plain
from bench.peers.posting import AT_A_TIME, post

PROCESS = ("bench.peers.killed_procrastinate",)
# Without the rescue nobody ever comes for what a dead worker had in hand.
UNSETTLED = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'"
AGED = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
PUT = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args)
SELECT 'messages', 'post', json_build_object('number', i)::jsonb FROM generate_series(0, {count} - 1) AS i
"""


def put(url: str, count: int) -> None:
    executed(url, SchemaManager.get_schema(), PUT.format(count=count))


def age(url: str) -> None:
    executed(url, AGED)


async def main(*, rescues: bool) -> None:
    url = os.environ["DATABASE_URL"]  # noqa: TID251  # a process of its own
    app = App(connector=PsycopgConnector(conninfo=plain(url)))
    app.task(post, name="post")
    async with app.open_async():
        if rescues:
            for job in await app.job_manager.get_stalled_jobs():
                await app.job_manager.retry_job(job)
        await app.run_worker_async(concurrency=AT_A_TIME, install_signal_handlers=False)


if __name__ == "__main__":
    asyncio.run(main(rescues="rescue" in sys.argv))
