"""To a team's channel: when it may be spoken to, and what follows once something was handed over for it."""

from datetime import datetime, timedelta

from bot.domain.calendar import WorkCalendar
from bot.domain.ids import UserId
from bot.domain.notice_kinds import AT_CHANNEL_LEVEL
from bot.domain.notices import DigestPost, InvitationPost
from bot.domain.teams import Team
from bot.domain.touches import Move, Outcome, Reason, Skip
from bot.services import lining_up, rhythm
from bot.services.rhythm import MIDNIGHT, Beat
from bot.store import outbox, plans, touches
from bot.store.database import Transaction
from bot.store.plans import Told
from bot.store.touches import PlannedTouch

A_DAY = timedelta(days=1)


async def still_planned(tx: Transaction, planned: PlannedTouch, now: datetime) -> bool:
    """Held until the transaction ends: two processes that speak to a channel at once would tell it twice."""
    held = await touches.planned_of(tx, planned.track, planned.subject)
    return held is not None and held.id == planned.id and held.touch.at_utc <= now


def obstacle(team: Team, planned: PlannedTouch) -> Reason | None:
    """Why the channel is not to be spoken to at all."""
    if team.is_stopped:
        return Reason.STOPPED
    if team.suspended is not None:
        return Reason.SUSPENDED
    return Reason.REPLACED if str(planned.touch.recipient) != team.place.channel else None


async def hold(tx: Transaction, team: Team, beat: Beat, now: datetime) -> Move | None:
    """Until when it has to wait: for the channel's day, and for the next one when it has read something today."""
    channel, calendar = UserId(team.place.channel), beat.calendar
    if not calendar.in_window(now):
        return Move(calendar.next_slot(now, channel), Reason.OUTSIDE_WINDOW)
    today = calendar.local_date(now)
    since, until = calendar.at(today, MIDNIGHT), calendar.at(today + A_DAY, MIDNIGHT)
    if await outbox.speaks(tx, team.place.channel, AT_CHANNEL_LEVEL, since, until):
        return tomorrow(team, calendar, now)
    return None


def tomorrow(team: Team, calendar: WorkCalendar, now: datetime) -> Move:
    day = calendar.next_working(calendar.local_date(now))
    return Move(calendar.slot(day, UserId(team.place.channel)), Reason.CHANNEL_BUSY)


async def give_up(tx: Transaction, planned: PlannedTouch, verdict: Skip | Move, now: datetime) -> int:
    """Not now, or not at all; no message."""
    match verdict:
        case Move(to_utc=later):
            await lining_up.move(tx, planned, later, now)
        case Skip(reason=reason):
            await plans.settle(tx, [planned], Outcome.SKIPPED, reason, now)
            await rhythm.follow(tx, planned, now)
    return 0


async def say(
    tx: Transaction, planned: PlannedTouch, key: str, notice: DigestPost | InvitationPost, team: Team, now: datetime
) -> int:
    """How many messages that makes: none where another process was there first.

    What has to stand in line is counted when it gets its place there.
    """
    is_counted = not planned.is_in_line
    if await lining_up.lined_up(tx, [planned], now):
        return int(is_counted)
    today = (await rhythm.beat_of(tx, team, now)).calendar.local_date(now)
    # From when on the next one tells what is new.
    await plans.move(tx, planned.id, now)
    await plans.settle(tx, [planned], Outcome.SENT, Reason.DUE, now, {planned.touch.recipient: Told(today, key)})
    await rhythm.follow(tx, planned, now)
    return int(await outbox.enqueue(tx, key, notice, team.place.channel, team.id, now) and is_counted)
