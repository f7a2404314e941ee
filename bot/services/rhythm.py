"""What comes round by itself for a team: its channel's week, and its next assessment. Planned on every change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.domain import cadence, digest
from bot.domain.cadence import Due
from bot.domain.calendar import WorkCalendar
from bot.domain.digest import Slot
from bot.domain.ids import TeamId, UserId
from bot.domain.preferences import TeamSettings
from bot.domain.teams import Team
from bot.domain.touches import Touch, Track
from bot.services import calendars
from bot.services.calendars import Whereabouts
from bot.store import assessments, plans, teams, told, touches
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch

COMES_ROUND = (Track.DIGEST, Track.CADENCE, Track.INVITATION)
MIDNIGHT = time(0)
QUARTERS = 40  # that may have gone by in silence


@dataclass(frozen=True, slots=True)
class Beat:
    """When a team's channel and its lead are spoken to."""

    slot: Slot
    calendar: WorkCalendar  # of the channel; open from the slot's time on
    lead: Whereabouts
    settings: TeamSettings


async def replan_team(tx: Transaction, team: Team, now: datetime) -> None:
    """After an assessment was closed, opened again or thrown away, and after every change of the team's settings."""
    beat = await beat_of(tx, team, now)
    wanted = {} if team.is_stopped else await _wanted(tx, team, beat, now)
    await plans.put(tx, team.id, {track: wanted.get(track) for track in COMES_ROUND}, now)


async def _wanted(tx: Transaction, team: Team, beat: Beat, now: datetime) -> Mapping[Track, Touch | None]:
    week = await _digest(tx, team, beat, now) if beat.settings.digests else None
    coming = await coming_of(tx, team, beat)
    if coming is None:
        return {Track.DIGEST: week}
    said = await told.histories_of(tx, team.id, coming.version)
    to_lead, invited = said.get(Track.CADENCE, ()), said.get(Track.INVITATION, ())
    return {
        Track.DIGEST: week,
        Track.CADENCE: cadence.to_lead(coming, team.lead, to_lead, beat.lead.calendar, beat.lead.profile),
        Track.INVITATION: cadence.to_channel(coming, team.place.channel, invited, beat.calendar, beat.slot.at),
    }


async def replan_led(tx: Transaction, lead: UserId, now: datetime) -> None:
    """After a person's zone or wishes changed: a team without a zone of its own goes by its lead's."""
    for team in await teams.led_by(tx, lead):
        await replan_team(tx, team, now)


async def follow(tx: Transaction, planned: PlannedTouch, now: datetime) -> None:
    """What comes next, once something was said or skipped."""
    await replan_team(tx, await teams.by_id(tx, TeamId(planned.subject)), now)


async def beat_of(tx: Transaction, team: Team, now: datetime) -> Beat:
    around = await calendars.around(tx, team, (), now)
    slot = Slot(around.digest_day, around.settings.digest_at or around.policy.digest_at)
    return Beat(slot, replace(around.channel(), wanted=slot.at), around.person(team.lead), around.settings)


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


async def _digest(tx: Transaction, team: Team, beat: Beat, now: datetime) -> Touch | None:
    # Today's is not passed over because its hour has gone by, nor one that is due and waits for its turn.
    waiting = await touches.planned_of(tx, Track.DIGEST, team.id)
    midnight = beat.calendar.at(beat.calendar.local_date(now), MIDNIGHT)
    start = min(midnight, waiting.touch.at_utc) if waiting else midnight
    today = beat.calendar.local_date(start)
    around = {digest.week_of(today + week * digest.WEEK) for week in (-1, 0, 1)}
    done = {week for week in around if await told.history_of(tx, Track.DIGEST, team.id, week)}
    return digest.next_digest(start, done, beat.slot, team.place.channel, beat.calendar)
