"""Whose days count: a person's own choice, else what Slack says, else the team's, the workspace's, or UTC."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from bot.catalogue import calendars
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import TeamId, UserId
from bot.domain.preferences import PersonPreferences, Profile
from bot.domain.teams import Team
from bot.store import surroundings
from bot.store.database import Transaction
from bot.store.people import Person
from bot.store.surroundings import Around

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


@dataclass(frozen=True, slots=True)
class Surroundings(Around):
    """What a team and its workspace chose, and the people around it. Read once for whatever is decided there."""

    now: datetime
    _found: dict[UserId | None, Whereabouts] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def digest_day(self) -> int:
        chosen = self.settings.digest_day
        return self.policy.digest_day if chosen is None else chosen

    def person(self, user: UserId | None) -> Whereabouts:
        """Worked out once: of somebody with much to do it is asked again and again."""
        if user not in self._found:
            self._found[user] = self._whereabouts(user)
        return self._found[user]

    def _whereabouts(self, user: UserId | None) -> Whereabouts:
        person, lead = self.people.get(user) if user else None, self._lead
        own = person.chosen if person else PersonPreferences()
        zone, zone_from = _zone(
            (own.zone, ZoneFrom.CHOSEN),
            (person.zone if person else None, ZoneFrom.SLACK),
            (self.settings.zone, ZoneFrom.TEAM),
            (_zone_name(lead), ZoneFrom.LEAD),
            (self.policy.zone, ZoneFrom.WORKSPACE),
        )
        of_lead = lead.chosen.country if lead and zone_from is ZoneFrom.LEAD else None
        calendar = calendars.work_calendar(
            zone,
            own.country or of_lead or self.policy.country,
            self.now.astimezone(UTC).date(),
            weekdays=own.weekdays or self.policy.weekdays,
            pause=own.pause,
            wanted=own.at,
        )
        return Whereabouts(calendar, zone_from, own.profile or self.policy.profile)

    def channel(self) -> WorkCalendar:
        """The days and the clock of the team's channel: the team's zone, else its lead's."""
        lead = self._lead
        zone, zone_from = _zone(
            (self.settings.zone, ZoneFrom.TEAM),
            (_zone_name(lead), ZoneFrom.LEAD),
            (self.policy.zone, ZoneFrom.WORKSPACE),
        )
        country = lead.chosen.country if lead and zone_from is ZoneFrom.LEAD else None
        today = self.now.astimezone(UTC).date()
        return calendars.work_calendar(zone, country or self.policy.country, today, weekdays=self.policy.weekdays)

    @property
    def _lead(self) -> Person | None:
        return self.people.get(self.team.lead) if self.team else None


async def around(tx: Transaction, team: Team | None, users: Collection[UserId | None], now: datetime) -> Surroundings:
    """``team``: whose zone holds for somebody of whom none is known; its lead is always among the people."""
    wanted = frozenset(user for user in (*users, team.lead if team else None) if user)
    return await tx.once(("around", team, wanted, now), partial(_around, tx, team, wanted, now))


async def around_team(
    tx: Transaction, team: TeamId, users: Collection[UserId | None], now: datetime
) -> tuple[Team, Surroundings]:
    """The same of a team that is not at hand: it is read with all that is around it."""
    wanted = frozenset(user for user in users if user)
    return await tx.once(("around", team, wanted, now), partial(_around_team, tx, team, wanted, now))


async def _around(tx: Transaction, team: Team | None, wanted: Collection[UserId], now: datetime) -> Surroundings:
    read = await surroundings.of(tx, team.id if team else None, wanted)
    return Surroundings(team, read.settings, read.policy, read.people, now)


async def _around_team(
    tx: Transaction, team: TeamId, wanted: Collection[UserId], now: datetime
) -> tuple[Team, Surroundings]:
    read = await surroundings.of(tx, team, wanted)
    assert read.team is not None  # it was asked for
    return read.team, Surroundings(read.team, read.settings, read.policy, read.people, now)


async def of_owner(tx: Transaction, owner: UserId | None, team: Team | None, now: datetime) -> WorkCalendar:
    """The calendar by which an action point of this owner is due; without an owner it is the lead's."""
    return (await of_person(tx, owner or (team.lead if team else None), team, now)).calendar


async def of_person(tx: Transaction, user: UserId | None, team: Team | None, now: datetime) -> Whereabouts:
    return (await around(tx, team, [user], now)).person(user)


async def of_team(tx: Transaction, team: Team, now: datetime) -> WorkCalendar:
    return (await around(tx, team, (), now)).channel()


def _zone(*named: tuple[str | None, ZoneFrom]) -> tuple[ZoneInfo, ZoneFrom]:
    """The first that is known to the tz database; what is unknown is passed over."""
    found = ((calendars.zone_of(name), said_by) for name, said_by in named)
    return next(((zone, said_by) for zone, said_by in found if zone), (FALLBACK, ZoneFrom.NOBODY))


def _zone_name(person: Person | None) -> str | None:
    return (person.chosen.zone or person.zone) if person else None
