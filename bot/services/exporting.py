"""Figures to take along: whose they may be, what is in them, and the files that they become."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import assert_never

from bot.catalogue.loading import Models
from bot.domain.actions import ActionPoint
from bot.domain.assessment import Assessment
from bot.domain.commands import ExportFormat
from bot.domain.exported import Exported, ExportedAction, ExportedAssessment, ExportedFile
from bot.domain.ids import TenantId, UserId
from bot.domain.results import Rated
from bot.domain.teams import Team
from bot.exports import document, due_dates, sheets
from bot.services import rights, weighing
from bot.store import actions, members, outcomes, teams
from bot.store.database import Transaction

OF_A_PERSON = 1000  # action points


@dataclass(frozen=True, slots=True)
class Collected:
    """What goes into the files, and what they are called after."""

    of: str  # a part of the files' names
    subject: str  # the id of whose it is: a team, a person, or the whole workspace
    exported: Exported


async def may_take(tx: Transaction, team: Team, user: UserId, now: datetime) -> bool:
    """Its members, and admins of the workspace."""
    return await members.belongs(tx, team.id, user) or await rights.is_admin(tx, user, now)


async def of_teams(
    tx: Transaction, models: Models, chosen: Sequence[Team], since: date | None, now: datetime
) -> Collected:
    found = [ExportedAction(team.name, action) for team in chosen for action in await actions.of_team(tx, team.id)]
    results = [
        await _assessment(tx, models, team, closed)
        for team in chosen
        for closed in await outcomes.closed_of(tx, team.id)
        if _is_since(closed.closed_at, since)
    ]
    wanted = tuple(row for row in found if _concerns(row.action, since))
    name = _plain(chosen[0].name) if len(chosen) == 1 else "all-teams"
    return Collected(name, _subject(tx, chosen), Exported(now, since, wanted, tuple(results)))


async def due_of_teams(tx: Transaction, chosen: Sequence[Team], now: datetime) -> Collected:
    found = [ExportedAction(team.name, action) for team in chosen for action in await actions.still_open(tx, team.id)]
    name = _plain(chosen[0].name) if len(chosen) == 1 else "all-teams"
    return Collected(name, _subject(tx, chosen), Exported(now, None, tuple(found)))


async def due_of_person(tx: Transaction, user: UserId, now: datetime) -> Collected:
    own = await actions.open_of_owner(tx, user, OF_A_PERSON)
    names = {team: (await teams.by_id(tx, team)).name for team in {action.team for action in own}}
    found = tuple(ExportedAction(names[own.team], own) for own in own)
    return Collected("mine", user, Exported(now, None, found))


def files(collected: Collected, form: ExportFormat, tenant: TenantId) -> list[ExportedFile]:
    exported, day = collected.exported, collected.exported.made_at.date()
    match form:
        case ExportFormat.CSV:
            return [
                ExportedFile(f"finops-{collected.of}-actions-{day}.csv", "Action points", sheets.actions(exported)),
                ExportedFile(
                    f"finops-{collected.of}-assessments-{day}.csv", "Assessments", sheets.assessments(exported)
                ),
            ]
        case ExportFormat.JSON:
            title = "Action points and assessments"
            return [ExportedFile(f"finops-{collected.of}-{day}.json", title, document.build(exported))]
        case ExportFormat.ICS:
            content = due_dates.build(exported, tenant)
            return [ExportedFile(f"finops-{collected.of}-{day}.ics", "Due dates for a calendar", content)]
        case _:
            assert_never(form)


def _subject(tx: Transaction, chosen: Sequence[Team]) -> str:
    return chosen[0].id if len(chosen) == 1 else tx.tenant


async def _assessment(tx: Transaction, models: Models, team: Team, closed: Assessment) -> ExportedAssessment:
    weighed = await weighing.weigh(tx, models, closed)
    assert closed.closed_at is not None  # it is closed
    return ExportedAssessment(
        team=team.name,
        finished_at=closed.closed_at,
        version=closed.model_version,
        form=closed.form,
        scope=closed.scope,
        respondents=len(weighed.respondents),
        corrected=closed.first_closed_at is not None,
        stage=closed.stage,
        provisional=closed.is_provisional,
        index=closed.index,
        steps={step.step: step.level if isinstance(step, Rated) else None for step in weighed.result.steps},
    )


def _concerns(action: ActionPoint, since: date | None) -> bool:
    """Open, or agreed on, decided about or closed since then."""
    moved = (action.decided_at, action.closed_at)
    return not action.state.closed or any(_is_since(at, since) for at in moved)


def _is_since(at: datetime | None, since: date | None) -> bool:
    if since is None:
        return True
    return at is not None and at >= datetime.combine(since, time.min, UTC)


def _plain(name: str) -> str:
    """A team's name as far as it can stand in the name of a file."""
    kept = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name.lower())
    return "-".join(part for part in kept.split("-") if part)[:40] or "team"
