"""What an assessment found, in sentences: the stage of a step, a number and its benchmark, what holds a team back."""

from collections.abc import Sequence
from typing import assert_never

from bot.domain.answers import Number
from bot.domain.findings import Finding, NumberBehind, NumberMissing, StepHolds, StepNotRated, StepUnknown
from bot.domain.ids import QuestionId
from bot.domain.lifting import Rise
from bot.domain.model import MaturityModel, Stage
from bot.domain.numbers import border_of
from bot.domain.results import (
    NotEnoughKnown,
    NotRated,
    NumberCheck,
    Overall,
    Rated,
    Staged,
    Standing,
    StepResult,
    Unstaged,
)
from bot.views import words


def step_stage(step: StepResult) -> str:
    match step:
        case Rated(level=0):
            return f"Crawl (not in place yet){_range(step)}"
        case Rated(stage=stage):
            return f"{stage.word}{_range(step)}"
        case NotEnoughKnown(known=known, applicable=applicable):
            return f"Not enough known: {known} of {words.count(applicable, 'answer')}"
        case NotRated():
            return "Not rated: most of it does not exist here"
        case _:
            assert_never(step)


def practice(overall: Overall) -> str:
    return overall.practice.word if isinstance(overall, Staged) else "nothing yet"


def overall_stage(overall: Overall) -> str:
    match overall:
        case Staged(stage=stage, low=low, high=high) if overall.provisional:
            return f"*{stage.word}*, provisional: could be {low.word} to {high.word}"
        case Staged(stage=stage):
            return f"*{stage.word}*"
        case Unstaged():
            return "not enough is known for a stage yet"
        case _:
            assert_never(overall)


def number(model: MaturityModel, check: NumberCheck, overall: Overall) -> str:
    """ "Cost allocation: 84 % (estimate) – Walk range (80 % or more); practice says Walk: confirmed." """
    benchmark = model.benchmark(check.benchmark)
    if not isinstance(check.measure, Number) or check.level is None:
        return f"*{benchmark.name}*: not known. Run needs this number."
    source = "from billing data" if check.measure.measured else "estimate"
    reached = f"{Stage(check.level).word} range" if check.level else "not yet in Crawl range"
    border = words.reaches(border_of(benchmark, Stage(max(check.level, Stage.CRAWL))), benchmark)
    near = f", close to the border of {words.amount(check.near, benchmark)}" if check.near is not None else ""
    said = f"*{benchmark.name}*: {words.amount(check.measure.value, benchmark)} ({source}) – {reached} ({border}){near}"
    return f"{said}; {_compared(check.standing, check.level, practice(overall))}"


def topics(model: MaturityModel, questions: Sequence[QuestionId]) -> str:
    return words.listed([model.question(question).topic for question in questions])


def holding(model: MaturityModel, finding: Finding) -> str:
    """One thing that keeps a team from its next stage, and what would lift it."""
    match finding:
        case StepHolds():
            return _step_holds(model, finding)
        case StepUnknown(step=step, missing=missing, unknown=unknown):
            which = "" if missing >= len(unknown) else f"at least {missing} of these: "
            return f"*{model.step(step).short}*: not enough is known. Find out {which}{topics(model, unknown)}."
        case StepNotRated(step=step):
            return f"*{model.step(step).short}*: most of it does not exist here, so it has no stage."
        case NumberBehind():
            return _number_behind(model, finding)
        case NumberMissing(benchmark=benchmark):
            return f"*{model.benchmark(benchmark).name}* is not known: Run needs it."
        case _:
            assert_never(finding)


def raised(model: MaturityModel, rises: Sequence[Rise[QuestionId]]) -> str:
    """ "waste removal to Crawl and labelling to Walk", the answers that rise to the same stage together."""
    stages = sorted({rise.to for rise in rises})
    together = {to: [rise.name for rise in rises if rise.to == to] for to in stages}
    return words.listed([f"{topics(model, names)} to {Stage(to).word}" for to, names in together.items()])


def _range(step: Rated) -> str:
    return f" (could be {Stage(max(step.low, 1)).word} to {Stage(max(step.high, 1)).word})" if step.provisional else ""


def _compared(standing: Standing, level: int, said: str) -> str:
    match standing:
        case Standing.CONFIRMED:
            return f"practice says {said}: confirmed."
        case Standing.NOT_IN_NUMBERS_YET:
            return f"practice says {said}: not in the numbers yet."
        case Standing.CAPPED:
            limit = Stage(level + 1).word
            return f"practice says {said}: not in the numbers yet, which limits the stage to {limit}."
        case Standing.AHEAD:
            return f"practice says {said}: ahead of practice, will it hold?"
        case Standing.NOT_COMPARED | Standing.UNKNOWN:
            return "there is no stage to compare it with yet."
        case _:
            assert_never(standing)


def _step_holds(model: MaturityModel, held: StepHolds) -> str:
    at = f"is {Stage(held.level).word}" if held.level else "is not in place yet"
    needs = f" and needs {held.to.word}" if held.level or held.to > Stage.CRAWL else ""
    parts = [f"bring {raised(model, held.answers)}"] if held.answers else []
    if held.unknown:
        parts.append(f"find out {topics(model, held.unknown)}")
    todo = f": {', and '.join(parts)}" if parts else ""
    return f"*{model.step(held.step).short}* {at}{needs}{todo}."


def _number_behind(model: MaturityModel, behind: NumberBehind) -> str:
    benchmark = model.benchmark(behind.benchmark)
    value = words.amount(behind.value, benchmark)
    check = f" Look again at {topics(model, behind.check)}." if behind.check else ""
    return f"*{benchmark.name}* is {value}; it takes {words.reaches(behind.border, benchmark)}.{check}"
