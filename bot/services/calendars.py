"""Whose days count: a person's own choice, else what Slack says, else the team's, the workspace's, or UTC."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.catalogue import calendars
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import UserId
from bot.domain.preferences import PersonPreferences, Profile
from bot.domain.teams import Team
from bot.store import choices, people
from bot.store.database import Transaction
from bot.store.people import Person

FALLBACK = ZoneInfo("Etc/UTC")


class ZoneFrom(StrEnum):
    """Who said in which zone somebody's day is."""

    CHOSEN = "chosen"
    SLACK = "slack"
    TEAM = "team"
    LEAD = "lead"
    WORKSPACE = "workspace"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """When a person can be spoken to, and how much they want to hear."""

    calendar: WorkCalendar
    zone_from: ZoneFrom
    profile: Profile


async def of_owner(tx: Transaction, owner: UserId | None, team: Team | None, now: datetime) -> WorkCalendar:
    """The calendar by which an action point of this owner is due; without an owner it is the lead's."""
    return (await of_person(tx, owner or (team.lead if team else None), team, now)).calendar


async def of_person(tx: Transaction, user: UserId | None, team: Team | None, now: datetime) -> Whereabouts:
    """``team``: whose zone holds for somebody of whom none is known."""
    known = await people.of(tx, [person for person in (user, team.lead if team else None) if person])
    policy = await choices.of_workspace(tx)
    settings = await choices.of_team(tx, team.id) if team else None
    person, lead = known.get(user) if user else None, known.get(team.lead) if team else None
    zone, zone_from = _zone(
        (person.chosen.zone if person else None, ZoneFrom.CHOSEN),
        (person.zone if person else None, ZoneFrom.SLACK),
        (settings.zone if settings else None, ZoneFrom.TEAM),
        (_zone_name(lead), ZoneFrom.LEAD),
        (policy.zone, ZoneFrom.WORKSPACE),
    )
    own = person.chosen if person else PersonPreferences()
    of_lead = lead.chosen.country if lead and zone_from is ZoneFrom.LEAD else None
    return Whereabouts(
        calendars.work_calendar(
            zone,
            own.country or of_lead or policy.country,
            now.astimezone(UTC).date(),
            weekdays=own.weekdays or policy.weekdays,
            pause=own.pause,
            wanted=own.at,
        ),
        zone_from,
        own.profile or policy.profile,
    )


async def of_team(tx: Transaction, team: Team, now: datetime) -> WorkCalendar:
    """The days and the clock of a team's channel: the team's zone, else its lead's."""
    settings, policy = await choices.of_team(tx, team.id), await choices.of_workspace(tx)
    lead = (await people.of(tx, [team.lead])).get(team.lead)
    zone, _ = _zone(
        (settings.zone, ZoneFrom.TEAM), (_zone_name(lead), ZoneFrom.LEAD), (policy.zone, ZoneFrom.WORKSPACE)
    )
    country = (lead.chosen.country if lead and not settings.zone else None) or policy.country
    return calendars.work_calendar(zone, country, now.astimezone(UTC).date(), weekdays=policy.weekdays)


def _zone(*named: tuple[str | None, ZoneFrom]) -> tuple[ZoneInfo, ZoneFrom]:
    """The first that is known to the tz database; what is unknown is passed over."""
    found = ((calendars.zone_of(name), said_by) for name, said_by in named)
    return next(((zone, said_by) for zone, said_by in found if zone), (FALLBACK, ZoneFrom.NOBODY))


def _zone_name(person: Person | None) -> str | None:
    return (person.chosen.zone or person.zone) if person else None
