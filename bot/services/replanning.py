"""What is planned anew after somebody chose: whatever hangs on the days, the hours or the zone that were changed."""

from datetime import datetime

from bot.domain.ids import ActionId, TenantId, UserId
from bot.domain.teams import Team
from bot.services import planning, rhythm
from bot.store import actions, teams
from bot.store.database import Database, Transaction

MOST_OF_TEAM = 1000
AT_ONCE = 50
MOST_TEAMS = 10_000


async def of_person(tx: Transaction, person: UserId, now: datetime) -> None:
    await planning.replan_owner(tx, person, now)


async def of_team(tx: Transaction, team: Team, now: datetime, *, reminders: bool = True) -> None:
    """``reminders``: whether those of its people hang on what was changed: a zone, the day of the week, the lead."""
    if reminders:
        await planning.replan_all(tx, await actions.open_of_team(tx, team.id, MOST_OF_TEAM), now)
    await rhythm.replan_team(tx, team, now)


async def of_workspace(db: Database, tenant: TenantId, now: datetime) -> None:
    """In many small transactions, after the change: nobody is kept waiting for a whole workspace.

    Were it to stop half way, nothing would be said at a wrong hour: a touch is decided anew when it comes due.
    """
    last: ActionId | None = None
    while True:
        async with db.begin(tenant) as tx:
            some = await actions.open_after(tx, last, AT_ONCE)
            await planning.replan_all(tx, some, now)
        if len(some) < AT_ONCE:
            break
        last = some[-1].id
    async with db.read(tenant) as tx:
        there = await teams.every(tx, MOST_TEAMS)
    for team in there:
        async with db.begin(tenant) as tx:
            await rhythm.replan_team(tx, team, now)
