"""One answer of a team from the answers of its people, and whether they are too far apart to leave it at that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.answers import Absent, Answer, Answers, Level, Measure, Measures, NotKnown, Number, Unknown
from bot.domain.ids import BenchmarkId, QuestionId
from bot.domain.model import Benchmark, Direction, MaturityModel
from bot.domain.rules import ContestedRules


@dataclass(frozen=True, slots=True)
class Combined:
    """What a team says; `contested` questions want a few minutes of talk before the answer stands."""

    answers: Mapping[QuestionId, Answer]
    contested: frozenset[QuestionId]


def combined(rules: ContestedRules, people: Sequence[Answers]) -> Combined:
    questions = dict.fromkeys(question for answers in people for question in answers)
    said = {question: [answers[question] for answers in people if question in answers] for question in questions}
    return Combined(
        answers={question: one_answer(answers) for question, answers in said.items()},
        contested=frozenset(question for question, answers in said.items() if contested(rules, answers)),
    )


def spreads(people: Sequence[Answers]) -> Mapping[QuestionId, tuple[int, int]]:
    """The lowest and the highest known level that was given to each question."""
    said: dict[QuestionId, list[int]] = {}
    for answers in people:
        for question, answer in answers.items():
            if isinstance(answer, Level):
                said.setdefault(question, []).append(answer.level)
    return {question: (min(levels), max(levels)) for question, levels in said.items()}


def one_answer(answers: Sequence[Answer]) -> Answer:
    """The lower median of the known levels: always an option that somebody chose.

    Who does not know has no say. The question does not apply only when more than half of the others say so: as long
    as half of them have something to tell about the thing, it exists.
    """
    levels = _levels(answers)
    absent = sum(isinstance(answer, Absent) for answer in answers)
    if absent > len(levels):
        return Absent()
    return Level(_lower_median(levels)) if levels else Unknown()


def contested(rules: ContestedRules, answers: Sequence[Answer]) -> bool:
    levels = _levels(answers)
    if not levels:
        return False
    if len(levels) < rules.small_below:
        return levels[-1] - levels[0] >= rules.range_at_least
    median = _lower_median(levels)
    return Fraction(sum(abs(level - median) for level in levels), len(levels)) > rules.deviation_above


def _levels(answers: Sequence[Answer]) -> list[int]:
    return sorted(answer.level for answer in answers if isinstance(answer, Level))


def _lower_median(rising: Sequence[int]) -> int:
    return rising[(len(rising) - 1) // 2]


def combined_measures(model: MaturityModel, people: Sequence[Measures]) -> dict[BenchmarkId, Measure]:
    return {
        benchmark.id: one_measure(
            benchmark, [measures[benchmark.id] for measures in people if benchmark.id in measures]
        )
        for benchmark in model.benchmarks
    }


def one_measure(benchmark: Benchmark, measures: Sequence[Measure]) -> Measure:
    """A measured number beats any estimate; of several the median, and of two middle ones the less mature."""
    known = [measure for measure in measures if isinstance(measure, Number)]
    chosen = [number for number in known if number.measured] or known
    if not chosen:
        return NotKnown()
    least_mature_first = sorted(
        chosen, key=lambda number: number.value, reverse=benchmark.direction is Direction.LOWER_IS_BETTER
    )
    return least_mature_first[(len(chosen) - 1) // 2]
