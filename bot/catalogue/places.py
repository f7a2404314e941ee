"""What may have been meant by a zone that there is not, and the countries whose public holidays are known."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import holidays

from bot.domain import gazetteer
from bot.late import late

if TYPE_CHECKING:
    from rapidfuzz import distance, process
else:
    process, distance = late("rapidfuzz.process"), late("rapidfuzz.distance")

NEAR = 3
_SLIPS = 2


def zones_near(typed: str) -> Sequence[str]:
    """What may have been meant: the zones of a city of which there are several, or a slip or two away."""
    key, cities = gazetteer.key(typed), gazetteer.cities()
    if key in cities:
        return cities[key][:NEAR]
    spelled = {**cities, **{name: (zone,) for name, zone in gazetteer.zones().items()}}
    slips = min(_SLIPS, len(key) // 2)  # two slips in three letters are another word
    found = process.extract(key, list(spelled), scorer=distance.OSA.distance, score_cutoff=slips, limit=NEAR)
    return list(dict.fromkeys(zone for name, *_ in found for zone in spelled[name]))[:NEAR]


def country_called(typed: str) -> str | None:
    """The code of the country of that code or name, where its public holidays are known."""
    code = gazetteer.code_called(typed)
    return code if code in holidays.list_supported_countries(include_aliases=False) else None


def country_name(code: str | None) -> str | None:
    return gazetteer.countries().get(code) if code else None
