"""What is taken along in a file: the same values in every format, each once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actions import ActionPoint
from bot.domain.ids import ModelVersion, StepId
from bot.domain.model import Form, Stage


@dataclass(frozen=True, slots=True)
class ExportedAction:
    team: str
    action: ActionPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedAssessment:
    """People are counted and not named: who answered is for the team to read in its history."""

    team: str
    finished_at: datetime
    version: ModelVersion
    form: Form
    scope: str | None
    respondents: int
    corrected: bool
    stage: Stage | None
    provisional: bool
    index: int | None
    steps: Mapping[StepId, int | None]  # the level of each; None: not enough is known, or most does not exist


@dataclass(frozen=True, slots=True)
class Exported:
    made_at: datetime
    since: date | None
    actions: tuple[ExportedAction, ...]
    assessments: tuple[ExportedAssessment, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportedFile:
    name: str
    title: str
    content: bytes
