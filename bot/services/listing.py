"""Lists of action points, for one person's eyes: nothing of a team that they may not see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.catalogue.loading import Models
from bot.domain import board as boards
from bot.domain.actions import ActionPoint
from bot.domain.board import Page
from bot.domain.commands import Order, OwnedBy, Which
from bot.domain.ids import CatalogueId, TeamId, UserId
from bot.domain.model import MaturityModel
from bot.domain.points import FIND
from bot.domain.teams import Team
from bot.services import calendars, visibility
from bot.services.deciding import By
from bot.store import actions, board, teams
from bot.store.database import Transaction

MOST = 500  # action points that a list is made of
MOST_TEAMS = 200


@dataclass(frozen=True, slots=True)
class Query:
    """``team``: None for all that the person may see, or takes part in."""

    which: Which
    team: TeamId | None = None
    by: OwnedBy | Order | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    page: Page
    teams: Mapping[TeamId, Team]
    today: date  # of the person who looks
    is_lead: bool  # of the one team that it is about


async def listed(tx: Transaction, models: Models, query: Query, number: int, by: By) -> Listed:
    seen = {team.id: team for team in await _teams(tx, query, by)}
    today = (await calendars.of_owner(tx, by.user, None, by.now)).local_date(by.now)
    found = boards.shown(query.which, await _found(tx, query, list(seen), by.user), today)
    if isinstance(query.by, OwnedBy):
        found = [action for action in found if action.owner == query.by.user]
    page = _page(models.latest, query, found, number, today)
    of = {action.team for group in page.groups for action in group.actions}
    known = seen | {team: await teams.by_id(tx, team) for team in of - seen.keys()}
    return Listed(page, known, today, _leads(query, seen, by.user))


async def _teams(tx: Transaction, query: Query, by: By) -> Sequence[Team]:
    if query.team is not None:
        team = await teams.found(tx, query.team)
        return [team] if team and await visibility.may_see(tx, team, by.user, by.here) else []
    own = await teams.of_person(tx, by.user, MOST_TEAMS)
    if query.which is not Which.ALL:
        return own
    return [*own, *await teams.visible_to(tx, by.user, MOST_TEAMS)]


async def _found(tx: Transaction, query: Query, seen: Sequence[TeamId], user: UserId) -> Sequence[ActionPoint]:
    if query.which is Which.MINE:
        own = await actions.open_of_owner(tx, user, MOST)
        return [action for action in own if query.team in (None, action.team)]
    everything = query.which is Which.ALL and query.team is not None
    return await board.of_teams(tx, seen, MOST, with_closed=everything)


def _page(model: MaturityModel, query: Query, found: Sequence[ActionPoint], number: int, today: date) -> Page:
    if query.by is not Order.STEP:
        return boards.page(found, lambda action: boards.by_due(action, today), boards.BY_DUE, number)
    steps = _steps(model)
    order = [*(step.title for step in model.steps), boards.OTHER]
    return boards.page(found, lambda action: boards.step_of(steps, action), order, number)


def _steps(model: MaturityModel) -> Mapping[CatalogueId, str]:
    """The step of each action point that the model proposes, and of each answer that is to be found out."""
    asked = {f"{FIND}{question.id}": step for step in model.steps for question in step.questions}
    measured = {f"{FIND}{benchmark.id}": model.step(benchmark.step) for benchmark in model.benchmarks}
    found_out = {CatalogueId(name): step.title for name, step in (asked | measured).items()}
    return found_out | {action.id: model.step(action.step).title for action in model.actions}


def _leads(query: Query, seen: Mapping[TeamId, Team], user: UserId) -> bool:
    return query.team in seen and query.team is not None and seen[query.team].lead == user
