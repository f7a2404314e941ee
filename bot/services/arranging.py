"""What a team's lead decides about its next assessment: later, not this time, or somebody else is to start it."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain import cadence
from bot.domain.cadence import Due
from bot.domain.delivery import Later, Letter, Post, Suppress
from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.notices import Delegated
from bot.domain.teams import Team
from bot.services import calendars, rhythm, rights
from bot.store import choices, outbox, people, teams
from bot.store.database import Transaction
from bot.views import cadence as view


@dataclass(frozen=True, slots=True)
class Moved:
    """The next assessment is due on another day now."""

    team: Team
    to: date


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody gets a message with the button to start it."""

    team: Team
    person: UserId


@dataclass(frozen=True, slots=True)
class DecidedBefore:
    """An old button: the day that it is about was moved, or the assessment taken meanwhile."""

    team: Team
    due_on: date | None


@dataclass(frozen=True, slots=True)
class NotMember:
    """Guests, bots and people who left answer for no team."""


@dataclass(frozen=True, slots=True)
class NotLead:
    """Said of teams that do not exist as well."""


Decided = Moved | Asked | DecidedBefore | NotMember | NotLead


async def move_by_a_month(tx: Transaction, team_id: TeamId, due_on: date, actor: UserId, now: datetime) -> Decided:
    team = await _of_lead(tx, team_id, due_on, actor, now)
    if not isinstance(team, Team):
        return team
    beat = await rhythm.beat_of(tx, team, now)
    return await _move(tx, team, cadence.month_later(due_on, beat.calendar), now)


async def skip(tx: Transaction, team_id: TeamId, due_on: date, actor: UserId, now: datetime) -> Decided:
    """Until the next one would be due anyway."""
    team = await _of_lead(tx, team_id, due_on, actor, now)
    if not isinstance(team, Team):
        return team
    beat = await rhythm.beat_of(tx, team, now)
    days = await rhythm.days_of(tx, team, beat.settings)
    return await _move(tx, team, cadence.following(Due(due_on, due_on), days, beat.calendar).on, now)


async def delegate(
    tx: Transaction, team_id: TeamId, due_on: date, person: UserId, actor: UserId, now: datetime
) -> Decided:
    """``person`` is known by now: what Slack says of them decides whether they can be asked."""
    team = await _of_lead(tx, team_id, due_on, actor, now)
    if not isinstance(team, Team):
        return team
    known = (await people.of(tx, [person])).get(person)
    if known is not None and not (known.is_active and known.is_member):
        return NotMember()
    await people.meet(tx, person, now)
    key = f"{team.id}:delegated:{due_on.isoformat()}:{person}"
    notice = Delegated(team.id, person, actor, due_on.toordinal())
    await outbox.enqueue(tx, key, notice, ChannelId(person), team.id, now)
    return Asked(team, person)


async def letter(tx: Transaction, notice: Delegated, now: datetime) -> Letter:
    """To the one who was asked, within their own day."""
    team = await teams.by_id(tx, notice.team)
    due_on = date.fromordinal(notice.due)
    if team.is_stopped or await _was_decided(tx, team, due_on, now):
        return Suppress("decided anew since")
    calendar = (await calendars.of_person(tx, notice.person, team, now)).calendar
    if not calendar.in_window(now):
        return Later(calendar.next_slot(now, notice.person), "outside the person's day")
    return Post(view.delegated(team, notice.lead, due_on, calendar.local_date(now)))


async def _of_lead(
    tx: Transaction, team_id: TeamId, due_on: date, actor: UserId, now: datetime
) -> Team | DecidedBefore | NotLead:
    team = await teams.found(tx, team_id)
    if team is None or not await rights.may_change(tx, team, actor, now):
        return NotLead()
    if await _was_decided(tx, team, due_on, now):
        coming = await rhythm.next_due(tx, team, now)
        return DecidedBefore(team, coming.on if coming else None)
    return team


async def _was_decided(tx: Transaction, team: Team, due_on: date, now: datetime) -> bool:
    """Every decision, and every assessment, puts the day further off."""
    coming = await rhythm.next_due(tx, team, now)
    return coming is None or coming.on > due_on


async def _move(tx: Transaction, team: Team, to: date, now: datetime) -> Moved:
    await choices.move_reassessment(tx, team.id, to)
    await rhythm.replan_team(tx, team, now)
    return Moved(team, to)
