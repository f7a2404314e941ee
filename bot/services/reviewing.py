"""What is open in a team, for those who may see it."""

from bot.domain.actions import ActionPoint
from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.teams import Team
from bot.services import visibility
from bot.store import actions, teams
from bot.store.database import Transaction


async def open_points(
    tx: Transaction, team_id: TeamId, user: UserId, where: ChannelId | None
) -> tuple[Team, tuple[ActionPoint, ...]] | None:
    """None: no such team, or not theirs to see. ``where``: who reads a private channel may see what is its own."""
    team = await teams.found(tx, team_id)
    if team is None or not await visibility.may_see(tx, team, user, where):
        return None
    return team, tuple(await actions.still_open(tx, team.id))
