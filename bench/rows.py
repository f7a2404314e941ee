"""What the table says: one row for each thing that was measured, or why it was not."""

from dataclasses import dataclass
from enum import StrEnum

from bench.measure import Spread


class Bound(StrEnum):
    AT_MOST = "at most"
    AT_LEAST = "at least"


@dataclass(frozen=True, slots=True)
class Target:
    """A bound for the ratio to the peer."""

    bound: Bound
    ratio: float

    def is_met(self, ratio: float) -> bool:
        return ratio <= self.ratio if self.bound is Bound.AT_MOST else ratio >= self.ratio


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound for the figure itself, whatever the peer does."""

    bound: Bound
    value: float


def at_most(ratio: float) -> Target:
    return Target(Bound.AT_MOST, ratio)


def at_least(ratio: float) -> Target:
    return Target(Bound.AT_LEAST, ratio)


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    unit: str
    ours: Spread
    peer: str | None
    theirs: Spread | None
    target: Target | Limit | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours.middle / self.theirs.middle if self.theirs and self.theirs.middle else None

    @property
    def is_met(self) -> bool | None:
        """None where nothing is asked for, or nothing can be told."""
        match self.target:
            case Target() as target if self.ratio is not None:
                return target.is_met(self.ratio)
            case Limit(bound=Bound.AT_MOST, value=value):
                return self.ours.middle <= value
            case Limit(value=value):
                return self.ours.middle >= value
            case _:
                return None


@dataclass(frozen=True, slots=True)
class NotRun:
    what: str
    why: str


Line = Row | NotRun
