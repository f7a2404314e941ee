"""Time zones and countries as people type them: the one that is meant, or those that may be."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import holidays
from rapidfuzz import process
from rapidfuzz.distance import OSA

LONGEST = 100
NEAR = 3
_SLIPS = 2
_NO_PLACE = "Factory"
# The tz database's list calls them by their short names.
_ALSO_CALLED = {"uk": "GB", "great britain": "GB", "england": "GB", "usa": "US", "united states of america": "US"}


def zone_called(typed: str) -> str | None:
    """The zone of that name, or the only one of that city."""
    key = _key(typed)
    exact = _zones().get(key)
    of_city = _cities().get(key, ())
    return exact or (of_city[0] if len(of_city) == 1 else None)


def zones_near(typed: str) -> Sequence[str]:
    """What may have been meant: the zones of a city of which there are several, or a slip or two away."""
    key = _key(typed)
    if key in _cities():
        return _cities()[key][:NEAR]
    spelled = _cities() | {key: (zone,) for key, zone in _zones().items()}
    slips = min(_SLIPS, len(key) // 2)  # two slips in three letters are another word
    found = process.extract(key, list(spelled), scorer=OSA.distance, score_cutoff=slips, limit=NEAR)
    return list(dict.fromkeys(zone for name, *_ in found for zone in spelled[name]))[:NEAR]


def country_called(typed: str) -> str | None:
    """The code of the country of that code or name, where its public holidays are known."""
    text = " ".join(typed[:LONGEST].split())
    code = text.upper() if len(text) == 2 and text.upper() in _names() else _codes().get(text.casefold())
    return code if code in holidays.list_supported_countries(include_aliases=False) else None


def country_name(code: str | None) -> str | None:
    return _names().get(code) if code else None


def _key(typed: str) -> str:
    """ "New York", "new_york" and "America/New York" as they are looked up; accents make no difference."""
    bare = unicodedata.normalize("NFKD", typed[:LONGEST]).encode("ascii", "ignore").decode()
    return "_".join(bare.casefold().split())


@cache
def _zones() -> dict[str, str]:
    names = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return {name.lower(): name for name in names if name != _NO_PLACE}


@cache
def _cities() -> dict[str, tuple[str, ...]]:
    """The zones of cities by the city alone."""
    named: dict[str, tuple[str, ...]] = {}
    for key, name in _zones().items():
        if "/" in key:
            city = key.rpartition("/")[2]
            named[city] = (*named.get(city, ()), name)
    return named


@cache
def _names() -> dict[str, str]:
    lines = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8").splitlines()
    rows = [line.partition("\t") for line in lines if line and not line.startswith("#")]
    return {code: name for code, _, name in rows}


@cache
def _codes() -> dict[str, str]:
    """Codes by name."""
    return {name.casefold(): code for code, name in _names().items()} | _ALSO_CALLED
