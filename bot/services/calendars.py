"""Whose days count: the person's own zone, else the lead's, else UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.catalogue import calendars
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import UserId
from bot.store import people
from bot.store.database import Transaction
from bot.store.people import Person

FALLBACK = ZoneInfo("Etc/UTC")


async def of_owner(tx: Transaction, owner: UserId | None, lead: UserId, now: datetime) -> WorkCalendar:
    """The calendar by which an action point of this owner is due; without an owner it is the lead's."""
    known = await people.of(tx, [user for user in (owner, lead) if user])
    return _calendar(known.get(owner) if owner else None, known.get(lead), now)


def _calendar(owner: Person | None, lead: Person | None, now: datetime) -> WorkCalendar:
    zones = [(person, calendars.zone_of(person.zone)) for person in (owner, lead) if person]
    person, zone = next(((person, zone) for person, zone in zones if zone), (None, FALLBACK))
    today = now.astimezone(UTC).date()
    return calendars.work_calendar(zone, person.country if person else None, today)
