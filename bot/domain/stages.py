"""Whether a closed assessment changed the team's stage, and what made the difference."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.answers import Absent, Answer, Answers, Level, Measure
from bot.domain.ids import BenchmarkId, ModelVersion, QuestionId, StepId
from bot.domain.model import MaturityModel, Stage, Step
from bot.domain.results import NumberCheck, Result, Staged
from bot.domain.scoring import bars


@dataclass(frozen=True, slots=True)
class Assessed:
    """A closed assessment: what was answered, and the result by its own version of the model."""

    version: ModelVersion
    answers: Answers
    result: Result


@dataclass(frozen=True, slots=True)
class AnswerMoved:
    question: QuestionId
    before: Answer
    now: Answer


@dataclass(frozen=True, slots=True)
class StepMoved:
    step: StepId
    before: int  # levels: 0 is below Crawl
    now: int
    answers: tuple[AnswerMoved, ...]


@dataclass(frozen=True, slots=True)
class NumberMoved:
    benchmark: BenchmarkId
    before: Measure
    now: Measure


@dataclass(frozen=True, slots=True)
class Moves:
    """What went the way of the stage: it could not have changed without some of these."""

    steps: tuple[StepMoved, ...]
    numbers: tuple[NumberMoved, ...]


@dataclass(frozen=True, slots=True)
class NotComparable:
    """The meaning of the levels changed in between."""

    before: ModelVersion
    now: ModelVersion


Difference = Moves | NotComparable


class Silence(StrEnum):
    FIRST = "first"  # nothing to compare with
    PROVISIONAL = "provisional"
    NO_STAGE = "no_stage"  # not enough is known


@dataclass(frozen=True, slots=True)
class Up:
    before: Stage
    now: Stage
    difference: Difference


@dataclass(frozen=True, slots=True)
class Down:
    before: Stage
    now: Stage
    difference: Difference


@dataclass(frozen=True, slots=True)
class Same:
    stage: Stage


@dataclass(frozen=True, slots=True)
class NotAnnounced:
    reason: Silence


Change = Up | Down | Same | NotAnnounced


def change(model: MaturityModel, previous: Assessed | None, current: Assessed) -> Change:
    """`previous` is the team's last closed assessment that was not provisional; `model` that of the current one."""
    now = current.result.overall
    if not isinstance(now, Staged):
        return NotAnnounced(Silence.NO_STAGE)
    if now.provisional:
        return NotAnnounced(Silence.PROVISIONAL)
    before = previous.result.overall.stage if previous else None
    if previous is None or before is None:
        return NotAnnounced(Silence.FIRST)
    if now.stage is before:
        return Same(before)
    kind = Up if now.stage > before else Down
    return kind(before, now.stage, difference(model, previous, current))


def difference(model: MaturityModel, previous: Assessed, current: Assessed) -> Difference:
    """Between two assessments of different stages."""
    if _major(previous.version) != _major(current.version):
        return NotComparable(previous.version, current.version)
    lesser, greater = sorted((previous.result, current.result), key=_stage)
    higher = Stage(_stage(greater))
    return Moves(
        steps=_steps_moved(model, previous, current) if _practice(lesser) < higher else (),
        numbers=tuple(
            NumberMoved(now.benchmark, before.measure, now.measure)
            for before, now in _both(previous.result, current.result)
            if bars(model.scoring, before if previous.result is lesser else now, higher)
        ),
    )


def _major(version: ModelVersion) -> str:
    return version.split(".")[0]


def _stage(result: Result) -> int:
    return result.overall.stage or 0


def _practice(result: Result) -> int:
    return result.overall.practice if isinstance(result.overall, Staged) else 0


def _both(previous: Result, current: Result) -> list[tuple[NumberCheck, NumberCheck]]:
    """The numbers that both assessments asked for."""
    earlier = {check.benchmark: check for check in previous.numbers}
    return [(earlier[check.benchmark], check) for check in current.numbers if check.benchmark in earlier]


def _steps_moved(model: MaturityModel, previous: Assessed, current: Assessed) -> tuple[StepMoved, ...]:
    rising = _stage(current.result) > _stage(previous.result)
    earlier = {step.step: step for step in previous.result.rated}
    return tuple(
        StepMoved(
            step=step.step,
            before=earlier[step.step].level,
            now=step.level,
            answers=_answers_moved(model.step(step.step), previous.answers, current.answers, rising),
        )
        for step in current.result.rated
        if step.step in earlier and _moved(earlier[step.step].level, step.level, rising)
    )


def _answers_moved(step: Step, previous: Answers, current: Answers, rising: bool) -> tuple[AnswerMoved, ...]:
    both = [question.id for question in step.questions if question.id in previous and question.id in current]
    moves = [AnswerMoved(question, previous[question], current[question]) for question in both]
    return tuple(move for move in moves if _counts(move, rising))


def _counts(move: AnswerMoved, rising: bool) -> bool:
    """An answer that went the same way; one that came or went with what it is about changed the count either way."""
    if isinstance(move.before, Absent) or isinstance(move.now, Absent):
        return move.before != move.now
    return _moved(_support(move.before), _support(move.now), rising)


def _support(answer: Answer) -> int:
    return answer.level if isinstance(answer, Level) else 0


def _moved(before: int, now: int, rising: bool) -> bool:
    return now > before if rising else now < before
