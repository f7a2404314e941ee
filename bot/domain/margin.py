"""How surely a stage changed: a move that hangs by a hair is not announced before the next assessment agrees."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.domain.answers import Answers, Level, Measures, Number
from bot.domain.model import Form, MaturityModel, Stage
from bot.domain.numbers import across
from bot.domain.scoring import score
from bot.domain.stages import Assessed, Change, Down, Up


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """The stage changed, but is close to the boundary: so far the channel goes by the one before."""

    before: Stage
    now: Stage


def confirmed(
    model: MaturityModel, form: Form, current: Assessed, changed: Change, last: Stage | None
) -> Change | Unconfirmed:
    """``last``: the stage that the assessment just before came to, whether or not it was announced."""
    if not isinstance(changed, Up | Down) or _agrees(changed, last):
        return changed
    return Unconfirmed(changed.before, changed.now) if is_close(model, form, current, changed.before) else changed


def is_close(model: MaturityModel, form: Form, current: Assessed, told: Stage) -> bool:
    """Whether one known answer a level the other way, or one number across the border it is near, undoes the move."""
    stage = current.result.overall.stage
    if stage is None or stage is told:
        return False
    rose = stage > told
    others = (score(model, form, *moved).overall.stage for moved in _one_moved(model, current, better=not rose))
    return any(other is not None and (other <= told if rose else other >= told) for other in others)


def _agrees(changed: Up | Down, last: Stage | None) -> bool:
    """Two assessments in a row that lie on the same side of the stage that was announced."""
    return last is not None and (last > changed.before if isinstance(changed, Up) else last < changed.before)


def _one_moved(model: MaturityModel, current: Assessed, *, better: bool) -> Iterator[tuple[Answers, Measures]]:
    """Everything as it was said, but for one answer or one number."""
    answers = current.answers
    measures = {check.benchmark: check.measure for check in current.result.numbers}
    for question, said in answers.items():
        level = said.level + (1 if better else -1) if isinstance(said, Level) else None
        if level is not None and 0 <= level <= Stage.RUN:
            yield {**answers, question: Level(level)}, measures
    for benchmark, measure in measures.items():
        if isinstance(measure, Number):
            value = across(model.benchmark(benchmark), measure.value, better=better)
            yield answers, {**measures, benchmark: replace(measure, value=value)}
