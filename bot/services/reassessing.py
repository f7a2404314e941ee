"""The next assessment of a team: what its lead and its channel hear of it."""

from datetime import date, datetime

from bot.domain import cadence
from bot.domain.delivery import Letter, Post, Suppress
from bot.domain.ids import TeamId
from bot.domain.items import Item, ReassessLate, ReassessSoon
from bot.domain.notices import InvitationPost
from bot.domain.teams import Team
from bot.domain.touches import Move, Outcome, Reason, Rung, Skip, Track
from bot.services import calendars, rhythm, speaking
from bot.services.conduct import Conduct, each, in_turn, wait
from bot.store import assessments, done_and_open, plans, respondents, teams, told, touches
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch
from bot.views import cadence as view


async def judge(tx: Transaction, planned: PlannedTouch, now: datetime) -> Item | Skip | Move:
    team = await teams.by_id(tx, TeamId(planned.subject))
    if reason := await _obstacle(tx, team):
        return Skip(reason)
    beat = await rhythm.beat_of(tx, team, now)
    coming = await rhythm.coming_of(tx, team, beat)
    where, plan = beat.lead, None
    if coming is not None:
        said = await told.history_of(tx, Track.CADENCE, team.id, coming.version)
        plan = cadence.to_lead(coming, team.lead, said, where.calendar, where.profile)
    verdict = cadence.verdict(planned.touch, plan, where.calendar, where.profile, now)
    return await _item(tx, planned, team, now) if verdict is None else verdict


async def look(tx: Transaction, planned: PlannedTouch, now: datetime) -> Item | Reason:
    team = await teams.by_id(tx, TeamId(planned.subject))
    if reason := await _obstacle(tx, team):
        return reason
    coming = await rhythm.next_due(tx, team, now)
    if team.lead != planned.touch.recipient:
        return Reason.OTHER_OWNER
    if coming is None or coming.on > date.fromordinal(planned.touch.version):
        return Reason.OTHER_VERSION
    return await _item(tx, planned, team, now)


CONDUCT = Conduct(each(judge), look, in_turn(rhythm.follow), wait)


async def invite(tx: Transaction, planned: PlannedTouch, now: datetime) -> int:
    """The line in the channel, on the day itself."""
    if not await speaking.still_planned(tx, planned, now):
        return 0
    team = await teams.by_id(tx, TeamId(planned.subject))
    beat = await rhythm.beat_of(tx, team, now)
    reason = speaking.obstacle(team, planned) or await _obstacle(tx, team)
    if reason is None and cadence.is_missed(planned.touch, beat.calendar, now):
        reason = Reason.LATE
    verdict = Skip(reason) if reason else await speaking.hold(tx, team, beat, now)
    if verdict is not None:
        return await speaking.give_up(tx, planned, verdict, now)
    key = f"{team.id}:invitation:{date.fromordinal(planned.touch.version).isoformat()}"
    return await speaking.say(tx, planned, key, InvitationPost(team.id, planned.id), team, now)


async def invitation(tx: Transaction, notice: InvitationPost, now: datetime) -> Letter:
    planned = await touches.by_id(tx, notice.touch)
    if planned is None:
        return Suppress("deleted")
    team = await teams.by_id(tx, notice.team)
    if reason := speaking.obstacle(team, planned) or await _obstacle(tx, team):
        await plans.resettle(tx, planned.id, Outcome.SKIPPED, reason, now)
        return Suppress(reason)
    today = (await rhythm.beat_of(tx, team, now)).calendar.local_date(now)
    return Post(view.invitation(team, date.fromordinal(planned.touch.version), today))


async def _obstacle(tx: Transaction, team: Team) -> Reason | None:
    """While somebody is at it nothing is said. A correction is of the last one, and not the next."""
    if team.is_stopped:
        return Reason.STOPPED
    draft = await assessments.draft_of(tx, team.id)
    return Reason.ACTIVE if draft is not None and draft.first_closed_at is None else None


async def _item(tx: Transaction, planned: PlannedTouch, team: Team, now: datetime) -> ReassessSoon | ReassessLate:
    today = (await calendars.of_person(tx, team.lead, team, now)).calendar.local_date(now)
    due_on = date.fromordinal(planned.touch.version)
    match planned.touch.rung:
        case Rung.REASSESS_LATE:
            return ReassessLate(planned.id, team, due_on, today)
        case _:
            last = await assessments.last_ended(tx, team.id)
            answered = len(await respondents.of(tx, last.id)) if last else 0
            return ReassessSoon(planned.id, team, due_on, today, await done_and_open.count_open(tx, team.id), answered)
