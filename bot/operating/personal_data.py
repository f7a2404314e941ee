"""``python -m bot export`` and ``erase``: what is kept of somebody, taken along or taken away."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bot.app import utc_now
from bot.catalogue import loading
from bot.domain.audited import OPERATOR, Audited
from bot.domain.commands import ExportFormat
from bot.domain.ids import TenantId, UserId
from bot.domain.teams import Team
from bot.operating.terminal import on_database, refuse
from bot.services import erasing, exporting
from bot.services.erasing import Erased
from bot.store import audits, compacting, teams, tenants
from bot.store.database import Database, Transaction

MOST_TEAMS = 10_000
STANDARD_OUTPUT = Path("-")


@click.command(help="Writes action points and assessments as JSON to a new FILE, or to standard output (-).")
@click.option("--tenant", required=True, help="Slack's id of the workspace or organisation.")
@click.option("--team", help="Only this team: its id, its channel's id or its name.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
def export(tenant: str, team: str | None, file: Path) -> None:
    whose = TenantId(tenant)

    async def written(db: Database) -> bytes:
        await _known(db, whose)
        now = utc_now()
        async with db.read(whose) as tx:
            chosen = await _chosen(tx, team)
            collected = await exporting.of_teams(tx, loading.published(), chosen, None, now)
        async with db.begin(whose) as tx:
            await audits.note(tx, OPERATOR, Audited.EXPORTED, collected.subject, now)
        (made,) = exporting.files(collected, ExportFormat.JSON, whose)
        return made.content

    content = on_database(written)
    if file == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content + b"\n")
        return
    try:
        with file.open("xb") as new:
            new.write(content)
    except OSError as trouble:
        refuse(f"{file} cannot be written ({trouble.strerror})")
    click.echo(f"{file}: {len(content)} bytes.")


@click.command(help="Erases a person, a team or a whole workspace for good.")
@click.option("--tenant", required=True, help="Slack's id of the workspace or organisation.")
@click.option("--team", help="Only this team: its id, its channel's id or its name.")
@click.option("--person", help="Only this person: Slack's id.")
@click.option("--yes", is_flag=True, help="Really: it cannot be taken back.")
def erase(tenant: str, team: str | None, person: str | None, yes: bool) -> None:
    if team and person:
        refuse("either --team or --person, not both")
    whose, whom = TenantId(tenant), " ".join(part for part in (tenant, team, person) if part)
    if not yes:
        refuse(f"this erases {whom} for good: add --yes if that is meant; nothing was erased")

    async def erased(db: Database) -> tuple[Erased, bool]:
        gone = await _erased(db, whose, team, person)
        return gone, await compacting.compact(db)

    gone, is_compact = on_database(erased)
    for table, rows in sorted(gone.items()):
        click.echo(f"{table:14}{rows}")
    click.echo(f"{gone.total()} rows erased or made nameless.")
    if not is_compact:
        refuse("the file still holds their bytes, for others are at work on it: stop the bot and do the same once more")


async def _erased(db: Database, tenant: TenantId, team: str | None, person: str | None) -> Erased:
    if person is not None:
        await _known(db, tenant)
        return await erasing.person(db, tenant, UserId(person), OPERATOR, utc_now)
    if team is not None:
        await _known(db, tenant)
        async with db.read(tenant) as tx:
            (chosen,) = await _chosen(tx, team)
        return await erasing.team(db, tenant, chosen.id, OPERATOR, utc_now)
    return await erasing.workspace(db, tenant, OPERATOR, utc_now)


async def _known(db: Database, tenant: TenantId) -> None:
    async with db.read_for_all() as everywhere:
        if await tenants.of(everywhere, tenant) is None:
            refuse(f"the bot is not installed in {tenant}")


async def _chosen(tx: Transaction, wanted: str | None) -> Sequence[Team]:
    every = await teams.every(tx, MOST_TEAMS)
    if wanted is None:
        return every
    found = [team for team in every if wanted in (team.id, team.place.channel)]
    found = found or [team for team in every if team.name.lower() == wanted.lower()]
    if not found:
        refuse(f"there is no team {wanted}")
    if len(found) > 1:
        refuse(f"several teams are called {wanted}: give an id: {', '.join(team.id for team in found)}")
    return found
