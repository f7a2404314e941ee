"""Dates as people type them, on Wednesday 20 May 2026; Monday the 25th is a holiday."""

from datetime import date, datetime

import pytest
import time_machine

from bot.commands import dates, relative_dates, times
from bot.commands.dates import Base, Either, Found, NoDate
from tests.commands.talking import CALENDAR, TODAY


def read(text: str, today: date = TODAY, *, past: bool = False) -> Found:
    return dates.read(text.split(), Base(today, CALENDAR.add_working_days, past))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-29", "2026-05-29"),
        ("2026/5/29", "2026-05-29"),
        ("2024-02-29", "2024-02-29"),
        ("today", "2026-05-20"),
        ("tomorrow", "2026-05-21"),
        ("yesterday", "2026-05-19"),
        ("fri", "2026-05-22"),
        ("on friday", "2026-05-22"),
        ("this friday", "2026-05-22"),
        ("wed", "2026-05-27"),
        ("tues", "2026-05-26"),
        ("last mon", "2026-05-18"),
        ("next week", "2026-05-25"),
        ("next month", "2026-06-01"),
        ("+1d", "2026-05-21"),
        ("+3d", "2026-05-26"),
        ("3d", "2026-05-26"),
        ("3 days", "2026-05-26"),
        ("in 3 working days", "2026-05-26"),
        ("eom", "2026-05-31"),
        ("end of the month", "2026-05-31"),
        ("eoq", "2026-06-30"),
        ("20 May", "2026-05-20"),
        ("19 May", "2027-05-19"),
        ("12 June", "2026-06-12"),
        ("June 12", "2026-06-12"),
        ("the 12th of June", "2026-06-12"),
        ("June 12th, 2028", "2028-06-12"),
        ("29 May 2027", "2027-05-29"),
        ("12jun", "2026-06-12"),
        ("3 Sept.", "2026-09-03"),
        ("29 Feb", "2028-02-29"),
        ("Fri 29 May", "2026-05-29"),
        ("Friday, 29 May 2026", "2026-05-29"),
        ("29/05", "2026-05-29"),
        ("05/29", "2026-05-29"),
        ("29.05.", "2026-05-29"),
        ("29-5-27", "2027-05-29"),
        ("06/06", "2026-06-06"),
        ("Fri 05/06", "2026-06-05"),
        ("in two weeks", "2026-06-03"),
        ("2 weeks from now", "2026-06-03"),
        ("a fortnight", "2026-06-03"),
        ("in a month", "2026-06-20"),
        ("the day after tomorrow", "2026-05-22"),
    ],
)
def test_one_date(text: str, expected: str) -> None:
    assert read(text.lower()) == day(expected)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("12/05", "2027-05-12", "2026-12-05"),
        ("12.05.", "2027-05-12", "2026-12-05"),
        ("12-05", "2027-05-12", "2026-12-05"),
        ("12/05/2027", "2027-05-12", "2027-12-05"),
        ("12.05.27", "2027-05-12", "2027-12-05"),
        ("on 1/2", "2027-02-01", "2027-01-02"),
        ("next fri", "2026-05-22", "2026-05-29"),
    ],
)
def test_two_dates(text: str, first: str, second: str) -> None:
    assert read(text) == Either(day(first), day(second))


@pytest.mark.parametrize("today", [date(2026, 5, 22), date(2026, 5, 23), date(2026, 5, 24)], ids=["Fri", "Sat", "Sun"])
def test_next_friday_is_asked_about_only_while_there_are_two(today: date) -> None:
    assert read("next fri", today) == date(2026, 5, 29)


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        ("eom", date(2026, 12, 31), date(2026, 12, 31)),
        ("eom", date(2028, 2, 1), date(2028, 2, 29)),
        ("eoq", date(2026, 12, 1), date(2026, 12, 31)),
        ("eoq", date(2026, 3, 31), date(2026, 3, 31)),
        ("next month", date(2026, 12, 31), date(2027, 1, 1)),
        ("next week", date(2026, 5, 18), date(2026, 5, 25)),
        ("29 feb", date(2097, 1, 1), date(2104, 2, 29)),
        ("1 jan", date(2026, 1, 1), date(2026, 1, 1)),
    ],
)
def test_at_the_edges_of_a_year(text: str, today: date, expected: date) -> None:
    assert read(text, today) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 june", "2025-06-12"),
        ("20 may", "2026-05-20"),
        ("fri", "2026-05-15"),
        ("wed", "2026-05-13"),
        ("last week", "2026-05-13"),
        ("a month ago", "2026-04-20"),
        ("3d", "2026-05-15"),
    ],
)
def test_looking_back(text: str, expected: str) -> None:
    assert read(text, past=True) == day(expected)


@pytest.mark.parametrize("text", ["2026-02-30", "30/02", "31/31", "0/0", "31 june", "0000-01-01"])
def test_a_day_that_is_in_no_calendar(text: str) -> None:
    assert read(text) == NoDate(dates.NO_SUCH_DAY)


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "may", "12", "12 5 2027", "12 5 2027 day", "now", "10:30", "12 may est", "fr", "0d", "261d"),
        *("3d 4d", "1700000000", "next", "in", "a", "5.5 weeks"),
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert isinstance(read(text), NoDate)


def test_what_is_too_long_for_a_date() -> None:
    assert isinstance(read("a week " * 20), NoDate)


@pytest.mark.parametrize("text", ["mon 29 may 2026", "mon 05/06"])
def test_a_weekday_in_front_has_to_be_right(text: str) -> None:
    said = read(text)
    assert isinstance(said, NoDate)
    assert "is a Friday, not a Monday." in said.sentence


@pytest.mark.parametrize("phrase", ["in two weeks", "a month ago", "2 years", "the day after tomorrow"])
def test_the_library_reads_no_clock(phrase: str) -> None:
    readings = set()
    for clock in (datetime(2001, 1, 31, 23, 59), datetime(2024, 2, 29), datetime(2030, 12, 31)):  # noqa: DTZ001
        with time_machine.travel(clock, tick=False):
            readings.add(relative_dates.read(phrase, TODAY, past=False))
    assert len(readings) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9", "09:00"),
        ("9:30", "09:30"),
        ("9.30", "09:30"),
        ("9h30", "09:30"),
        ("14h", "14:00"),
        ("0930", "09:30"),
        ("9am", "09:00"),
        ("12 am", "00:00"),
        ("12:15 pm", "12:15"),
        ("noon", "12:00"),
        ("24:00", None),
        ("9:60", None),
        ("13 pm", None),
        ("0 am", None),
        ("9:3", None),
        ("morning", None),
    ],
)
def test_times_of_day(text: str, expected: str | None) -> None:
    found = times.clock(text.split())
    assert (found.isoformat("minutes") if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mon", {0}),
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("fri - mon", {4, 5, 6, 0}),
        ("sun to thu", {6, 0, 1, 2, 3}),
        ("mo,we,fr", {0, 2, 4}),
        ("mon tue & thursday", {0, 1, 3}),
        ("weekdays", {0, 1, 2, 3, 4}),
        ("every day", {0, 1, 2, 3, 4, 5, 6}),
        ("", None),
        ("m", None),
        ("mon,", {0}),
        ("mon-", None),
        ("and", None),
        ("mon,xyz", None),
    ],
)
def test_days_of_the_week(text: str, expected: set[int] | None) -> None:
    found = times.weekdays(text.split())
    assert (set(found) if found else None) == expected
