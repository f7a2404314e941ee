"""A team's open action points, counted: each is late by the day that it is where its owner is."""

from datetime import UTC, datetime

from bot.domain.tally import Tally, tally
from bot.domain.teams import Team
from bot.services import calendars
from bot.store import actions
from bot.store.database import Transaction


async def of_team(tx: Transaction, team: Team, now: datetime) -> Tally:
    found = await actions.still_open(tx, team.id)
    today = now.astimezone(UTC).date()
    # Further than a day from its due date it is late everywhere or nowhere, and nobody's zone matters.
    close = {action.owner for action in found if action.due_on and abs((action.due_on - today).days) <= 1}
    days = {owner: (await calendars.of_owner(tx, owner, team, now)).local_date(now) for owner in close}
    return tally(found, lambda action: days.get(action.owner, today))
