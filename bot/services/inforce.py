"""What holds for a person, a team and the workspace now, and who says so: only reads."""

from datetime import date, datetime

from bot.catalogue import calendars as calendars_of_countries
from bot.catalogue import places
from bot.catalogue.loading import Models
from bot.domain.calendar import Pause
from bot.domain.ids import UserId
from bot.domain.in_force import Holds, PersonInForce, Source, TeamInForce, WorkspaceInForce
from bot.domain.preferences import PersonPreferences, Role, WorkspacePolicy
from bot.domain.teams import Team
from bot.services import calendars
from bot.store import choices, members, people
from bot.store.database import Transaction


async def of_person(tx: Transaction, user: UserId, now: datetime) -> PersonInForce:
    here = await calendars.of_person(tx, user, None, now)
    person = (await people.of(tx, [user])).get(user)
    own, policy = person.chosen if person else PersonPreferences(), await choices.of_workspace(tx)
    zone = Holds(here.calendar.zone.key, Source(here.zone_from.value))
    country = _country(own, policy, zone.value)
    today = here.calendar.local_date(now)
    return PersonInForce(
        chosen=own,
        today=today,
        profile=Holds(here.profile, Source.CHOSEN if own.profile else Source.WORKSPACE),
        usual_profile=policy.profile,
        at=Holds(
            here.calendar.slot(today, user).astimezone(here.calendar.zone).time(),
            Source.CHOSEN if own.at else Source.NOBODY,
        ),
        zone=zone,
        weekdays=Holds(here.calendar.weekdays, _week_from(own, policy)),
        country=country,
        country_name=places.country_name(country.value),
        pause=_still(own.pause, today),
    )


async def of_team(tx: Transaction, models: Models, team: Team, now: datetime) -> TeamInForce:
    chosen, policy = await choices.of_team(tx, team.id), await choices.of_workspace(tx)
    here = await calendars.of_person(tx, None, team, now)
    model = models.latest
    day, at, every = chosen.digest_day, chosen.digest_at, chosen.reassess_days
    return TeamInForce(
        team=team,
        chosen=chosen,
        members=await members.named(tx, team.id),
        zone=Holds(here.calendar.zone.key, Source(here.zone_from.value)),
        digest_day=Holds(policy.digest_day if day is None else day, _by_team(day is not None)),
        digest_at=Holds(at or policy.digest_at, _by_team(at is not None)),
        reassess_days=Holds(every or model.reassess_every_days, Source.TEAM if every else Source.MODEL),
        steps={step.id: step.short for step in model.scored_steps},
    )


async def of_workspace(tx: Transaction) -> WorkspaceInForce:
    policy = await choices.of_workspace(tx)
    return WorkspaceInForce(
        policy=policy,
        country_name=places.country_name(policy.country),
        admins=await members.with_role(tx, Role.ADMIN),
    )


def _by_team(is_chosen: bool) -> Source:
    return Source.TEAM if is_chosen else Source.WORKSPACE


def _country(own: PersonPreferences, policy: WorkspacePolicy, zone: str) -> Holds[str | None]:
    if own.country:
        return Holds(own.country, Source.CHOSEN)
    if policy.country:
        return Holds(policy.country, Source.WORKSPACE)
    told = calendars_of_countries.country_of(zone)
    return Holds(told, Source.ZONE if told else Source.NOBODY)


def _week_from(own: PersonPreferences, policy: WorkspacePolicy) -> Source:
    if own.weekdays:
        return Source.CHOSEN
    return Source.WORKSPACE if policy.weekdays else Source.COUNTRY


def _still(pause: Pause | None, today: date) -> Pause | None:
    """One that is over is none."""
    return pause if pause and pause.last >= today else None
