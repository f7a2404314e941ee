"""What scoring says: types that a view or an announcement can match on."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.answers import Measure
from bot.domain.ids import BenchmarkId, StepId
from bot.domain.model import Stage


@dataclass(frozen=True, slots=True)
class Rated:
    """A step with enough known answers for a stage.

    `level` is 0 where not even the rule for Crawl holds; the stage shown is Crawl all the same, but the overall rule
    sees the hole (steps 2, 2, 2, 0 are Crawl, steps 2, 2, 2, 1 are Walk).
    """

    step: StepId
    level: int
    low: int  # with every unknown at level 0
    high: int  # with every unknown at Run
    applicable: int
    known: int

    @property
    def stage(self) -> Stage:
        return stage_of_level(self.level)

    @property
    def provisional(self) -> bool:
        return stage_of_level(self.low) is not self.stage


@dataclass(frozen=True, slots=True)
class NotEnoughKnown:
    """The rule needs more known answers than there are; the step could still be anything from `low` to `high`."""

    step: StepId
    low: int
    high: int
    applicable: int
    known: int
    needed: int


@dataclass(frozen=True, slots=True)
class NotRated:
    """Too much of the step does not apply here."""

    step: StepId
    applicable: int
    absent: int


StepResult = Rated | NotEnoughKnown | NotRated


class Standing(StrEnum):
    """How a number compares with the practice that the answers show."""

    CONFIRMED = "confirmed"
    NOT_IN_NUMBERS_YET = "not_in_numbers_yet"  # one lower: the stage is kept, the mismatch shown
    CAPPED = "capped"  # two or more lower: the stage is limited to the number's + 1
    AHEAD = "ahead"
    UNKNOWN = "unknown"
    NOT_COMPARED = "not_compared"  # there is no stage to compare it with


@dataclass(frozen=True, slots=True)
class NumberCheck:
    benchmark: BenchmarkId
    measure: Measure
    level: int | None
    near: float | None  # the border that the value is close to
    standing: Standing


class Backing(StrEnum):
    SELF_REPORTED = "self-reported"
    MEASURED = "backed by measured numbers"


@dataclass(frozen=True, slots=True)
class Staged:
    stage: Stage
    practice: Stage  # what the answers alone would give
    low: Stage
    high: Stage
    backing: Backing

    @property
    def provisional(self) -> bool:
        return self.low is not self.stage


@dataclass(frozen=True, slots=True)
class Unstaged:
    """Too few steps could be rated for an overall stage."""

    rated: int
    needed: int

    @property
    def stage(self) -> None:
        return None

    @property
    def provisional(self) -> bool:
        return False


Overall = Staged | Unstaged


@dataclass(frozen=True, slots=True)
class Result:
    steps: tuple[StepResult, ...]
    numbers: tuple[NumberCheck, ...]
    overall: Overall
    index: int | None  # 0-100, for the trend line only; never decides a stage

    @property
    def rated(self) -> tuple[Rated, ...]:
        return tuple(step for step in self.steps if isinstance(step, Rated))

    def step(self, step_id: StepId) -> StepResult:
        return next(step for step in self.steps if step.step == step_id)


def stage_of_level(level: int) -> Stage:
    return Stage(max(level, Stage.CRAWL))
