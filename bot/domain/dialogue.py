"""The walk through the steps: what a submitted step needs before the next one is asked."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.answers import Absent, Answer, Level, NotKnown, Number, Unknown
from bot.domain.ids import BenchmarkId, QuestionId, StepId
from bot.domain.model import Benchmark, Form, MaturityModel, Question, Source, Step
from bot.domain.turn import Typed
from bot.domain.typing_in import Problem, typed_number

MISSING = "Please choose one."
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a person filled in for one step, as it came in."""

    chosen: Mapping[QuestionId, str] = field(default_factory=dict)  # a level in digits, or "unknown"
    absent: frozenset[QuestionId] = frozenset()  # marked as "does not exist here", beside the options
    numbers: Mapping[BenchmarkId, tuple[str, str | None]] = field(default_factory=dict)  # as typed, and its source


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step said, ready to be kept."""

    answers: Mapping[QuestionId, Answer]
    typed: Mapping[BenchmarkId, Typed]


NOTHING_TAKEN = Taken({}, {})


@dataclass(frozen=True, slots=True)
class Ask:
    step: Step
    taken: Taken  # from the step that was submitted


@dataclass(frozen=True, slots=True)
class Fix:
    problems: Mapping[str, str]  # by block: the id of a question or benchmark, or `source_block` of a benchmark


@dataclass(frozen=True, slots=True)
class Finished:
    taken: Taken


Outcome = Ask | Fix | Finished


@dataclass(frozen=True, slots=True)
class _Wrong:
    block: str
    sentence: str


def source_block(benchmark: BenchmarkId) -> str:
    """The field beside a number that says where it comes from."""
    return f"{benchmark}.source"


def absent_block(step: StepId) -> str:
    """The field in which questions are marked as being about something that does not exist here."""
    return f"{step}.absent"


def advance(model: MaturityModel, form: Form, step: Step, submitted: Submitted) -> Outcome:
    """Everything that is wrong with the step at once, or what it said and where it leads."""
    problems = {said.block: said.sentence for said in _all(model, form, step, submitted) if isinstance(said, _Wrong)}
    if problems:
        return Fix(problems)
    taken = sound(model, form, step, submitted)
    following = model.after(step)
    return Ask(following, taken) if following else Finished(taken)


def sound(model: MaturityModel, form: Form, step: Step, submitted: Submitted) -> Taken:
    """What of a step can be kept, though it may be unfinished: somebody goes back, and comes again."""
    answers = {question.id: _answer(model, question, submitted) for question in model.questions_of(step, form)}
    numbers = _numbers(model, step, submitted)
    return Taken(
        {question: said for question, said in answers.items() if not isinstance(said, _Wrong)},
        {benchmark: said for benchmark, said in numbers.items() if not isinstance(said, _Wrong)},
    )


def chosen(model: MaturityModel, form: Form, step: Step, submitted: Submitted, names: Collection[str]) -> Taken:
    """What a choice about these questions or numbers says by itself, in a step that nobody has finished yet."""
    taken = sound(model, form, step, submitted)
    return Taken(
        {question: said for question, said in taken.answers.items() if question in names},
        {benchmark: said for benchmark, said in taken.typed.items() if benchmark in names},
    )


def _all(model: MaturityModel, form: Form, step: Step, submitted: Submitted) -> Iterator[Answer | Typed | _Wrong]:
    for question in model.questions_of(step, form):
        yield _answer(model, question, submitted)
    yield from _numbers(model, step, submitted).values()


def _numbers(model: MaturityModel, step: Step, submitted: Submitted) -> dict[BenchmarkId, Typed | _Wrong]:
    return {
        benchmark.id: _number(model, benchmark, *submitted.numbers.get(benchmark.id, ("", None)))
        for benchmark in model.benchmarks_of(step)
    }


def _answer(model: MaturityModel, question: Question, submitted: Submitted) -> Answer | _Wrong:
    offered: dict[str, Answer] = {str(option.level): Level(option.level) for option in question.options}
    offered[UNKNOWN] = Unknown()
    chosen = offered.get(submitted.chosen.get(question.id, ""))
    if question.id not in submitted.absent:
        return chosen if chosen is not None else _Wrong(question.id, MISSING)
    if isinstance(chosen, Level):
        unknown = model.wording.unknown_label
        # Slack has no way to take a choice back, so the way out is an option.
        return _Wrong(question.id, f"Marked below as not existing here: choose “{unknown}”, or take the mark away.")
    return Absent()


def _number(model: MaturityModel, benchmark: Benchmark, text: str, chosen: str | None) -> Typed | _Wrong:
    sources = {offered.id.value: offered for offered in model.benchmark_sources}
    source = sources.get(chosen or "")
    text = text.strip()
    if source is None:
        return _Wrong(source_block(benchmark.id), MISSING)
    if source.id is Source.UNKNOWN:
        return _unknown(benchmark, text)
    if not text:
        unknown = model.source(Source.UNKNOWN).label
        return _Wrong(benchmark.id, f"Please give the number, or choose “{unknown}” below.")
    match typed_number(benchmark, text):
        case Problem(sentence=sentence):
            return _Wrong(benchmark.id, sentence)
        case value:
            return Typed(text, source.id, Number(value, source.verifies))


def _unknown(benchmark: Benchmark, text: str) -> Typed | _Wrong:
    if text:
        sentence = "There is a number above: say where it comes from, or clear it."
        return _Wrong(source_block(benchmark.id), sentence)
    return Typed("", Source.UNKNOWN, NotKnown())
