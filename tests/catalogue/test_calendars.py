"""Countries, their weeks and their holidays: T17, T18, T20."""

from datetime import date
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.catalogue.calendars import country_of, public_holidays, work_calendar, working_weekdays, zone_of
from bot.domain.calendar import MONDAY_TO_FRIDAY, Pause

SUNDAY_TO_THURSDAY = frozenset({6, 0, 1, 2, 3})
ASCENSION = date(2026, 5, 14)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        pytest.param("Europe/Paris", "FR", id="a zone of one country"),
        pytest.param("Asia/Jerusalem", "IL", id="another"),
        pytest.param("Asia/Calcutta", "IN", id="an older name of one country's zone"),
        pytest.param("America/Coral_Harbour", None, id="an older name that stands for several countries"),
        pytest.param("EST", None, id="an abbreviation tells no country"),
        pytest.param("Etc/GMT+3", None, id="an offset neither"),
        pytest.param("UTC", None, id="nor UTC"),
        pytest.param("Mars/Phobos", None, id="no zone at all"),
    ],
)
def test_a_zone_tells_the_country_where_there_is_one(name: str, country: str | None) -> None:
    assert country_of(name) == country


@pytest.mark.parametrize(
    "name",
    [None, "", "Mars/Phobos", "../etc/passwd", "/etc/passwd", "America", "zone.tab", "UTC\0", "a" * 5000],
    ids=lambda name: f"T20: {name!r:.20}",
)
def test_an_unknown_zone_is_none_and_no_error(name: str | None) -> None:
    assert zone_of(name) is None


def test_a_known_zone_is_found() -> None:
    assert zone_of("Asia/Kathmandu") == ZoneInfo("Asia/Kathmandu")


@pytest.mark.parametrize(
    ("country", "weekdays"),
    [
        pytest.param("FR", MONDAY_TO_FRIDAY, id="France"),
        pytest.param("IL", SUNDAY_TO_THURSDAY, id="T17: Israel"),
        pytest.param("SA", SUNDAY_TO_THURSDAY, id="T17: Saudi Arabia"),
        pytest.param("AE", MONDAY_TO_FRIDAY, id="T17: the Emirates, since 2022"),
        pytest.param("il", SUNDAY_TO_THURSDAY, id="in small letters"),
        pytest.param("XX", MONDAY_TO_FRIDAY, id="unknown"),
        pytest.param(None, MONDAY_TO_FRIDAY, id="none"),
    ],
)
def test_a_countrys_week(country: str | None, weekdays: frozenset[int]) -> None:
    assert working_weekdays(country) == weekdays


@pytest.mark.parametrize(
    ("country", "subdivision", "day", "off"),
    [
        pytest.param("FR", None, ASCENSION, True, id="T18: the owner's country"),
        pytest.param("US", None, ASCENSION, False, id="T18: the lead's country"),
        pytest.param("DE", None, date(2026, 1, 6), False, id="a day of some regions only"),
        pytest.param("DE", "BY", date(2026, 1, 6), True, id="in such a region"),
        pytest.param("DE", "??", date(2026, 5, 1), True, id="an unknown region has the country's days"),
        pytest.param("XX", None, date(2026, 1, 1), False, id="an unknown country has none that we know"),
    ],
)
def test_public_holidays(country: str, subdivision: str | None, day: date, off: bool) -> None:
    assert (day in public_holidays(country, day.year, subdivision)) is off


def test_t18_a_calendar_knows_the_holidays_of_its_zone() -> None:
    calendar = work_calendar(ZoneInfo("Europe/Paris"), None, date(2026, 3, 1))
    assert calendar.previous_working(date(2026, 5, 15)) == date(2026, 5, 13)
    assert not calendar.is_working(date(2025, 5, 1))
    assert not calendar.is_working(date(2031, 5, 1))


def test_a_country_that_was_chosen_wins() -> None:
    calendar = work_calendar(ZoneInfo("Europe/Paris"), "IL", date(2026, 3, 1))
    assert calendar.is_working(ASCENSION)
    assert calendar.weekdays == SUNDAY_TO_THURSDAY


def test_a_region_and_a_pause_are_kept() -> None:
    pause = Pause(date(2026, 8, 3), date(2026, 8, 14))
    calendar = work_calendar(ZoneInfo("Europe/Berlin"), "DE", date(2026, 3, 1), subdivision="BY", pause=pause)
    assert not calendar.is_working(date(2026, 1, 6))
    assert calendar.next_working(date(2026, 7, 31)) == date(2026, 8, 17)


def test_every_zone_there_is_has_a_calendar() -> None:
    for name in sorted(available_timezones()):
        assert work_calendar(ZoneInfo(name), None, date(2026, 3, 1)).weekdays
