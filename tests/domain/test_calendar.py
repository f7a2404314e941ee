"""Working days and the hours in which a person may be written to."""

import subprocess
import sys
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import Pause, WorkCalendar, next_weekday
from bot.domain.ids import UserId
from tests.domain.action_builders import ANA, EVERY_DAY, PARIS, SUNDAY_TO_THURSDAY, a_calendar, paris

SUN_TO_THU = a_calendar("Asia/Jerusalem", SUNDAY_TO_THURSDAY)
ASCENSION = date(2026, 5, 14)  # a Thursday
WITH_HOLIDAY = a_calendar("Europe/Paris", frozenset(range(5)), ASCENSION)
AWAY = a_calendar(pause=Pause(date(2026, 5, 11), date(2026, 5, 15)))
THU, FRI, SAT, SUN, MON = (date(2026, 5, day) for day in (7, 8, 9, 10, 11))


@pytest.mark.parametrize(
    ("calendar", "day", "works"),
    [
        pytest.param(PARIS, FRI, True, id="a Friday"),
        pytest.param(PARIS, SAT, False, id="a Saturday"),
        pytest.param(SUN_TO_THU, FRI, False, id="T17: Friday where the week is Sunday to Thursday"),
        pytest.param(SUN_TO_THU, SAT, False, id="T17: Saturday there"),
        pytest.param(SUN_TO_THU, SUN, True, id="T17: Sunday there"),
        pytest.param(WITH_HOLIDAY, ASCENSION, False, id="a holiday"),
        pytest.param(AWAY, date(2026, 5, 11), False, id="the first day of a pause"),
        pytest.param(AWAY, date(2026, 5, 15), False, id="the last day of a pause"),
        pytest.param(AWAY, date(2026, 5, 18), True, id="after a pause"),
    ],
)
def test_a_day_is_worked_or_not(calendar: WorkCalendar, day: date, works: bool) -> None:
    assert calendar.is_working(day) is works


@pytest.mark.parametrize(
    ("calendar", "day", "number", "expected"),
    [
        pytest.param(PARIS, THU, 3, date(2026, 5, 12), id="over a weekend"),
        pytest.param(PARIS, MON, -1, FRI, id="back over a weekend"),
        pytest.param(PARIS, SAT, 1, MON, id="from a Saturday"),
        pytest.param(PARIS, SAT, 0, SAT, id="none stays, worked or not"),
        pytest.param(SUN_TO_THU, THU, 1, SUN, id="T17: Sunday follows Thursday"),
        pytest.param(WITH_HOLIDAY, date(2026, 5, 13), 1, date(2026, 5, 15), id="over a holiday"),
        pytest.param(AWAY, FRI, 1, date(2026, 5, 18), id="over a pause"),
    ],
)
def test_working_days_are_added(calendar: WorkCalendar, day: date, number: int, expected: date) -> None:
    assert calendar.add_working_days(day, number) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(THU, THU, 0, id="the same day"),
        pytest.param(THU, FRI, 1, id="the next day"),
        pytest.param(FRI, SUN, 0, id="a weekend holds none"),
        pytest.param(THU, MON, 2, id="the end counts, the start does not"),
        pytest.param(MON, THU, -2, id="backwards"),
    ],
)
def test_working_days_between_two_days(start: date, end: date, expected: int) -> None:
    assert PARIS.working_days_between(start, end) == expected


def test_a_week_without_a_working_day_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a working day"):
        a_calendar("Europe/Paris", frozenset())


@pytest.mark.parametrize(
    ("day", "weekday", "expected"),
    [pytest.param(THU, 0, MON, id="Monday"), pytest.param(MON, 0, date(2026, 5, 18), id="never the same day")],
)
def test_the_next_such_weekday(day: date, weekday: int, expected: date) -> None:
    assert next_weekday(day, weekday) == expected


@pytest.mark.parametrize(
    ("now", "inside"),
    [
        pytest.param(paris(8, 9, 29), False, id="a minute early"),
        pytest.param(paris(8, 9, 30), True, id="it opens"),
        pytest.param(paris(8, 16, 29), True, id="the last minute"),
        pytest.param(paris(8, 16, 30), False, id="it closes"),
        pytest.param(paris(9, 11), False, id="a Saturday"),
    ],
)
def test_the_window(now: datetime, inside: bool) -> None:
    assert PARIS.in_window(now) is inside


@pytest.mark.parametrize(
    ("calendar", "day", "hour", "ends"),
    [
        pytest.param(PARIS, 8, 15, True, id="Friday afternoon"),
        pytest.param(PARIS, 8, 14, False, id="Friday after lunch"),
        pytest.param(PARIS, 7, 15, False, id="Thursday afternoon"),
        pytest.param(a_calendar("Europe/Paris", SUNDAY_TO_THURSDAY), 7, 15, True, id="T17: Thursday is their Friday"),
        pytest.param(a_calendar("Europe/Paris", EVERY_DAY), 8, 15, False, id="a week without an end"),
    ],
)
def test_the_week_winds_down(calendar: WorkCalendar, day: int, hour: int, ends: bool) -> None:
    assert calendar.week_winds_down(paris(day, hour)) is ends


@pytest.mark.parametrize(
    ("now", "day"),
    [
        pytest.param(paris(8, 6), FRI, id="before today's"),
        pytest.param(paris(8, 12), MON, id="after today's, over the weekend"),
        pytest.param(paris(9, 6), MON, id="on a Saturday"),
    ],
)
def test_the_next_slot(now: datetime, day: date) -> None:
    assert PARIS.next_slot(now, ANA) == PARIS.slot(day, ANA)


def test_slots_spread_over_twenty_minutes_and_each_person_keeps_theirs() -> None:
    day = date(2026, 5, 8)
    minutes = {PARIS.slot(day, UserId(f"U{number}")).astimezone(PARIS.zone).time() for number in range(500)}
    assert minutes == {time(9, 30 + minute) for minute in range(21)}


def test_a_slot_is_the_same_in_another_process() -> None:
    code = (
        "from datetime import date; from zoneinfo import ZoneInfo; from bot.domain.calendar import WorkCalendar;"
        "print(WorkCalendar(ZoneInfo('UTC')).slot(date(2026, 5, 8), 'UANA').isoformat())"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert printed == {a_calendar("UTC").slot(date(2026, 5, 8), ANA).isoformat()}


@pytest.mark.parametrize(
    ("zone", "day", "wanted", "expected"),
    [
        pytest.param("Europe/Paris", date(2026, 3, 29), time(2, 15), "2026-03-29 03:00+02:00", id="skipped hour"),
        pytest.param("Europe/Paris", date(2026, 10, 25), time(2, 30), "2026-10-25 02:30+02:00", id="first of two"),
        pytest.param("America/Santiago", date(2026, 9, 6), time(0), "2026-09-06 01:00-03:00", id="no midnight"),
        pytest.param(
            "Africa/Cairo", date(2026, 4, 24), time(0, 30), "2026-04-24 01:00+03:00", id="no half past midnight"
        ),
        pytest.param(
            "Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), "2026-10-04 02:30+11:00", id="half an hour"
        ),
        pytest.param("Asia/Kathmandu", date(2026, 5, 8), time(9, 30), "2026-05-08 09:30+05:45", id="45 minutes"),
    ],
)
def test_local_time_becomes_an_instant(zone: str, day: date, wanted: time, expected: str) -> None:
    instant = a_calendar(zone).at(day, wanted)
    assert instant.utcoffset() == timedelta()
    assert instant.astimezone(ZoneInfo(zone)).isoformat(" ", "minutes") == expected
