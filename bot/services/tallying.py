"""A team's open action points, counted: each is late by the day that it is where its owner is."""

from datetime import datetime

from bot.domain.tally import Tally, tally
from bot.domain.teams import Team
from bot.services import calendars
from bot.store import actions
from bot.store.database import Transaction


async def of_team(tx: Transaction, team: Team, now: datetime) -> Tally:
    found = await actions.still_open(tx, team.id)
    around = await calendars.around(tx, team, [action.owner for action in found], now)
    days = {owner: around.person(owner).calendar.local_date(now) for owner in {action.owner for action in found}}
    return tally(found, lambda action: days[action.owner])
