"""How and when a person is reminded, as it holds for them now, in the words of the App Home."""

from collections.abc import Mapping
from datetime import datetime

from bot.catalogue import calendars as countries
from bot.catalogue import places
from bot.domain.ids import UserId
from bot.services import calendars
from bot.services.calendars import ZoneFrom
from bot.store import choices, people
from bot.store.database import Transaction
from bot.views.homepage.reminders import Reminders

ZONE_SAYS: Mapping[ZoneFrom, str] = {
    ZoneFrom.CHOSEN: "your choice",
    ZoneFrom.SLACK: "from your Slack profile",
    ZoneFrom.TEAM: "your team's",
    ZoneFrom.LEAD: "your lead's",
    ZoneFrom.WORKSPACE: "the workspace's",
    ZoneFrom.NOBODY: "as no other is known",
}


async def reminders(tx: Transaction, user: UserId, now: datetime) -> Reminders:
    where = await calendars.of_person(tx, user, None, now)
    person = (await people.of(tx, [user])).get(user)
    own = person.chosen.country if person else None
    country = own or (await choices.of_workspace(tx)).country or countries.country_of(where.calendar.zone.key)
    today = where.calendar.local_date(now)
    return Reminders(
        profile=where.profile,
        at=where.calendar.slot(today, user).astimezone(where.calendar.zone).time(),
        zone=where.calendar.zone.key,
        zone_says=ZONE_SAYS[where.zone_from],
        weekdays=where.calendar.weekdays,
        holidays_of=places.country_name(country),
        pause=where.calendar.pause,
    )
