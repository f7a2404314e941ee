"""The App Home: what needs a person, and the teams that they have a part in."""

from collections.abc import Sequence
from datetime import datetime

from bot.catalogue.loading import Models
from bot.domain.ids import TeamId, UserId
from bot.domain.teams import Team
from bot.services import calendars, reporting
from bot.store import actions, assessments, teams
from bot.store.database import Transaction
from bot.views.home import MOST_TEAMS, HomeFacts, OwnAction, TeamLine

ACTIONS_READ = 50


async def home(tx: Transaction, models: Models, user: UserId, now: datetime) -> HomeFacts:
    """Only what the person takes part in: no team that they could not see otherwise."""
    own = await actions.open_of_owner(tx, user, ACTIONS_READ)
    shown = await teams.of_person(tx, user, MOST_TEAMS + 1)
    names = await _names(tx, shown, [action.team for action in own])
    calendar = await calendars.of_owner(tx, user, None, now)
    return HomeFacts(
        today=calendar.local_date(now),
        actions=[OwnAction(action, names[action.team]) for action in own],
        open_in_all=len(own),
        teams=[await _line(tx, models, team) for team in shown],
    )


async def _names(tx: Transaction, known: Sequence[Team], wanted: Sequence[str]) -> dict[str, str]:
    names: dict[str, str] = {team.id: team.name for team in known}
    for team in set(wanted) - names.keys():
        names[team] = (await teams.by_id(tx, TeamId(team))).name
    return names


async def _line(tx: Transaction, models: Models, team: Team) -> TeamLine:
    closed = await assessments.last_closed(tx, team.id)
    return TeamLine(
        id=team.id,
        name=team.name,
        stage=closed.stage if closed else None,
        provisional=closed.is_provisional if closed else False,
        assessed_on=closed.closed_at.date() if closed and closed.closed_at else None,
        next_on=await reporting.next_assessment(tx, models.version(closed.model_version), closed) if closed else None,
        open_actions=await actions.count_open(tx, team.id),
        has_draft=await assessments.draft_of(tx, team.id) is not None,
    )
