"""What holds a team back: exactly the answers, steps and numbers that keep it from its next stage."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.answers import Answers, Level, Number, Unknown
from bot.domain.ids import BenchmarkId, QuestionId, StepId
from bot.domain.lifting import Placed, Rise, rises
from bot.domain.model import Form, MaturityModel, Stage
from bot.domain.numbers import border_of
from bot.domain.results import NotEnoughKnown, NotRated, NumberCheck, Rated, Result, StepResult, Unstaged
from bot.domain.scoring import Gaps, bars, honoured, overall_levels
from bot.domain.strength import strength


@dataclass(frozen=True, slots=True)
class StepHolds:
    """A step must rise to a level; these answers, raised so far, raise it. Finding out unknowns may help as well."""

    step: StepId
    level: int
    to: Stage
    answers: tuple[Rise[QuestionId], ...]
    unknown: tuple[QuestionId, ...]


@dataclass(frozen=True, slots=True)
class StepUnknown:
    """Too little is known of a step: this many of these answers must be found out."""

    step: StepId
    missing: int
    unknown: tuple[QuestionId, ...]


@dataclass(frozen=True, slots=True)
class StepNotRated:
    """Too much of the step does not apply here."""

    step: StepId


@dataclass(frozen=True, slots=True)
class NumberBehind:
    benchmark: BenchmarkId
    value: float
    level: int
    to: Stage
    border: float  # the value that just reaches `to`
    check: tuple[QuestionId, ...]  # the answers that the number speaks against


@dataclass(frozen=True, slots=True)
class NumberMissing:
    benchmark: BenchmarkId


Finding = StepHolds | StepUnknown | StepNotRated | NumberBehind | NumberMissing


@dataclass(frozen=True, slots=True)
class Findings:
    next: Stage | None  # none at Run, and where there is no stage yet
    holding: tuple[Finding, ...]
    steps: tuple[Finding, ...]  # what each step's own next stage takes; a step at Run is not among them
    below_run: tuple[Rise[QuestionId], ...]  # worth knowing at Run: nothing holds the team back, and this is left
    strongest: tuple[StepId, ...]
    weakest: tuple[StepId, ...]  # empty where all steps are alike


@dataclass(frozen=True, slots=True)
class _Case:
    model: MaturityModel
    form: Form
    answers: Answers
    gaps: Gaps

    def unknown(self, step: StepId) -> tuple[QuestionId, ...]:
        asked = self.model.questions_of(self.model.step(step), self.form)
        return tuple(q.id for q in asked if isinstance(self.answers.get(q.id, Unknown()), Unknown))

    def placed(self, step: StepId) -> list[Placed[QuestionId]]:
        asked = self.model.questions_of(self.model.step(step), self.form)
        accepted = honoured(self.model.scoring, asked, self.answers, self.gaps)
        said = [(question.id, self.answers.get(question.id)) for question in asked]
        return [Placed(name, said.level, name in accepted) for name, said in said if isinstance(said, Level)]


def findings(model: MaturityModel, form: Form, answers: Answers, result: Result, gaps: Gaps = frozenset()) -> Findings:
    case = _Case(model, form, answers, gaps)
    stage = result.overall.stage
    following = stage.next if stage else None
    standing = strength(model, form, answers, result)
    return Findings(
        next=following,
        holding=_holding(case, result, following),
        steps=tuple(found for step in result.steps for found in _step_findings(case, step)),
        below_run=_below_run(case, result),
        strongest=standing.strongest,
        weakest=standing.weakest,
    )


def _holding(case: _Case, result: Result, following: Stage | None) -> tuple[Finding, ...]:
    if isinstance(result.overall, Unstaged):
        return tuple(_unsettled(case, step) for step in result.steps if not isinstance(step, Rated))
    if following is None:
        return ()
    return (*_steps_that_hold(case, result, following), *_numbers_that_hold(case, result.numbers, following))


def _unsettled(case: _Case, step: NotEnoughKnown | NotRated) -> Finding:
    match step:
        case NotEnoughKnown():
            return StepUnknown(step.step, step.needed - step.known, case.unknown(step.step))
        case NotRated():
            return StepNotRated(step.step)


def _steps_that_hold(case: _Case, result: Result, stage: Stage) -> list[Finding]:
    placed = [Placed(step.step, step.level) for step in result.rated]
    applicable = overall_levels(result.steps).applicable
    levels = {step.step: step for step in result.rated}
    return [
        _step_holds(case, levels[rise.name], Stage(rise.to))
        for rise in rises(case.model.scoring, placed, applicable, stage)
    ]


def _step_holds(case: _Case, step: Rated, to: Stage) -> StepHolds:
    lifted = rises(case.model.scoring, case.placed(step.step), step.applicable, to)
    return StepHolds(step.step, step.level, to, lifted, case.unknown(step.step))


def _step_findings(case: _Case, step: StepResult) -> list[Finding]:
    match step:
        case Rated():
            return [_step_holds(case, step, step.stage.next)] if step.stage.next else []
        case NotEnoughKnown() | NotRated():
            return [_unsettled(case, step)]


def _numbers_that_hold(case: _Case, checks: Sequence[NumberCheck], stage: Stage) -> list[Finding]:
    return [_number_holds(case.model, check, stage) for check in checks if bars(case.model.scoring, check, stage)]


def _number_holds(model: MaturityModel, check: NumberCheck, stage: Stage) -> Finding:
    if not isinstance(check.measure, Number) or check.level is None:
        return NumberMissing(check.benchmark)
    benchmark = model.benchmark(check.benchmark)
    to = Stage(stage - 1)  # a number may stand one stage below the practice
    return NumberBehind(
        benchmark.id, check.measure.value, check.level, to, border_of(benchmark, to), benchmark.cross_checks
    )


def _below_run(case: _Case, result: Result) -> tuple[Rise[QuestionId], ...]:
    return tuple(
        Rise(answer.name, answer.level, Stage.RUN)
        for step in result.steps
        for answer in case.placed(step.step)
        if answer.level < Stage.RUN
    )
