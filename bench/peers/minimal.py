"""The least that a bot of Bolt, SQLAlchemy and APScheduler can be: a command, a tick, a database and ``/readyz``."""

import asyncio
import os

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bench.peers.serving import serve


async def nothing() -> None:
    pass


async def answer(ack: AsyncAck) -> None:
    await ack()


async def main() -> None:
    settings = os.environ  # noqa: TID251  # a process of its own
    engine = create_async_engine(settings["DATABASE_URL"])
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
    app = AsyncApp(token=settings["SLACK_BOT_TOKEN"], signing_secret=settings["SLACK_SIGNING_SECRET"])
    app.command("/finops-assess")(answer)
    app.view("step")(answer)
    clock = AsyncIOScheduler()
    clock.add_job(nothing, "interval", seconds=60)
    clock.start()
    await serve(app, settings)


if __name__ == "__main__":
    asyncio.run(main())
