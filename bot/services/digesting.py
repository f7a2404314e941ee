"""A team's weekly digest: decided when its hour has come, and drawn from what is true when it is posted."""

from datetime import date, datetime, timedelta

from bot.domain import digest
from bot.domain.delivery import Letter, Post, Suppress
from bot.domain.digest import Week
from bot.domain.ids import TeamId
from bot.domain.notices import DigestPost
from bot.domain.teams import Team
from bot.domain.touches import Move, Outcome, Reason, Skip, Track
from bot.services import rhythm, speaking
from bot.services.rhythm import Beat
from bot.store import actions, done_and_open, plans, teams, told, touches
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch
from bot.views import digest as view
from bot.views.digest import DigestFacts

FARTHEST_BACK = timedelta(days=14)
A_WEEK = timedelta(days=7)


async def speak(tx: Transaction, planned: PlannedTouch, now: datetime) -> int:
    if not await speaking.still_planned(tx, planned, now):
        return 0
    team = await teams.by_id(tx, TeamId(planned.subject))
    beat = await rhythm.beat_of(tx, team, now)
    verdict = await _verdict(tx, planned, team, beat, now)
    if verdict is not None:
        return await speaking.give_up(tx, planned, verdict, now)
    key = f"{team.id}:digest:{digest.name_of(planned.touch.version)}"
    return await speaking.say(tx, planned, key, DigestPost(team.id, planned.id), team, now)


async def letter(tx: Transaction, notice: DigestPost, now: datetime) -> Letter:
    planned = await touches.by_id(tx, notice.touch)
    if planned is None:
        return Suppress("deleted")
    team = await teams.by_id(tx, notice.team)
    today = (await rhythm.beat_of(tx, team, now)).calendar.local_date(now)
    before = await told.said_before(tx, planned.id)
    week = await _week(tx, team, before, today, now)
    reason = speaking.obstacle(team, planned) or (Reason.NOTHING_NEW if week.is_quiet else None)
    if reason is not None:
        await plans.resettle(tx, planned.id, Outcome.SKIPPED, reason, now)
        return Suppress(reason)
    return Post(view.build(DigestFacts(team, today, week)))


async def _verdict(tx: Transaction, planned: PlannedTouch, team: Team, beat: Beat, now: datetime) -> Skip | Move | None:
    """None: it is said."""
    today = beat.calendar.local_date(now)
    if reason := speaking.obstacle(team, planned):
        return Skip(reason)
    if not beat.settings.digests:
        return Skip(Reason.UNWANTED)
    if digest.is_missed(planned.touch, beat.slot, today):
        return Skip(Reason.LATE)
    if held := await speaking.hold(tx, team, beat, now):
        return held
    if await _is_invited(tx, team, today):
        return speaking.tomorrow(team, beat.calendar, now)
    last = await told.said_last(tx, Track.DIGEST, team.id)
    week = await _week(tx, team, last, today, now)
    return Skip(Reason.NOTHING_NEW) if week.is_quiet else None


async def _is_invited(tx: Transaction, team: Team, today: date) -> bool:
    """The line about the next assessment comes today, and goes first."""
    invitation = await touches.planned_of(tx, Track.INVITATION, team.id)
    return invitation is not None and invitation.touch.local_day == today


async def _week(tx: Transaction, team: Team, last: PlannedTouch | None, today: date, now: datetime) -> Week:
    since = max(last.touch.at_utc, now - FARTHEST_BACK) if last else now - A_WEEK
    return Week(
        done=tuple(await done_and_open.closed_since(tx, team.id, since)),
        open=digest.sort_out(await actions.still_open(tx, team.id), today),
        open_before=await done_and_open.count_open_at(tx, team.id, since),
    )
