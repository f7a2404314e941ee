"""The fewest levels that must rise so that the rule for a stage holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.domain.levels import needed
from bot.domain.rules import ScoringRules

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A known answer of a step, or a rated step of the whole."""

    name: T
    level: int
    gap: bool = False  # decided on: it breaks no floor


@dataclass(frozen=True, slots=True)
class Rise(Generic[T]):
    name: T
    level: int
    to: int


def rises(rules: ScoringRules, placed: Sequence[Placed[T]], applicable: int, stage: int) -> tuple[Rise[T], ...]:
    """What must rise, and how far: leave one out or let it rise less, and the stage is not reached.

    Where there is a choice of what is to support the stage, it falls on what is closest to it, and on a gap that was
    decided on only when nothing else is left. With too little known it may not suffice: unknowns do not rise.
    """
    floor = stage - rules.floor_gap
    missing = needed(rules, applicable) - sum(one.level >= stage for one in placed)
    below = [one for one in placed if one.level < stage]
    closest = sorted(below, key=lambda one: (one.gap, -one.level))
    supporting = closest[: max(missing, 0)]
    return tuple(
        Rise(one.name, one.level, stage if one in supporting else floor)
        for one in below
        if one in supporting or (one.level < floor and not one.gap)
    )
