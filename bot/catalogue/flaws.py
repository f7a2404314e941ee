"""What can be wrong with a model whose shape is right; every check says all that it finds."""

from collections import Counter
from collections.abc import Callable, Iterator

from bot.catalogue.references import actions, cross_checks, needs, references
from bot.domain.model import Benchmark, Direction, MaturityModel, Question, Source

LONGEST_TITLE = 24  # Slack's limit for the title of a modal
LONGEST_LABEL = 75  # and for the label and the hint of an option
LEVELS = [0, 1, 2, 3]

Check = Callable[[MaturityModel], Iterator[str]]


def flaws_of(model: MaturityModel) -> list[str]:
    return [flaw for check in CHECKS for flaw in check(model)]


def flaws_of_part(model: MaturityModel) -> list[str]:
    """The flaws of what could be read of a file; whether there is enough of everything cannot be said of a part."""
    return [flaw for check in CHECKS if check not in COUNTS for flaw in check(model)]


def _questions(model: MaturityModel) -> list[Question]:
    return [question for step in model.steps for question in step.questions]


def _said_twice(model: MaturityModel) -> Iterator[str]:
    ids: dict[str, list[str]] = {
        "step": [step.id for step in model.steps],
        # One namespace for whatever may be the id of a field in a form.
        "question or benchmark": [*(q.id for q in _questions(model)), *(b.id for b in model.benchmarks)],
        "action": [action.id for action in model.actions],
        "persona": [persona.id for persona in model.personas],
        "source of a number": [source.id for source in model.benchmark_sources],
    }
    for kind, used in ids.items():
        for name, times in Counter(used).items():
            if times > 1:
                yield f"{name}: {times} times the id of a {kind}"


def _steps(model: MaturityModel) -> Iterator[str]:
    for place, step in enumerate(model.steps, start=1):
        if step.number != place:
            yield f"{step.id}: is step {place}, but its number is {step.number}"
        for title in (step.title, f"Step {step.number} of {len(model.steps)}: {step.short}"):
            yield from _too_long(f"{step.id}: the title", title, LONGEST_TITLE)
        if step.questions and not step.scored:
            yield f"{step.id}: has questions, but is not scored"


def _options(model: MaturityModel) -> Iterator[str]:
    for question in _questions(model):
        yield from _rising(question.id, [option.level for option in question.options])
        yield from _wording(question)
    yield from _rising("claimed_stage", [option.level for option in model.claimed_options])
    for claimed in model.claimed_options:
        yield from _too_long("claimed_stage: the label", claimed.label, LONGEST_LABEL)


def _rising(name: str, levels: list[int]) -> Iterator[str]:
    if levels != LEVELS:
        yield f"{name}: levels must rise 0, 1, 2, 3 from option to option, they are {', '.join(map(str, levels))}"


def _wording(question: Question) -> Iterator[str]:
    for option in question.options:
        yield from _too_long(f"{question.id}: the label of level {option.level}", option.label, LONGEST_LABEL)
        yield from _too_long(f"{question.id}: the hint of level {option.level}", option.hint, LONGEST_LABEL)
    if len({option.label for option in question.options}) < len(question.options):
        yield f"{question.id}: two options have the same label"


def _too_long(name: str, text: str, longest: int) -> Iterator[str]:
    if len(text) > longest:
        yield f"{name} has {len(text)} characters, {longest} are allowed: {text!r}"


def _wording_of_the_rest(model: MaturityModel) -> Iterator[str]:
    yield from _too_long("the label of unknown", model.wording.unknown_label, LONGEST_LABEL)
    yield from _too_long("the label of absent", model.wording.absent_label, LONGEST_LABEL)
    yield from _too_long("the hint of absent", model.wording.absent_hint, LONGEST_LABEL)
    for source in model.benchmark_sources:
        yield from _too_long(f"{source.id}: the label", source.label, LONGEST_LABEL)
    for action in model.actions:
        yield from _too_long(f"{action.id}: the title", action.title, LONGEST_LABEL)


def _benchmarks(model: MaturityModel) -> Iterator[str]:
    for benchmark in model.benchmarks:
        lowest, highest = benchmark.valid_range
        if lowest >= highest:
            yield f"{benchmark.id}: the valid range must rise"
        if any(not lowest <= border <= highest for border in benchmark.bands):
            yield f"{benchmark.id}: a band lies outside the valid range"
        yield from _bands(benchmark)


def _bands(benchmark: Benchmark) -> Iterator[str]:
    crawl, walk, run = benchmark.bands
    higher = benchmark.direction is Direction.HIGHER_IS_BETTER
    if not (crawl < walk < run if higher else crawl > walk > run):
        yield f"{benchmark.id}: bands must {'rise' if higher else 'fall'} from Crawl to Run"


def _counts(model: MaturityModel) -> Iterator[str]:
    least = model.scoring.min_applicable
    for step in model.scored_steps:
        core = sum(question.core for question in step.questions)
        if core < least:
            yield f"{step.id}: {core} core questions, at least {least} are needed for the short form"
    if len(model.scored_steps) < model.scoring.min_rated_steps:
        yield f"steps: {len(model.scored_steps)} are scored, at least {model.scoring.min_rated_steps} are needed"
    for source in set(Source) - {source.id for source in model.benchmark_sources}:
        yield f"benchmark_sources: {source} is missing"


def _shares(model: MaturityModel) -> Iterator[str]:
    if not 0 < model.scoring.share <= 1:
        yield "scoring: share must be above 0 and at most 1"
    if model.scoring.max_absent_share >= 1:
        yield "scoring: max_absent_share must be below 1"


CHECKS: tuple[Check, ...] = (
    _said_twice,
    _steps,
    _options,
    _wording_of_the_rest,
    _benchmarks,
    _shares,
    references,
    cross_checks,
    actions,
    needs,
    _counts,
)
COUNTS: tuple[Check, ...] = (_counts,)
