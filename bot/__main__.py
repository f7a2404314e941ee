"""The command line: ``python -m bot run``, and what operators need beside it."""

import gc

gc.disable()  # what imports make stays: looking through it for garbage again and again takes a fifth of the start

import asyncio
import sys
from pathlib import Path

import click
import uvloop

from bot import app, failpoints, logs
from bot.app import WillNotStart
from bot.catalogue import loading
from bot.operating import backing_up, deliveries, personal_data
from bot.operating.terminal import refuse
from bot.operating.terminal import settings as settings_of
from bot.services import doctoring
from bot.settings import Part
from bot.store import migrating
from bot.store.away import STORE_AWAY
from bot.store.database import open_database

gc.freeze()
gc.enable()


@click.group(help="A Slack bot for the maturity of cloud cost management.")
def main() -> None:
    """Every command reads its settings from the environment."""


@main.command(help="Everything in one process; brings the database up to date first.")
def run() -> None:
    _serve(Part.RUN)


@main.command(help="The part that Slack talks to.")
def web() -> None:
    _serve(Part.WEB)


@main.command(help="The part that reminds and delivers.")
def worker() -> None:
    _serve(Part.WORKER)


@main.command(help="Brings the database up to date.")
def migrate() -> None:
    settings = settings_of(Part.STORE)
    failpoints.arm(settings.fault)
    try:
        asyncio.run(_migrate(settings.database_url))
    except migrating.TooNew as newer:
        refuse(str(newer))
    except STORE_AWAY as away:
        refuse(f"DATABASE_URL: the database cannot be reached ({type(away).__name__})")
    click.echo("The database is up to date.")


@main.command(help="Looks at settings, database and Slack, and says what is wrong.")
def doctor() -> None:
    settings = settings_of(Part.RUN)
    found = asyncio.run(doctoring.examine(settings.database_url, settings.slack_api_url, settings.slack_bot_token))
    for check in found:
        click.echo(f"{'ok     ' if check.problem is None else 'PROBLEM'}  {check.name}: {check.problem or check.fact}")
    sys.exit(any(check.problem for check in found))


@main.group(help="Model files: the questions, levels and action points.")
def model() -> None:
    """A model file is data; these commands judge it."""


@model.command(help="Lists everything that is wrong with a model file.")
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    flaws = loading.flaws(file)
    for flaw in flaws:
        click.echo(flaw)
    if flaws:
        click.echo(f"{len(flaws)} to put right.", err=True)
        sys.exit(1)
    click.echo(f"{file} is sound.")


for command in (deliveries.deliveries, backing_up.backup, personal_data.export, personal_data.erase):
    main.add_command(command)


def _serve(part: Part) -> None:
    settings = settings_of(part)
    logs.configure(settings.log_level)
    try:
        uvloop.run(app.serve(settings, part))
    except WillNotStart as reason:
        refuse(str(reason))


async def _migrate(url: str) -> None:
    db = open_database(url)
    try:
        await migrating.migrate(db)
    finally:
        await db.close()


if __name__ == "__main__":
    main()
