"""The plain case of a model and of answers to it; a test names only what matters to it."""

from collections.abc import Mapping, Sequence

from bot.catalogue.loading import published
from bot.domain.answers import Absent, Answer, Answers, Level, Measure, Measures, NotKnown, Number, Unknown
from bot.domain.ids import BenchmarkId, QuestionId, StepId
from bot.domain.model import Form, MaturityModel
from bot.domain.results import Result
from bot.domain.scoring import Gaps, score

MODEL = published().latest
ALLOCATION = BenchmarkId("b_allocation")
FORECAST = BenchmarkId("b_forecast")
PROCESS, GOVERNANCE, CONSUMERS, TOOLS = (step.id for step in MODEL.scored_steps)
SAID: Mapping[str, Answer] = {"?": Unknown(), "n/a": Absent()}

# Answers that bring a step to a level.
LEVELS = {level: [level] * 6 for level in range(4)}


def a_model() -> MaturityModel:
    return MODEL


def answers_to(step: StepId, said: Sequence[int | str], form: Form = Form.FULL) -> dict[QuestionId, Answer]:
    """Answers to the first questions of a step: levels, "?" or "n/a"."""
    questions = MODEL.questions_of(MODEL.step(step), form)
    return {
        question.id: Level(answer) if isinstance(answer, int) else SAID[answer]
        for question, answer in zip(questions, said, strict=False)
    }


def all_answers(
    process: Sequence[int | str],
    governance: Sequence[int | str],
    consumers: Sequence[int | str],
    tools: Sequence[int | str],
) -> dict[QuestionId, Answer]:
    return {
        **answers_to(PROCESS, process),
        **answers_to(GOVERNANCE, governance),
        **answers_to(CONSUMERS, consumers),
        **answers_to(TOOLS, tools),
    }


def steps_at(*levels: int) -> dict[QuestionId, Answer]:
    """Answers that bring the four steps to these levels."""
    process, governance, consumers, tools = (LEVELS[level] for level in levels)
    return all_answers(process, governance, consumers, tools)


def numbers(allocation: float | None = None, forecast: float | None = None, *, measured: bool = True) -> Measures:
    given: dict[BenchmarkId, Measure] = {ALLOCATION: NotKnown(), FORECAST: NotKnown()}
    if allocation is not None:
        given[ALLOCATION] = Number(allocation, measured)
    if forecast is not None:
        given[FORECAST] = Number(forecast, measured)
    return given


def scored(answers: Answers, measures: Measures | None = None, gaps: Gaps = frozenset()) -> Result:
    return score(MODEL, Form.FULL, answers, measures or {}, gaps)
