"""An assessment of a team, and the people who answer it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import AssessmentId, ModelVersion, StepId, TeamId, UserId
from bot.domain.model import Form, Stage


class AssessmentState(StrEnum):
    DRAFT = "draft"
    CLOSED = "closed"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Assessment:
    id: AssessmentId
    team: TeamId
    model_version: ModelVersion  # scored with this version for ever
    form: Form  # the same questions for everybody who answers
    state: AssessmentState
    started_by: UserId
    closed_by: UserId | None
    closed_at: datetime | None
    first_closed_at: datetime | None  # the first time, when it was corrected since
    stage: Stage | None  # None: open, or not enough known
    is_provisional: bool
    index: int | None
    told_stage: Stage | None = None  # what the team's channel knows after it
    scope: str | None = None  # what it is about, in its starter's words
    is_anonymous: bool = False
    good_for_days: int | None = None  # until the next one, as its questions say
    may_be_shared: bool = False  # its lead lets it be told where other organisations read


@dataclass(frozen=True, slots=True)
class Respondent:
    """One person's part in an assessment. Their answers are theirs alone: nobody else's form overwrites them."""

    user: UserId
    step: StepId
    version: int  # rises with every stored step; a form that was drawn before is stale
    claimed_level: int | None
    persona: str | None
    saved_at: datetime
    finished_at: datetime | None = None  # in an anonymous round, which ends for each person by itself
