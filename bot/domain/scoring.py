"""From answers and numbers to stages: the three rules, as pure functions over a model."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from bot.domain.answers import Answer, Answers, Level, Measure, Measures, NotKnown, Number, Unknown
from bot.domain.ids import QuestionId
from bot.domain.levels import Levels, enough_known, level_of, needed
from bot.domain.model import Benchmark, Form, MaturityModel, Question, Stage, Step
from bot.domain.numbers import border_near, level_of_number
from bot.domain.results import (
    Backing,
    NotEnoughKnown,
    NotRated,
    NumberCheck,
    Overall,
    Rated,
    Result,
    Staged,
    Standing,
    StepResult,
    Unstaged,
    stage_of_level,
)
from bot.domain.rules import ScoringRules

Gaps = frozenset[QuestionId]  # answers that the team decided to leave where they are


def score(model: MaturityModel, form: Form, answers: Answers, measures: Measures, gaps: Gaps = frozenset()) -> Result:
    """The whole result; a question of the form without an answer counts as unknown."""
    steps = tuple(
        _step_result(model.scoring, step, model.questions_of(step, form), answers, gaps) for step in model.scored_steps
    )
    known = {benchmark: measures.get(benchmark.id, NotKnown()) for benchmark in model.benchmarks}
    practice = _practice(model.scoring, steps)
    checks = tuple(check_number(benchmark, measure, practice) for benchmark, measure in known.items())
    asked = [question.id for step in model.scored_steps for question in model.questions_of(step, form)]
    return Result(steps, checks, _overall(model.scoring, steps, checks), index(answers, asked))


def levels_of(rules: ScoringRules, questions: Sequence[Question], answers: Answers, gaps: Gaps) -> Levels:
    applicable = [(question.id, _said(answers, question.id)) for question in questions]
    applicable = [(question, answer) for question, answer in applicable if isinstance(answer, Level | Unknown)]
    accepted = honoured(rules, questions, answers, gaps)
    known = [(question, answer.level) for question, answer in applicable if isinstance(answer, Level)]
    return Levels(
        known=tuple(level for question, level in known if question not in accepted),
        applicable=len(applicable),
        gaps=tuple(level for question, level in known if question in accepted),
    )


def honoured(rules: ScoringRules, questions: Sequence[Question], answers: Answers, gaps: Gaps) -> Gaps:
    """The gaps that count: of known answers, and only as many in a step as the rules allow."""
    known = [question.id for question in questions if isinstance(_said(answers, question.id), Level)]
    return frozenset([question for question in known if question in gaps][: rules.max_gaps_per_step])


def _said(answers: Answers, question: QuestionId) -> Answer:
    return answers.get(question, Unknown())


def _step_result(
    rules: ScoringRules, step: Step, questions: Sequence[Question], answers: Answers, gaps: Gaps
) -> StepResult:
    levels = levels_of(rules, questions, answers, gaps)
    absent = len(questions) - levels.applicable
    if absent > rules.max_absent_share * len(questions) or levels.applicable < rules.min_applicable:
        return NotRated(step.id, levels.applicable, absent)
    low, high = (level_of(rules, levels.with_unknowns_at(end)) for end in (0, Stage.RUN))
    known = levels.applicable - levels.unknown
    if not enough_known(rules, levels):
        return NotEnoughKnown(step.id, low, high, levels.applicable, known, needed(rules, levels.applicable))
    return Rated(step.id, level_of(rules, levels), low, high, levels.applicable, known)


def overall_levels(steps: Iterable[StepResult]) -> Levels:
    """The steps as the overall rule sees them.

    A step of which not enough is known is like an unknown answer: it stays in the denominator, supports nothing and
    breaks no floor. One that is not rated, because it does not apply here, is left out like such an answer.
    """
    counted = [step for step in steps if not isinstance(step, NotRated)]
    return Levels(tuple(step.level for step in counted if isinstance(step, Rated)), len(counted))


def _practice(rules: ScoringRules, steps: Sequence[StepResult]) -> Stage | None:
    levels = overall_levels(steps)
    if len(levels.known) < rules.min_rated_steps or not enough_known(rules, levels):
        return None
    return stage_of_level(level_of(rules, levels))


def _overall(rules: ScoringRules, steps: Sequence[StepResult], checks: Sequence[NumberCheck]) -> Overall:
    practice = _practice(rules, steps)
    if practice is None:
        levels = overall_levels(steps)
        return Unstaged(len(levels.known), max(rules.min_rated_steps, needed(rules, levels.applicable)))
    counted = [step for step in steps if not isinstance(step, NotRated)]
    low, high = (
        stage_of_level(level_of(rules, Levels(ends, len(ends))))
        for ends in (tuple(step.low for step in counted), tuple(step.high for step in counted))
    )
    measures = [check.measure for check in checks]
    measured = all(isinstance(measure, Number) and measure.measured for measure in measures)
    return Staged(
        stage=_limited(rules, practice, checks),
        practice=practice,
        low=_limited(rules, low, checks),
        high=_limited_where_known(rules, high, checks),
        backing=Backing.MEASURED if measures and measured else Backing.SELF_REPORTED,
    )


def _limited(rules: ScoringRules, practice: Stage, checks: Iterable[NumberCheck]) -> Stage:
    """The practice as far as the numbers bear it."""
    return max(stage for stage in Stage if stage <= practice and not any(bars(rules, check, stage) for check in checks))


def _limited_where_known(rules: ScoringRules, practice: Stage, checks: Iterable[NumberCheck]) -> Stage:
    # At the upper end of the range an unknown number may turn out to be Run. At the lower end it takes nothing away:
    # that both must be known for Run is all that the rule asks of it.
    return _limited(rules, practice, [check for check in checks if check.level is not None])


def bars(rules: ScoringRules, check: NumberCheck, stage: Stage) -> bool:
    """Whether this number alone keeps a team from a stage."""
    if check.level is None:
        return rules.run_needs_all_numbers and stage is Stage.RUN
    return stage > check.level + 1


def check_number(benchmark: Benchmark, measure: Measure, practice: Stage | None) -> NumberCheck:
    if isinstance(measure, NotKnown):
        return NumberCheck(benchmark.id, measure, None, None, Standing.UNKNOWN)
    level = level_of_number(benchmark, measure.value)
    return NumberCheck(benchmark.id, measure, level, border_near(benchmark, measure.value), _standing(level, practice))


def _standing(level: int, practice: Stage | None) -> Standing:
    if practice is None:
        return Standing.NOT_COMPARED
    if level >= practice:
        return Standing.AHEAD if level > practice else Standing.CONFIRMED
    return Standing.NOT_IN_NUMBERS_YET if level == practice - 1 else Standing.CAPPED


def index(answers: Answers, asked: Iterable[QuestionId]) -> int | None:
    """Mean of the known answers as a share of Run, in hundredths."""
    known = [answer.level for answer in map(answers.get, asked) if isinstance(answer, Level)]
    return round(Fraction(100 * sum(known), Stage.RUN * len(known))) if known else None
