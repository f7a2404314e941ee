"""A team's week: when its channel reads of it, and what there is to read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import ChannelId, UserId
from bot.domain.touches import Rung, Touch

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Slot:
    """When a team's channel reads of its week: a day of the week (Monday is 0) and a local time."""

    day: int
    at: time


def week_of(day: date) -> int:
    """The ISO year and week as one number: 202610."""
    year, week, _ = day.isocalendar()
    return year * 100 + week


def name_of(week: int) -> str:
    return f"{week // 100}-W{week % 100:02}"


def next_digest(
    start: datetime, told: Collection[int], slot: Slot, channel: ChannelId, calendar: WorkCalendar
) -> Touch | None:
    """The first from then on, of a week that was not told of; on a day off it is the next working day's."""
    monday = _monday(calendar.local_date(start))
    for week in range(-1, 4):
        meant = monday + week * WEEK + timedelta(days=slot.day)
        day = calendar.not_before(meant)
        at_utc = calendar.at(day, slot.at)
        # Of a week that is off altogether there is nothing to tell.
        if week_of(meant) not in told and day < meant + WEEK and at_utc >= start:
            return Touch(Rung.DIGEST, day, at_utc, week_of(meant), UserId(channel))
    return None


def is_missed(touch: Touch, slot: Slot, today: date) -> bool:
    """Whether the next week's has come meanwhile."""
    year, week = divmod(touch.version, 100)
    return today >= date.fromisocalendar(year, week, slot.day + 1) + WEEK


@dataclass(frozen=True, slots=True)
class OpenPoints:
    """A team's open action points, each in the one place that says most about it; the oldest first."""

    ownerless: tuple[ActionPoint, ...] = ()
    blocked: tuple[ActionPoint, ...] = ()
    stalled: tuple[ActionPoint, ...] = ()
    overdue: tuple[ActionPoint, ...] = ()
    due: tuple[ActionPoint, ...] = ()  # within seven days
    later: int = 0

    @property
    def count(self) -> int:
        return self.later + sum(map(len, (self.ownerless, self.blocked, self.stalled, self.overdue, self.due)))


def sort_out(points: Sequence[ActionPoint], today: date) -> OpenPoints:
    oldest_first = sorted(points, key=lambda point: (point.due_on or date.max, point.number))
    places = [(_place(point, today), point) for point in oldest_first]
    named = {place: tuple(point for where, point in places if where == place) for place in PLACES}
    return OpenPoints(**named, later=sum(where is None for where, _ in places))


PLACES = ("ownerless", "blocked", "stalled", "overdue", "due")


def _place(point: ActionPoint, today: date) -> str | None:
    if point.owner is None:
        return "ownerless"
    if point.blocked_at is not None:
        return "blocked"
    if point.state is ActionState.STALLED:
        return "stalled"
    if point.due_on is None or point.due_on >= today + WEEK:
        return None
    return "overdue" if point.due_on < today else "due"


@dataclass(frozen=True, slots=True)
class Week:
    done: tuple[ActionPoint, ...]
    open: OpenPoints
    open_before: int  # when the last digest was, or a week ago

    @property
    def is_quiet(self) -> bool:
        """Nothing was closed, and nothing waits for anybody.

        What is new has a card, and what is blocked waits for others.
        """
        waits = (self.open.ownerless, self.open.stalled, self.open.overdue, self.open.due)
        return not self.done and not any(waits) and self.open.count >= self.open_before


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
