"""What is open in a team, for those who may see it."""

from bot.domain.actions import ActionPoint
from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.teams import Team
from bot.store import actions, members, teams
from bot.store.database import Transaction


async def open_points(
    tx: Transaction, team_id: TeamId, user: UserId, where: ChannelId | None
) -> tuple[Team, tuple[ActionPoint, ...]] | None:
    """None: no such team, or not theirs to see. ``where``: who reads a private channel may see what is its own."""
    team = await teams.found(tx, team_id)
    if team is None:
        return None
    open_to_all = not team.place.is_private or where == team.place.channel
    if not (open_to_all or await members.belongs(tx, team.id, user)):
        return None
    return team, tuple(await actions.still_open(tx, team.id))
