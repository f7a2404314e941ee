"""A team and everybody who may want something of it: the plain case of settings, people and rights."""

from collections.abc import Sequence

from bot.domain.ids import UserId
from bot.domain.preferences import Role
from bot.domain.teams import Team
from bot.store import choices, members, people, teams
from bot.store.database import Database, Transaction
from tests.store.builders import ADA, BOB, DAY, EVE, HERE, NOW, a_team, install

LEAD, MEMBER, OTHER = ADA, BOB, EVE
ADMIN = UserId("U_ADMIN")  # by a role that was given here
SLACK_ADMIN = UserId("U_SLACK_ADMIN")  # as Slack said just now
STALE_ADMIN = UserId("U_STALE_ADMIN")  # as Slack said yesterday
FORMER_ADMIN = UserId("U_FORMER_ADMIN")  # has the role, and is a guest by now
STRANGER = UserId("U_STRANGER")  # of whom nothing is known
NEW = UserId("U_NEW")  # known, and in no team
GUEST = UserId("U_GUEST")
GONE = UserId("U_GONE")
PARIS = "Europe/Paris"


async def opened(db: Database) -> Team:
    await install(db)
    async with db.begin(HERE) as tx:
        team = await a_team(tx, lead=LEAD)
        for user in (LEAD, MEMBER, OTHER, ADMIN, NEW):
            await known(tx, user)
        await known(tx, SLACK_ADMIN, is_admin=True)
        await known(tx, STALE_ADMIN, is_admin=True, days_ago=1)
        await known(tx, FORMER_ADMIN, is_member=False)
        await known(tx, GUEST, is_member=False)
        await known(tx, GONE, is_active=False)
        await members.add(tx, team.id, MEMBER, LEAD, NOW)
        await members.grant(tx, Role.ADMIN, ADMIN, LEAD, NOW)
        await members.grant(tx, Role.ADMIN, FORMER_ADMIN, LEAD, NOW)
    return team


async def known(
    tx: Transaction,
    user: UserId,
    *,
    is_admin: bool = False,
    is_member: bool = True,
    is_active: bool = True,
    days_ago: int = 0,
) -> None:
    """As Slack told of them."""
    await people.meet(tx, user, NOW)
    await people.put(tx, user, PARIS, is_member, is_active, NOW - days_ago * DAY, is_admin=is_admin)


async def everything(tx: Transaction, team: Team) -> Sequence[object]:
    """What a refusal has to leave as it was, and an undo to put back."""
    return [
        await teams.by_id(tx, team.id),
        await choices.of_team(tx, team.id),
        await choices.of_workspace(tx),
        await members.named(tx, team.id),
        await members.with_role(tx, Role.ADMIN),
    ]
