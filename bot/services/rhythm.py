"""What comes round by itself for a team: its channel's week, and its next assessment. Planned on every change."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import cadence, digest
from bot.domain.cadence import Due
from bot.domain.calendar import WorkCalendar
from bot.domain.digest import Slot
from bot.domain.ids import TeamId
from bot.domain.preferences import TeamSettings
from bot.domain.teams import Team
from bot.domain.touches import Track
from bot.services import calendars
from bot.store import assessments, choices, teams, told, touches
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch

QUARTERS = 40  # that may have gone by in silence


@dataclass(frozen=True, slots=True)
class Beat:
    """When a team's channel is spoken to."""

    slot: Slot
    calendar: WorkCalendar  # open from the slot's time on
    settings: TeamSettings


async def replan_team(tx: Transaction, team: Team, now: datetime) -> None:
    """After an assessment was closed, opened again or thrown away, and after every change of the team's settings."""
    beat = await beat_of(tx, team, now)
    await _plan_digest(tx, team, beat, now)
    coming = await coming_of(tx, team, beat)
    if coming is None or team.is_stopped:
        await touches.plan(tx, Track.CADENCE, team.id, None, now)
        await touches.plan(tx, Track.INVITATION, team.id, None, now)
        return
    where = await calendars.of_person(tx, team.lead, team, now)
    said = await told.history_of(tx, Track.CADENCE, team.id, coming.version)
    to_lead = cadence.to_lead(coming, team.lead, said, where.calendar, where.profile)
    await touches.plan(tx, Track.CADENCE, team.id, to_lead, now)
    invited = await told.history_of(tx, Track.INVITATION, team.id, coming.version)
    to_channel = cadence.to_channel(coming, team.place.channel, invited, beat.calendar, beat.slot.at)
    await touches.plan(tx, Track.INVITATION, team.id, to_channel, now)


async def follow(tx: Transaction, planned: PlannedTouch, now: datetime) -> None:
    """What comes next, once something was said or skipped."""
    await replan_team(tx, await teams.by_id(tx, TeamId(planned.subject)), now)


async def beat_of(tx: Transaction, team: Team, now: datetime) -> Beat:
    settings, policy = await choices.of_team(tx, team.id), await choices.of_workspace(tx)
    day = policy.digest_day if settings.digest_day is None else settings.digest_day
    slot = Slot(day, settings.digest_at or policy.digest_at)
    calendar = await calendars.of_team(tx, team, now)
    return Beat(slot, replace(calendar, wanted=slot.at), settings)


async def next_due(tx: Transaction, team: Team, now: datetime) -> Due | None:
    """The team's next assessment, whether or not its day has come; None before the first."""
    return await _due(tx, team, await beat_of(tx, team, now))


async def coming_of(tx: Transaction, team: Team, beat: Beat) -> Due | None:
    """The one that there is something left to say about."""
    coming = await _due(tx, team, beat)
    for _ in range(QUARTERS):
        if coming is None or not cadence.is_over(await told.history_of(tx, Track.CADENCE, team.id, coming.version)):
            return coming
        coming = cadence.following(coming, await days_of(tx, team, beat.settings), beat.calendar)
    return None


async def days_of(tx: Transaction, team: Team, settings: TeamSettings) -> int:
    """Between two assessments: as the team chose, else as the questions of its last one say."""
    last = await assessments.last_ended(tx, team.id)
    return settings.reassess_days or (last.good_for_days if last else None) or cadence.A_QUARTER


async def _due(tx: Transaction, team: Team, beat: Beat) -> Due | None:
    last = await assessments.last_ended(tx, team.id)
    if last is None or last.closed_at is None:
        return None
    days = await days_of(tx, team, beat.settings)
    assessed_on = beat.calendar.local_date(last.closed_at)
    return cadence.due(assessed_on, days, beat.settings.reassess_on, beat.calendar)


async def _plan_digest(tx: Transaction, team: Team, beat: Beat, now: datetime) -> None:
    if team.is_stopped or not beat.settings.digests:
        await touches.plan(tx, Track.DIGEST, team.id, None, now)
        return
    # One that is due and waits for its turn is not passed over.
    waiting = await touches.planned_of(tx, Track.DIGEST, team.id)
    start = min(now, waiting.touch.at_utc) if waiting else now
    today = beat.calendar.local_date(start)
    around = {digest.week_of(today + week * digest.WEEK) for week in (-1, 0, 1)}
    done = {week for week in around if await told.history_of(tx, Track.DIGEST, team.id, week)}
    plan = digest.next_digest(start, done, beat.slot, team.place.channel, beat.calendar)
    await touches.plan(tx, Track.DIGEST, team.id, plan, now)
