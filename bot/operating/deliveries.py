"""``python -m bot deliveries``: what could not be said, and what an operator does about it."""

from collections.abc import Sequence
from datetime import datetime

import click

from bot import logs
from bot.app import utc_now
from bot.domain.audited import OPERATOR
from bot.domain.delivery import DeliveryState
from bot.operating.terminal import on_database, refuse
from bot.services import redriving
from bot.store import backlog
from bot.store.backlog import Dossier
from bot.store.database import Database
from bot.store.failures import GIVEN_UP

ANY = "any"
COLUMNS = "{:36}  {:19}  {:10}  {:16}  {:>8}  {:12}  {}"
MOST = 10_000


@click.group(help="Messages that are owed: those that failed, to look at and to send once more.")
def deliveries() -> None:
    """Their words are drawn when they are sent: there are none to show."""


@deliveries.command("list", help="The latest first. Without --state: dead, ambiguous and expired ones.")
@click.option("--state", type=click.Choice([*(state.value for state in DeliveryState), ANY]))
@click.option("--limit", type=click.IntRange(1, MOST), default=50, show_default=True)
def list_(state: str | None, limit: int) -> None:
    states = {None: GIVEN_UP, ANY: tuple(DeliveryState)}.get(state) or (DeliveryState(state or ""),)

    async def listed(db: Database) -> Sequence[Dossier]:
        async with db.read_for_all() as tx:
            return await backlog.latest(tx, states, limit)

    found = on_database(listed)
    if found:
        click.echo(COLUMNS.format("ID", "TIME (UTC)", "STATE", "KIND", "ATTEMPTS", "WORKSPACE", "REASON"))
    for one in found:
        at = _instant(one.settled_at or one.created_at)
        workspace, envelope = logs.hashed(one.envelope.tenant), one.envelope
        row = (envelope.id, at, one.state, envelope.kind, envelope.attempts, workspace, one.reason or "-")
        click.echo(COLUMNS.format(*row))
    if not found:
        click.echo("There are none.")


@deliveries.command(help="Everything that is known about one. ID: as it begins.")
@click.argument("id_")
def show(id_: str) -> None:
    async def looked_up(db: Database) -> Dossier:
        return await _meant(db, id_)

    one = on_database(looked_up)
    envelope = one.envelope
    for name, value in {
        "id": envelope.id,
        "workspace": logs.hashed(envelope.tenant),
        "kind": envelope.kind,
        "subject": envelope.subject,
        "channel": envelope.channel,
        "state": one.state,
        "reason": one.reason,
        "attempts": envelope.attempts,
        "waits": one.waits,
        "crashes": one.crashes,
        "created": _instant(one.created_at),
        "due": _instant(one.not_before),
        "last tried": _instant(one.attempted_at),
        "settled": _instant(one.settled_at),
        "to be looked for since": _instant(one.look_since),
    }.items():
        click.echo(f"{name + ':':24}{'-' if value is None else value}")


@deliveries.command(help="Sends a dead, ambiguous or expired one once more; looked for first where it may be visible.")
@click.argument("id_")
def requeue(id_: str) -> None:
    async def again(db: Database) -> Dossier:
        one, now = await _meant(db, id_), utc_now()
        async with db.begin(one.envelope.tenant) as tx:
            if not await redriving.requeue(tx, one.envelope.id, one.envelope.key, OPERATOR, now):
                refuse(f"{one.envelope.id} is {one.state}: only dead, ambiguous and expired ones are sent once more")
        return one

    click.echo(f"{on_database(again).envelope.id} is pending again.")


@deliveries.command(help="Takes back one that is pending.")
@click.argument("id_")
def cancel(id_: str) -> None:
    async def taken_back(db: Database) -> Dossier:
        one, now = await _meant(db, id_), utc_now()
        async with db.begin(one.envelope.tenant) as tx:
            if not await redriving.cancel(tx, one.envelope.id, OPERATOR, now):
                refuse(f"{one.envelope.id} is {one.state}: only a pending one can be cancelled")
        return one

    click.echo(f"{on_database(taken_back).envelope.id} is cancelled.")


@deliveries.command(help="After a restore: whatever waits is looked for in Slack before it is said.")
@click.option("--since", required=True, type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]), help="When the backup was made.")
def recheck(since: datetime) -> None:
    async def doubted(db: Database) -> int:
        async with db.begin_for_all() as tx:
            return await backlog.doubt_all(tx, since)

    click.echo(f"{on_database(doubted)} to be looked for.")


async def _meant(db: Database, start: str) -> Dossier:
    async with db.read_for_all() as tx:
        found = await backlog.beginning_with(tx, start, at_most=2)
    if not found:
        refuse(f"there is no delivery whose id begins with {start}")
    if len(found) > 1:
        refuse(f"several deliveries have an id that begins with {start}: give more of it")
    return found[0]


def _instant(at: datetime | None) -> str | None:
    return f"{at:%Y-%m-%d %H:%M:%S}" if at else None
