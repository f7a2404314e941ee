"""From one assessment to the next: when it is due, what the lead hears of it, and the line in the channel."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.calendar import WorkCalendar
from bot.domain.ids import ChannelId, UserId
from bot.domain.preferences import Profile
from bot.domain.touches import Move, Reason, Rung, Settled, Skip, Touch

A_QUARTER = 90  # days, where neither the team nor the questions say otherwise
SOON_BEFORE = 5  # working days of the lead: about a week
LATE_AFTER = 10
INVITED_WITHIN = 2  # working days, when the day itself was missed
SAID_WITHIN_DAYS = 7
DECEMBER = 12

HEARD: Mapping[Profile, frozenset[Rung]] = {
    Profile.OFF: frozenset(),
    Profile.LIGHT: frozenset({Rung.REASSESS_SOON}),
    Profile.STANDARD: frozenset({Rung.REASSESS_SOON, Rung.REASSESS_LATE}),
}


@dataclass(frozen=True, slots=True)
class Due:
    """The next assessment of a team."""

    on: date  # the team's
    after: date  # when the last one was, or would have been

    @property
    def version(self) -> int:
        """Another day is another matter: what was said of the one before does not count."""
        return self.on.toordinal()


def due(assessed_on: date, days: int, moved_to: date | None, calendar: WorkCalendar) -> Due:
    """`moved_to`: a day that somebody chose in place of the regular one."""
    return Due(calendar.not_before(moved_to or assessed_on + timedelta(days=days)), assessed_on)


def following(last: Due, days: int, calendar: WorkCalendar) -> Due:
    """A quarter that went by without one: the next is due when it would have been due anyway."""
    return Due(calendar.not_before(last.on + timedelta(days=days)), last.on)


def month_later(day: date, calendar: WorkCalendar) -> date:
    year, month = (day.year + 1, 1) if day.month == DECEMBER else (day.year, day.month + 1)
    return calendar.not_before(date(year, month, min(day.day, monthrange(year, month)[1])))


def is_over(history: Sequence[Settled]) -> bool:
    """Everything was said about it, and nobody was moved."""
    return any(touch.rung is Rung.REASSESS_LATE for touch in history)


def to_lead(
    coming: Due, lead: UserId, history: Sequence[Settled], calendar: WorkCalendar, profile: Profile
) -> Touch | None:
    """The lead's next word. The last is planned even for who does not hear it: with it the quarter is over."""
    if is_over(history):
        return None
    told = {touch.rung for touch in history}
    soon = calendar.add_working_days(calendar.not_after(coming.on), -SOON_BEFORE)
    if Rung.REASSESS_SOON not in told and Rung.REASSESS_SOON in HEARD[profile] and soon > coming.after:
        return _touch(Rung.REASSESS_SOON, soon, coming, lead, calendar)
    return _touch(Rung.REASSESS_LATE, calendar.add_working_days(coming.on, LATE_AFTER), coming, lead, calendar)


def to_channel(
    coming: Due, channel: ChannelId, history: Sequence[Settled], calendar: WorkCalendar, at: time
) -> Touch | None:
    if history:
        return None
    return Touch(Rung.REASSESS_DAY, coming.on, calendar.at(coming.on, at), coming.version, UserId(channel))


def verdict(
    touch: Touch, plan: Touch | None, calendar: WorkCalendar, profile: Profile, now: datetime
) -> Skip | Move | None:
    """What becomes of the lead's word when it has come due; `plan`: as it would be made now. None: it is said."""
    if plan is None or (plan.version, plan.rung) != (touch.version, touch.rung):
        return Skip(Reason.PROFILE if touch.rung not in HEARD[profile] else Reason.REPLACED)
    if plan.recipient != touch.recipient:
        return Skip(Reason.OTHER_OWNER)
    if now < plan.at_utc:
        return Move(plan.at_utc, Reason.EARLY)
    if touch.rung not in HEARD[profile]:
        return Skip(Reason.PROFILE)
    return Skip(Reason.LATE) if _is_stale(touch, calendar.local_date(now)) else None


def is_missed(touch: Touch, calendar: WorkCalendar, now: datetime) -> bool:
    """Whether the line in the channel would come too late to make sense."""
    return calendar.working_days_between(touch.local_day, calendar.local_date(now)) > INVITED_WITHIN


def _is_stale(touch: Touch, today: date) -> bool:
    if touch.rung is Rung.REASSESS_SOON:
        return today >= date.fromordinal(touch.version)
    return (today - touch.local_day).days >= SAID_WITHIN_DAYS


def _touch(rung: Rung, day: date, coming: Due, lead: UserId, calendar: WorkCalendar) -> Touch:
    return Touch(rung, day, calendar.slot(day, lead), coming.version, lead)
