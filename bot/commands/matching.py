"""Which word of a table was meant: itself, the only one that starts so, or the only one that a slip away."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.late import late

if TYPE_CHECKING:
    from rapidfuzz import distance
else:
    distance = late("rapidfuzz.distance")

SLIPS = 2


@dataclass(frozen=True, slots=True)
class Found:
    name: str


@dataclass(frozen=True, slots=True)
class Near:
    """Probably meant, so it is asked and never done."""

    name: str


@dataclass(frozen=True, slots=True)
class Several:
    names: tuple[str, ...]


def match_word(typed: str, names: Iterable[str], slips: int = SLIPS) -> Found | Near | Several | None:
    word = typed.rstrip(",;:.!?")
    known = tuple(dict.fromkeys(names))
    if word in known:
        return Found(word)
    if not word:
        return None
    starting = tuple(name for name in known if name.startswith(word))
    if starting:
        return Found(starting[0]) if len(starting) == 1 else Several(starting)
    return _nearest(word, known, slips)


def _nearest(word: str, names: tuple[str, ...], slips: int) -> Near | Several | None:
    allowed = min(slips, len(word) // 2)  # two slips in three letters are another word
    distances = {name: distance.OSA.distance(word, name, score_cutoff=allowed) for name in names}
    least = min(distances.values(), default=allowed + 1)
    if least > allowed:
        return None
    near = tuple(name for name, count in distances.items() if count == least)
    return Near(near[0]) if len(near) == 1 else Several(near)
