"""Working days as countries keep them: a zone tells the country, a country its week and its public holidays."""

from datetime import date, time
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from bot.domain.calendar import MONDAY_TO_FRIDAY, Pause, WorkCalendar

YEARS_BACK, YEARS_AHEAD = 1, 6  # due dates are five years away at most
WHOLE_WEEK = frozenset(range(7))
# The library makes a calendar anew each time, in which a person's turn would spend more than in the database.
MOST_COUNTRIES = 512


def zone_of(name: str | None) -> ZoneInfo | None:
    """The zone of that name; none where it is unknown, so that the caller can fall back to the team's."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # not there; not a name at all; a directory of zones
        return None


def country_of(zone_name: str) -> str | None:
    """The country in which the zone's clocks hang, where there is just one."""
    by_name = _countries("zone.tab")
    if zone_name in by_name:
        return by_name[zone_name]
    # An older name may stand for several countries that share their clocks today: then it tells none.
    return _countries("zone1970.tab").get(_links().get(zone_name, "")) if "/" in zone_name else None


@lru_cache(maxsize=MOST_COUNTRIES)
def working_weekdays(country: str | None) -> frozenset[int]:
    known = _known(country)
    if known is None:
        return MONDAY_TO_FRIDAY
    return WHOLE_WEEK - frozenset(holidays.country_holidays(known).weekend) or MONDAY_TO_FRIDAY


def public_holidays(country: str | None, year: int, subdivision: str | None = None) -> frozenset[date]:
    """The country's public holidays of that year; those of a region too, where the region is known."""
    known = _known(country)
    if known is None:
        return frozenset()
    regions = holidays.list_supported_countries()[known]
    return _holidays(known, year, subdivision if subdivision in regions else None)


def work_calendar(
    zone: ZoneInfo,
    country: str | None,
    around: date,
    *,
    subdivision: str | None = None,
    weekdays: frozenset[int] | None = None,
    pause: Pause | None = None,
    wanted: time | None = None,
) -> WorkCalendar:
    """The calendar of a person there, with the holidays of the years around that day.

    A country that was chosen wins over the zone's: who keeps Paris time need not work in France.
    """
    where = country or country_of(zone.key)
    days_off = _days_off(where, around.year, subdivision)
    return WorkCalendar(zone, weekdays or working_weekdays(where), days_off, pause, wanted)


@lru_cache(maxsize=MOST_COUNTRIES)
def _days_off(country: str | None, year: int, subdivision: str | None) -> frozenset[date]:
    years = range(year - YEARS_BACK, year + YEARS_AHEAD + 1)
    return frozenset[date]().union(*(public_holidays(country, one, subdivision) for one in years))


@lru_cache(maxsize=MOST_COUNTRIES)
def _known(country: str | None) -> str | None:
    code = (country or "").strip().upper()
    return code if code in holidays.list_supported_countries(include_aliases=False) else None


@lru_cache(maxsize=4096)
def _holidays(country: str, year: int, subdivision: str | None) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=year))


@cache
def _countries(table: str) -> dict[str, str]:
    """Zone name to country code, from a table of the tz database, without the zones of several countries."""
    rows = [line.split("\t") for line in _lines(table) if line and not line.startswith("#")]
    return {zone: codes for codes, _, zone, *_ in rows if "," not in codes}


@cache
def _links() -> dict[str, str]:
    """Older zone name to the present one."""
    links = [line.split() for line in _lines("tzdata.zi") if line.startswith("L ")]
    return {alias: target for _, target, alias in links}


def _lines(name: str) -> list[str]:
    return files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8").splitlines()
