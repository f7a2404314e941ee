"""How much a person is told: one message a day, three in seven days, none while they do not want to be disturbed.

Of what a clock starts. What somebody has just done is told at once and does not count: see docs/adr/0014.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.calendar import WorkCalendar
from bot.domain.ids import UserId
from bot.domain.touches import Move, Reason

MOST_IN_SEVEN_DAYS = 3
SEVEN_DAYS = timedelta(days=7)
QUIET_WAITS = timedelta(hours=6)  # a longer quiet is not waited for: the next working day has a slot of its own


@dataclass(frozen=True, slots=True)
class Earful:
    """What somebody was told lately, and until when they want no notification at all."""

    told: Mapping[str, date]  # each message, with their own day on which it came
    quiet_until: datetime | None = None


def held(earful: Earful, user: UserId, calendar: WorkCalendar, now: datetime) -> Move | None:
    """Until when another message has to wait, and why; None: it may come now."""
    today = calendar.local_date(now)
    days = sorted(earful.told.values())
    if today in days:
        return Move(calendar.slot(calendar.next_working(today), user), Reason.TOLD_TODAY)
    lately = [day for day in days if today - SEVEN_DAYS < day <= today]
    if len(lately) >= MOST_IN_SEVEN_DAYS:
        free = lately[-MOST_IN_SEVEN_DAYS] + SEVEN_DAYS
        return Move(calendar.slot(calendar.not_before(free), user), Reason.TOLD_ENOUGH)
    return _quiet(earful.quiet_until, user, calendar, now)


def _quiet(until: datetime | None, user: UserId, calendar: WorkCalendar, now: datetime) -> Move | None:
    if until is None or until <= now:
        return None
    if until - now <= QUIET_WAITS and calendar.in_window(until):
        return Move(until, Reason.DO_NOT_DISTURB)
    slot = calendar.next_slot(max(now, until), user)
    if calendar.local_date(slot) == calendar.local_date(now):
        slot = calendar.slot(calendar.next_working(calendar.local_date(now)), user)
    return Move(slot, Reason.DO_NOT_DISTURB)
