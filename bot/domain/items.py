"""What a message to a person may tell of. With one of them it says more of it; with several, a row of each."""

from dataclasses import dataclass
from datetime import date

from bot.domain.ids import AssessmentId, TouchId
from bot.domain.teams import Team
from bot.domain.touches import Rung


@dataclass(frozen=True, slots=True)
class DraftWaiting:
    """An assessment that the person began and left, or whose answers they began to correct."""

    touch: TouchId
    assessment: AssessmentId
    team: Team
    rung: Rung
    saved_on: date
    today: date
    expires_on: date | None  # None: a correction, of a result that stands


@dataclass(frozen=True, slots=True)
class ReassessSoon:
    """To the lead: the next assessment comes up, and what is still open from the last one."""

    touch: TouchId
    team: Team
    due_on: date
    today: date
    open_actions: int
    respondents: int  # who answered last time


@dataclass(frozen=True, slots=True)
class ReassessLate:
    """To the lead: it was due two weeks ago. The last word about it for this quarter."""

    touch: TouchId
    team: Team
    due_on: date
    today: date


Item = DraftWaiting | ReassessSoon | ReassessLate
