"""What the commands of an operator share: settings, an open database, and one clear line where something is wrong."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import NoReturn, TypeVar

import click

from bot import app
from bot.app import WillNotStart
from bot.settings import Misconfigured, Part, Settings, from_environment
from bot.store.away import STORE_AWAY
from bot.store.database import Database, open_database

T = TypeVar("T")


def settings(part: Part) -> Settings:
    try:
        return from_environment(part)
    except Misconfigured as wrong:
        refuse(*wrong.problems)


def refuse(*lines: str) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(2)


def on_database(work: Callable[[Database], Awaitable[T]]) -> T:
    """Does it on the database of the settings, which has to be up to date."""
    url = settings(Part.STORE).database_url
    try:
        return asyncio.run(_work(url, work))
    except WillNotStart as reason:
        refuse(str(reason))
    except STORE_AWAY as away:
        refuse(f"DATABASE_URL: the database cannot be reached ({type(away).__name__})")


async def _work(url: str, work: Callable[[Database], Awaitable[T]]) -> T:
    db = open_database(url)
    try:
        await app.ready_to_use(db, migrates=False)
        return await work(db)
    finally:
        await db.close()
