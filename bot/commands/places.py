"""Time zones and countries as people type them, compared with the lists of the tz database."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from bot.commands.matching import Near, match_word

# The tz database's list calls them by their short names.
_ALSO_CALLED = {"uk": "GB", "great britain": "GB", "england": "GB", "usa": "US", "united states of america": "US"}
_NO_PLACE = "Factory"


def zone(words: Sequence[str]) -> str | None:
    """The zone of that name, or the only one of that city."""
    name = "_".join(words)
    return _zones().get(name) or _cities().get(name)


def zone_near(words: Sequence[str]) -> str | None:
    """The zone or city that was probably meant."""
    match match_word("_".join(words), [*_zones(), *_cities()]):
        case Near(name=name):
            return _zones().get(name) or _cities().get(name)
        case _:
            return None


def country(words: Sequence[str]) -> str | None:
    """The code of the country that goes by this code or name."""
    text = " ".join(words)
    code = text.upper()
    return code if code in _countries().values() else _countries().get(text)


@cache
def _zones() -> dict[str, str]:
    names = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return {name.lower(): name for name in names if name != _NO_PLACE}


@cache
def _cities() -> dict[str, str]:
    """The zones of cities by the city alone, without those of which there are two."""
    named = defaultdict[str, list[str]](list)
    for key, name in _zones().items():
        named[key.rpartition("/")[2]].append(name)
    return {city: names[0] for city, names in named.items() if len(names) == 1}


@cache
def _countries() -> dict[str, str]:
    """Codes by name in small letters."""
    lines = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return _ALSO_CALLED | {name.lower(): code for code, name in rows}
