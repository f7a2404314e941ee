"""The tz database's own lists of zones, cities and countries, and what goes by a name as people type it."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LONGEST = 100
# The tz database's list calls them by their short names.
_ALSO_CALLED = {"uk": "GB", "great britain": "GB", "england": "GB", "usa": "US", "united states of america": "US"}
_NO_PLACE = "Factory"


def zone_called(typed: str) -> str | None:
    """The zone of that name, or the only one of that city."""
    of_city = cities().get(key(typed), ())
    return zones().get(key(typed)) or (of_city[0] if len(of_city) == 1 else None)


def code_called(typed: str) -> str | None:
    """Of the country of that code or name."""
    text = " ".join(typed[:LONGEST].split())
    return text.upper() if text.upper() in countries() else _codes().get(text.casefold())


def key(typed: str) -> str:
    """ "New York", "new_york" and "America/New York" as they are looked up; accents make no difference."""
    bare = unicodedata.normalize("NFKD", typed[:LONGEST]).encode("ascii", "ignore").decode()
    return "_".join(bare.casefold().split())


@cache
def zones() -> Mapping[str, str]:
    """By their key."""
    names = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return {name.lower(): name for name in names if name != _NO_PLACE}


@cache
def cities() -> Mapping[str, tuple[str, ...]]:
    """The zones of cities by the key of the city alone."""
    named: dict[str, tuple[str, ...]] = {}
    for spelled, name in zones().items():
        if "/" in spelled:
            city = spelled.rpartition("/")[2]
            named[city] = (*named.get(city, ()), name)
    return named


@cache
def countries() -> Mapping[str, str]:
    """Their names by their codes."""
    lines = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8").splitlines()
    rows = [line.partition("\t") for line in lines if line and not line.startswith("#")]
    return {code: name for code, _, name in rows}


@cache
def _codes() -> Mapping[str, str]:
    return {name.casefold(): code for code, name in countries().items()} | _ALSO_CALLED
