"""How far a result can be relied on, and how it compares with what the team believed of itself beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bot.domain.answers import Absent, Answers, Level
from bot.domain.ids import QuestionId, UserId
from bot.domain.model import Form, MaturityModel, Stage
from bot.domain.results import Result, Staged

ANSWERED = Fraction(9, 10)
LINKED = Fraction(1, 2)
VOICES = 3
ROLES = 2


class Check(StrEnum):
    ANSWERED = "answered"  # nine tenths of the applicable questions have a known answer
    EVIDENCE = "evidence"  # half of the answers at Walk or Run have a link
    AGREED = "agreed"  # no contested question is left open
    MEASURED = "measured"  # all numbers are measured
    VOICES = "voices"  # three people from two kinds of role


class Grade(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What is known about the answers beside the answers themselves."""

    linked: frozenset[QuestionId] = frozenset()
    contested: frozenset[QuestionId] = frozenset()
    roles: Mapping[UserId, str | None] | None = None  # who answered, with the persona that they named


@dataclass(frozen=True, slots=True)
class Confidence:
    held: frozenset[Check]

    @property
    def grade(self) -> Grade:
        if len(self.held) == len(Check):
            return Grade.HIGH
        return Grade.MEDIUM if len(self.held) >= 3 else Grade.LOW


def confidence(
    model: MaturityModel, form: Form, answers: Answers, numbers_measured: bool, backdrop: Backdrop
) -> Confidence:
    asked = [question.id for step in model.scored_steps for question in model.questions_of(step, form)]
    held = {
        Check.ANSWERED: _answered(asked, answers),
        Check.EVIDENCE: _evidenced(asked, answers, backdrop.linked),
        Check.AGREED: backdrop.contested.isdisjoint(asked),
        Check.MEASURED: numbers_measured,
        Check.VOICES: _several_voices(backdrop.roles or {}),
    }
    return Confidence(frozenset(check for check, holds in held.items() if holds))


def _answered(asked: list[QuestionId], answers: Answers) -> bool:
    applicable = [question for question in asked if not isinstance(answers.get(question), Absent)]
    known = [question for question in applicable if isinstance(answers.get(question), Level)]
    return bool(applicable) and len(known) >= ANSWERED * len(applicable)


def _evidenced(asked: list[QuestionId], answers: Answers, linked: frozenset[QuestionId]) -> bool:
    """Holds where nothing is at Walk or Run: what claims little needs no proof."""
    said = {question: answers.get(question) for question in asked}
    claims = {question for question, answer in said.items() if isinstance(answer, Level) and answer.level > Stage.CRAWL}
    return len(claims & linked) >= LINKED * len(claims)


def _several_voices(roles: Mapping[UserId, str | None]) -> bool:
    return len(roles) >= VOICES and len({role for role in roles.values() if role}) >= ROLES


@dataclass(frozen=True, slots=True)
class Claim:
    """ "You said Run, the answers say Walk, the numbers say Crawl": levels, 0 to 3."""

    said: int
    answers: Stage | None
    numbers: int | None  # the lowest of those that are known
    found: Stage | None

    @property
    def ahead_by(self) -> int:
        """How many stages the claim lies above what was found; below it, negative."""
        return max(self.said, Stage.CRAWL) - self.found if self.found else 0


def compared(said: int, result: Result) -> Claim:
    levels = [check.level for check in result.numbers if check.level is not None]
    practice = result.overall.practice if isinstance(result.overall, Staged) else None
    return Claim(said, practice, min(levels, default=None), result.overall.stage)
