"""What a team's lead has chosen, put where it is kept: the forms in which it is chosen have tests of their own."""

from dataclasses import replace
from typing import Any

from bot.domain.ids import ChannelId, TenantId
from bot.domain.teams import Team
from bot.services import rhythm
from bot.store import choices, teams
from tests.flows.world import World


def tenant_of(world: World) -> TenantId:
    return TenantId(world.slack.workspace.team_id)


async def choose(world: World, channel: str = "C_PAY", **chosen: Any) -> None:
    async with world.db.begin(tenant_of(world)) as tx:
        team = await teams.of_channel(tx, ChannelId(channel))
        assert team is not None
        await choices.choose_for_team(tx, team.id, replace(await choices.of_team(tx, team.id), **chosen))
        await rhythm.replan_team(tx, team, world.now())


async def team_of(world: World, channel: str = "C_PAY") -> Team:
    async with world.db.read(tenant_of(world)) as tx:
        team = await teams.of_channel(tx, ChannelId(channel))
    assert team is not None
    return team
