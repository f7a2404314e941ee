"""A person's working days, and local wall-clock time turned into instants."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.ids import UserId

MONDAY, FRIDAY = 0, 4
MONDAY_TO_FRIDAY = frozenset(range(MONDAY, FRIDAY + 1))
OPENS = time(9, 30)
CLOSES = time(16, 30)
WEEK_WINDS_DOWN = time(15)  # on the week's last working day; what is not urgent then waits for the next week
SPREAD_MINUTES = 20
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
EARLIEST, LATEST = time(6), time(20)  # what a person may wish for


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a person wants to hear nothing, both ends included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    zone: ZoneInfo
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    days_off: frozenset[date] = frozenset()
    pause: Pause | None = None
    wanted: time | None = None  # when the person wants to be written to, in place of their slot

    def __post_init__(self) -> None:
        if not self.weekdays & frozenset(range(7)):
            raise ValueError("a week needs a working day")

    def local_date(self, now: datetime) -> date:
        return now.astimezone(self.zone).date()

    def is_working(self, day: date) -> bool:
        works = day.weekday() in self.weekdays and day not in self.days_off
        return works and (self.pause is None or not self.pause.covers(day))

    def next_working(self, day: date) -> date:
        """The first working day after the day."""
        return self._seek(day + _DAY, _DAY)

    def previous_working(self, day: date) -> date:
        """The last working day before the day."""
        return self._seek(day - _DAY, -_DAY)

    def not_before(self, day: date) -> date:
        """The day itself if it is worked, else the next working day."""
        return self._seek(day, _DAY)

    def not_after(self, day: date) -> date:
        """The day itself if it is worked, else the last working day before it."""
        return self._seek(day, -_DAY)

    def add_working_days(self, day: date, number: int) -> date:
        """That many working days later; a negative number goes back."""
        step = self.next_working if number > 0 else self.previous_working
        for _ in range(abs(number)):
            day = step(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days come after `start`, up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        days = map(date.fromordinal, range(start.toordinal() + 1, end.toordinal() + 1))
        return sum(map(self.is_working, days))

    def at(self, day: date, moment: time) -> datetime:
        """The instant of a local time: the first of two, or the first valid minute after one that does not exist."""
        wall = datetime.combine(day, moment)
        while _wall(instant := _instant(wall, self.zone), self.zone) != wall:
            wall += _MINUTE
        return instant

    def slot(self, day: date, user: UserId) -> datetime:
        """When this person is written to on that day: as they wish, else always at the same minute, not all at once."""
        if self.wanted is not None:
            return self.at(day, self.wanted)
        return self.at(day, (datetime.combine(day, OPENS) + _offset(user)).time())

    def next_slot(self, now: datetime, user: UserId) -> datetime:
        """The next slot that is still to come, on a working day."""
        day = self.not_before(self.local_date(now))
        slot = self.slot(day, user)
        return slot if slot > now else self.slot(self.next_working(day), user)

    def in_window(self, now: datetime) -> bool:
        local = now.astimezone(self.zone)
        return self.is_working(local.date()) and self.opens <= local.time() < self.closes

    @property
    def opens(self) -> time:
        return min(OPENS, self.wanted) if self.wanted else OPENS

    @property
    def closes(self) -> time:
        """An hour after a late wish at least, for what is held up on its way."""
        late = (datetime.combine(date.min, self.wanted) + _HOUR).time() if self.wanted else CLOSES
        return max(CLOSES, late)

    def week_winds_down(self, now: datetime) -> bool:
        """Late on the last working day of the week: Friday, or Thursday where the week starts on Sunday."""
        local = now.astimezone(self.zone)
        ends_week = (local.weekday() + 1) % 7 not in self.weekdays
        return ends_week and local.time() >= WEEK_WINDS_DOWN

    def _seek(self, day: date, step: timedelta) -> date:
        while not self.is_working(day):
            day += step
        return day


def next_weekday(day: date, weekday: int) -> date:
    """The next such weekday after the day."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def _offset(user: UserId) -> timedelta:
    # Python's own hash() differs from process to process; this must not.
    digest = hashlib.blake2b(user.encode(), digest_size=4).digest()
    return timedelta(minutes=int.from_bytes(digest) % (SPREAD_MINUTES + 1))
