"""What is planned anew after somebody chose: whatever hangs on the days, the hours or the zone that were changed."""

from datetime import datetime

from bot.domain.ids import ActionId, TeamId, TenantId, UserId
from bot.services import planning
from bot.store import actions
from bot.store.database import Database, Transaction

MOST_OF_TEAM = 1000
AT_ONCE = 50


async def of_person(tx: Transaction, person: UserId, now: datetime) -> None:
    await planning.replan_owner(tx, person, now)


async def of_team(tx: Transaction, team: TeamId, now: datetime) -> None:
    for action in await actions.open_of_team(tx, team, MOST_OF_TEAM):
        await planning.replan(tx, action, now)


async def of_workspace(db: Database, tenant: TenantId, now: datetime) -> None:
    """In many small transactions, after the change: nobody is kept waiting for a whole workspace.

    Were it to stop half way, nothing would be said at a wrong hour: a touch is decided anew when it comes due.
    """
    last: ActionId | None = None
    while True:
        async with db.begin(tenant) as tx:
            some = await actions.open_after(tx, last, AT_ONCE)
            for action in some:
                await planning.replan(tx, action, now)
        if len(some) < AT_ONCE:
            return
        last = some[-1].id
