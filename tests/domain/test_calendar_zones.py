"""Invariant 7: planned local time is the wanted time, or the first valid minute after it, in every zone there is."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar import WorkCalendar
from tests.domain.action_builders import ANA, EVERY_DAY

ZONES = sorted(available_timezones())
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2033, 1, 1, tzinfo=UTC)
MINUTE, WEEK = timedelta(minutes=1), timedelta(days=7)


def wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def changes_between(zone: ZoneInfo, start: datetime, end: datetime) -> datetime:
    """The first minute with the later offset, where the offset differs between the two instants."""
    before = start.astimezone(zone).utcoffset()
    while end - start > MINUTE:
        middle = start + (end - start) // MINUTE // 2 * MINUTE
        start, end = (middle, end) if middle.astimezone(zone).utcoffset() == before else (start, middle)
    return end


@cache
def clock_changes(name: str) -> list[datetime]:
    zone = ZoneInfo(name)
    weeks = [FIRST + number * WEEK for number in range((LAST - FIRST) // WEEK + 1)]
    offsets = [week.astimezone(zone).utcoffset() for week in weeks]
    return [
        changes_between(zone, weeks[place - 1], weeks[place])
        for place in range(1, len(weeks))
        if offsets[place] != offsets[place - 1]
    ]


@settings(deadline=None)
@given(
    st.sampled_from(ZONES),
    st.dates(date(2024, 1, 1), date(2032, 12, 31)),
    st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
)
def test_f15_any_zone_any_day_any_time(name: str, day: date, moment: time) -> None:
    zone = ZoneInfo(name)
    wanted = datetime.combine(day, moment)
    instant = WorkCalendar(zone).at(day, moment)
    assert wall(instant, zone) >= wanted
    assert wall(instant - MINUTE, zone) < wanted or wall(instant, zone) == wanted
    assert instant.astimezone(zone).fold == 0


def test_f15_every_clock_change_of_every_zone() -> None:
    for name in ZONES:
        zone = ZoneInfo(name)
        calendar = WorkCalendar(zone)
        for change in clock_changes(name):
            instants = [change + number * MINUTE for number in range(-360, 180)]
            walls = [wall(instant, zone) for instant in instants]
            highest = list(accumulate(walls, max))
            # By the definition itself: the first of all instants whose clock shows the wanted time, or more.
            for wanted in {shown.replace(minute=shown.minute // 10 * 10) for shown in walls[240:480:5]} | {
                walls[360] - number * 10 * MINUTE for number in range(12)
            }:
                expected = instants[bisect_left(highest, wanted)]
                assert calendar.at(wanted.date(), wanted.time()) == expected, (name, wanted)


def test_f15_no_clock_change_moves_anyones_slot() -> None:
    minutes = set()
    for name in ZONES:
        calendar = WorkCalendar(ZoneInfo(name), EVERY_DAY)
        for change in clock_changes(name):
            for days in (-1, 0, 1):
                day = calendar.local_date(change) + timedelta(days=days)
                slot = calendar.slot(day, ANA).astimezone(calendar.zone)
                assert slot.date() == day, (name, day)
                minutes.add(slot.time())
    assert len(minutes) == 1
    assert time(9, 30) <= minutes.pop() <= time(9, 50)


def test_the_clock_changes_are_really_looked_at() -> None:
    assert len(clock_changes("Europe/Paris")) == 18
    assert sum(len(clock_changes(name)) for name in ZONES) > 2000
