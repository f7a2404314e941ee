"""The one rule that turns levels into a stage: two thirds at it or above, and no hole more than one stage below."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from bot.domain.model import Stage
from bot.domain.rules import ScoringRules


@dataclass(frozen=True, slots=True)
class Levels:
    """What is known of the things that apply; a gap that was decided on does not break the floor."""

    known: tuple[int, ...]
    applicable: int
    gaps: tuple[int, ...] = ()

    @property
    def unknown(self) -> int:
        return self.applicable - len(self.known) - len(self.gaps)

    def with_unknowns_at(self, level: int) -> "Levels":
        return Levels((*self.known, *[level] * self.unknown), self.applicable, self.gaps)


def needed(rules: ScoringRules, applicable: int) -> int:
    """How many must be at a stage for it to be reached."""
    return ceil(rules.share * applicable)


def holds(rules: ScoringRules, levels: Levels, stage: int) -> bool:
    supporting = sum(level >= stage for level in (*levels.known, *levels.gaps))
    floor = stage - rules.floor_gap
    return supporting >= needed(rules, levels.applicable) and all(level >= floor for level in levels.known)


def level_of(rules: ScoringRules, levels: Levels) -> int:
    """The highest level for which the rule holds; 0 where it does not even hold for Crawl."""
    return max((stage for stage in Stage if holds(rules, levels, stage)), default=0)


def enough_known(rules: ScoringRules, levels: Levels) -> bool:
    return levels.applicable - levels.unknown >= needed(rules, levels.applicable)


def every(known: Sequence[int]) -> Levels:
    """Nothing unknown and nothing left out."""
    return Levels(tuple(known), len(known))
