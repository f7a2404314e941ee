"""A draft that was left: two words to whom it waits for, a last one before it expires, and its end.

Like the ladder of an action point it is planned from the draft and what was said alone, at whatever hour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.calendar import WorkCalendar
from bot.domain.ids import UserId
from bot.domain.preferences import Profile
from bot.domain.touches import Move, Outcome, Reason, Rung, Settled, Skip, Touch

WORKING_DAYS = {Rung.DRAFT_FIRST: 1, Rung.DRAFT_SECOND: 4}
LAST_WORD = timedelta(days=27)
EXPIRES = timedelta(days=30)
A_WEEK = timedelta(days=7)
NOTICE = timedelta(days=3)  # that is left after a last word, however late it came
ORDER = (Rung.DRAFT_FIRST, Rung.DRAFT_SECOND, Rung.DRAFT_LAST, Rung.DRAFT_EXPIRES)

# What somebody hears who wants to hear less. That a draft expires is not said, and happens to all.
HEARD: Mapping[Profile, frozenset[Rung]] = {
    Profile.OFF: frozenset({Rung.DRAFT_EXPIRES}),
    Profile.LIGHT: frozenset({Rung.DRAFT_LAST, Rung.DRAFT_EXPIRES}),
    Profile.STANDARD: frozenset(ORDER),
}


@dataclass(frozen=True, slots=True)
class Left:
    """A draft, as it has been since somebody touched it last."""

    recipient: UserId  # who began it; for a correction, who corrects
    touched_at: datetime
    version: int  # rises with every step that is stored
    is_lasting: bool = False  # of the result that it corrects nothing was put aside, so it cannot be given up


def next_touch(left: Left, history: Sequence[Settled], calendar: WorkCalendar, profile: Profile) -> Touch | None:
    """`history`: what became of the touches of the draft's present version."""
    passed = max((ORDER.index(touch.rung) for touch in history), default=-1)
    days = {
        rung: day
        for rung, day in _days(left, history, calendar).items()
        if ORDER.index(rung) > passed and rung in HEARD[profile]
    }
    if not days:
        return None
    first = min(days.values())
    *merged, rung = sorted((rung for rung, day in days.items() if day == first), key=ORDER.index)
    return Touch(rung, first, calendar.slot(first, left.recipient), left.version, left.recipient, tuple(merged))


def verdict(
    touch: Touch, left: Left, history: Sequence[Settled], calendar: WorkCalendar, profile: Profile, now: datetime
) -> Skip | Move | None:
    """None: it is said."""
    plan = next_touch(left, history, calendar, profile)
    if touch.recipient != left.recipient:
        return Skip(Reason.OTHER_OWNER)
    if touch.version != left.version:
        return Skip(Reason.OTHER_VERSION)
    if plan is None or plan.rung is not touch.rung:
        return Skip(Reason.PROFILE if touch.rung not in HEARD[profile] else Reason.REPLACED)
    if now < plan.at_utc:
        return Move(plan.at_utc, Reason.EARLY)
    if touch.rung is Rung.DRAFT_EXPIRES:
        return Skip(Reason.EXPIRED)
    later = {rung: day for rung, day in _days(left, history, calendar).items() if ORDER.index(rung) > _place(touch)}
    late = touch.rung is not Rung.DRAFT_LAST and any(day <= calendar.local_date(now) for day in later.values())
    return Skip(Reason.LATE) if late else None


def expires_on(left: Left, history: Sequence[Settled], calendar: WorkCalendar) -> date | None:
    return _days(left, history, calendar).get(Rung.DRAFT_EXPIRES)


def _days(left: Left, history: Sequence[Settled], calendar: WorkCalendar) -> dict[Rung, date]:
    touched_on = calendar.local_date(left.touched_at)
    days = {rung: calendar.add_working_days(touched_on, number) for rung, number in WORKING_DAYS.items()}
    if left.is_lasting:
        return days
    last = _last_word(touched_on, calendar)
    told = [touch.local_day for touch in history if (touch.rung, touch.outcome) == (Rung.DRAFT_LAST, Outcome.SENT)]
    return days | {
        Rung.DRAFT_LAST: last,
        Rung.DRAFT_EXPIRES: max(touched_on + EXPIRES, max(told, default=last) + NOTICE),
    }


def _last_word(touched_on: date, calendar: WorkCalendar) -> date:
    """On a day off it comes earlier; for who is away for longer than that, when they are back."""
    meant = touched_on + LAST_WORD
    day = calendar.not_after(meant)
    return day if meant - day < A_WEEK else calendar.not_before(meant)


def _place(touch: Touch) -> int:
    return ORDER.index(touch.rung)
