"""Everybody who may want something of a team that only its own people see."""

from datetime import date
from itertools import count
from typing import Any

from bot.domain.actions import ActionPoint
from bot.domain.ids import ActionId, ChannelId, UserId
from bot.domain.preferences import Role as OurRole
from bot.domain.teams import Team
from bot.store import members, people, teams
from bot.store.database import Transaction
from sandbox.values import Role, User
from tests.door.setting import HERE
from tests.flows.world import World
from tests.rights.ways import Ways
from tests.store.builders import a_draft, a_team, put_action

SECRETS, WEB = ChannelId("G_SEC"), ChannelId("C_WEB")
LEAD, OWNER, MEMBER, ADMIN = UserId("U_BEN"), UserId("U_CHI"), UserId("U_MEM"), UserId("U_ADM")
OTHER, GUEST, GONE, ROBOT, EXTERNAL = (UserId(name) for name in ("U_OTH", "U_EVE", "U_GONE", "U_ROB", "U_XAV"))
NEW, SECOND = UserId("U_NEW"), UserId("U_SEC")  # whom others are given, or taken
CANARY = "Canary"
_NUMBERS = count(1)

# Where each of them speaks: only the team's own people, and admins, are in its channel.
PLACES = {LEAD: SECRETS, OWNER: SECRETS, MEMBER: SECRETS, ADMIN: SECRETS} | {
    GUEST: SECRETS, GONE: SECRETS, ROBOT: SECRETS, EXTERNAL: SECRETS, OTHER: WEB,
}  # fmt: skip


async def gathered(world: World) -> Team:
    """Ben's team; Chi owns, Mem was added, Adm is an admin here, Oth leads another team."""
    newcomers = [User(user, user.lower()) for user in (MEMBER, ADMIN, OTHER, NEW, SECOND)]
    world.slack.workspace.add(*newcomers, User(ROBOT, "robot", role=Role.BOT))
    async with world.db.begin(HERE) as tx:
        for user in (LEAD, OWNER, MEMBER, ADMIN, OTHER, NEW, SECOND):
            await _known(world, tx, user)
        await _known(world, tx, GUEST, is_member=False)
        await _known(world, tx, EXTERNAL, is_member=False)
        await _known(world, tx, GONE, is_active=False)
        await _known(world, tx, ROBOT, is_active=False)
        team = await a_team(tx, SECRETS, LEAD, private=True)
        await a_team(tx, WEB, OTHER)
        for user in (MEMBER, SECOND, GUEST, GONE, ROBOT, EXTERNAL):
            await members.add(tx, team.id, user, LEAD, world.now())
        await members.grant(tx, OurRole.ADMIN, ADMIN, LEAD, world.now())
    return team


async def an_action(world: World, team: Team, **changes: object) -> ActionPoint:
    """One more of the team's, for one attempt."""
    plain: dict[str, Any] = {
        "owner": OWNER,
        "assigned_by": OWNER,
        "due_on": date(2026, 3, 30),
        "title": f"{CANARY} disks",
    }
    async with world.db.begin(HERE) as tx:
        (number,) = await teams.take_numbers(tx, team.id, 1)
        draft = await a_draft(tx, team.id, f"as-{next(_NUMBERS)}", now=world.now())
        return await put_action(tx, draft, id=ActionId(f"ac-{next(_NUMBERS)}"), number=number, **(plain | changes))


def ways_of(world: World, user: UserId) -> Ways:
    return Ways(world, user, PLACES[user], "T0PARTNER" if user == EXTERNAL else HERE)


async def _known(
    world: World, tx: Transaction, user: UserId, *, is_member: bool = True, is_active: bool = True
) -> None:
    await people.meet(tx, user, world.now())
    await people.put(tx, user, "Europe/Paris", is_member, is_active, world.now())
