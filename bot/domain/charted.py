"""What charts show, as values: levels, days and counts. No word of a person's is ever drawn into a picture."""

from dataclasses import dataclass
from datetime import date

from bot.domain.model import Stage
from bot.domain.results import StepResult


@dataclass(frozen=True, slots=True)
class StepBar:
    """A step of the model, and where it was at the assessment that it is set beside."""

    number: int
    name: str  # the model's own short one
    now: StepResult
    before: int | None = None  # a level


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """The steps of one assessment on the way from Crawl to Run."""

    on: date
    steps: tuple[StepBar, ...]
    next: Stage | None  # what the team is on its way to
    before_on: date | None = None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A closed assessment."""

    on: date
    index: int | None  # 0-100
    stage: Stage | None
    provisional: bool = False
    major: str = "1"  # of the model's version: the meaning of the levels; what differs in it is not compared


@dataclass(frozen=True, slots=True)
class TrendFacts:
    """Assessments of a team, the earliest first, and the days on which its action points were done meanwhile."""

    points: tuple[TrendPoint, ...]
    done: tuple[date, ...]
    until: date


@dataclass(frozen=True, slots=True)
class ActionSpan:
    """The life of an action point, from when it was agreed to when it was done or dropped."""

    created: date
    closed: date | None = None
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class BurnupFacts:
    spans: tuple[ActionSpan, ...]
    until: date


ChartFacts = ProfileFacts | TrendFacts | BurnupFacts


@dataclass(frozen=True, slots=True)
class Charted:
    """A chart that is drawn only when it is shown, and everything that it says in words."""

    facts: ChartFacts
    title: str
    alt: str  # for those who listen
    figures: str  # a line that is read where there is no picture
