"""What would help most for its effort: leverage = impact x need x boost / effort."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from bot.domain.answers import Absent, Answers, Level, Measures, Number, Unknown
from bot.domain.ids import CatalogueId, QuestionId, StepId
from bot.domain.lifting import Rise
from bot.domain.model import CatalogueAction, Form, MaturityModel, Stage
from bot.domain.numbers import level_of_number
from bot.domain.results import Rated, Result
from bot.domain.scoring import Gaps
from bot.domain.strength import strength


class Boost(StrEnum):
    FLOOR_BREAKER = "floor_breaker"  # lifts an answer that breaks the floor of its step's next stage
    TOWARD_NEXT_STAGE = "toward_next_stage"  # otherwise: lifts an answer below its step's next stage
    LOWEST_STEP = "lowest_step"
    NUMBER_BEHIND = "number_behind"  # its number has not reached the stage that the action leads to


@dataclass(frozen=True, slots=True)
class Situation:
    """A team's result and everything it came from; `targets` are what a team chose in place of the default."""

    form: Form
    answers: Answers
    measures: Measures
    result: Result
    gaps: Gaps = frozenset()
    targets: Mapping[StepId, Stage] = field(default_factory=dict)
    done: frozenset[CatalogueId] = frozenset()
    open: frozenset[CatalogueId] = frozenset()


@dataclass(frozen=True, slots=True)
class Ranked:
    """An action that would help, with the parts of its leverage, so that it can be explained."""

    action: CatalogueAction
    leverage: Fraction
    need: Fraction
    boosts: Mapping[Boost, Fraction]
    lifts: tuple[Rise[QuestionId], ...]
    unknown: tuple[QuestionId, ...]
    holding: tuple[QuestionId, ...]  # of those lifted, the ones that hold their step back

    @property
    def boost(self) -> Fraction:
        return 1 + sum(self.boosts.values(), Fraction())


def target_of(situation: Situation, step: StepId) -> Stage:
    """What is good enough for a step: one stage above the current one, unless the team says otherwise."""
    chosen = situation.targets.get(step)
    return chosen if chosen is not None else _next_stage(situation.result, step) or Stage.RUN


def ranked(model: MaturityModel, situation: Situation) -> tuple[Ranked, ...]:
    """Every action that is eligible now, the greatest leverage first. What is open or was done is not offered again."""
    taken = situation.open | situation.done
    offered = [
        _ranked(model, situation, action)
        for action in model.actions
        if action.id not in taken and _eligible(model, situation, action)
    ]
    return tuple(sorted(offered, key=_order))


def _order(one: Ranked) -> tuple[Fraction, int, int, CatalogueId]:
    return -one.leverage, one.action.effort, one.action.days, one.action.id


def _next_stage(result: Result, step: StepId) -> Stage | None:
    """Walk for a step without a stage: as far as is known it is at the floor."""
    rated = result.step(step)
    return rated.stage.next if isinstance(rated, Rated) else Stage.WALK


def _applicable(situation: Situation, action: CatalogueAction) -> list[QuestionId]:
    """The triggers that were asked and apply."""
    said = situation.answers
    return [trigger for trigger in action.triggers if trigger in said and not isinstance(said[trigger], Absent)]


def _wanted(model: MaturityModel, situation: Situation, action: CatalogueAction) -> list[QuestionId]:
    """Those whose step is to rise so far; what a team decided to leave as it is, is not lifted."""
    return [
        trigger
        for trigger in _applicable(situation, action)
        if action.to <= target_of(situation, model.step_of(trigger).id) and trigger not in situation.gaps
    ]


def _unknowns(situation: Situation, triggers: Sequence[QuestionId]) -> tuple[QuestionId, ...]:
    return tuple(trigger for trigger in triggers if isinstance(situation.answers[trigger], Unknown))


def _lifts(situation: Situation, triggers: Sequence[QuestionId], to: Stage) -> tuple[Rise[QuestionId], ...]:
    said = [(trigger, situation.answers[trigger]) for trigger in triggers]
    known = [(trigger, answer.level) for trigger, answer in said if isinstance(answer, Level)]
    return tuple(Rise(trigger, level, to) for trigger, level in known if level < to)


def _eligible(model: MaturityModel, situation: Situation, action: CatalogueAction) -> bool:
    wanted = _wanted(model, situation, action)
    next_up = any(rise.level == action.to - 1 for rise in _lifts(situation, wanted, action.to))
    prepared = all(_met(model, situation, model.action(needed)) for needed in action.needs)
    return prepared and (next_up or bool(_unknowns(situation, wanted)))


def _met(model: MaturityModel, situation: Situation, needed: CatalogueAction) -> bool:
    return needed.id in situation.done or not _lifts(situation, _applicable(situation, needed), needed.to)


def _ranked(model: MaturityModel, situation: Situation, action: CatalogueAction) -> Ranked:
    wanted = _wanted(model, situation, action)
    lifts, unknown = _lifts(situation, wanted, action.to), _unknowns(situation, wanted)
    weight = len(lifts) + model.leverage.unknown_need * len(unknown)
    need = Fraction(weight) / len(_applicable(situation, action))
    holding = tuple(rise.name for rise in lifts if _breaks_floor(model, situation.result, rise))
    boosts = _boosts(model, situation, action, lifts, bool(holding))
    total = 1 + sum(boosts.values(), Fraction())
    return Ranked(action, action.impact * need * total / action.effort, need, boosts, lifts, unknown, holding)


def _breaks_floor(model: MaturityModel, result: Result, rise: Rise[QuestionId]) -> bool:
    following = _next_rated(model, result, rise.name)
    return following is not None and rise.level < following - model.scoring.floor_gap


def _next_rated(model: MaturityModel, result: Result, question: QuestionId) -> Stage | None:
    rated = result.step(model.step_of(question).id)
    return rated.stage.next if isinstance(rated, Rated) else None


def _boosts(
    model: MaturityModel, situation: Situation, action: CatalogueAction, lifts: Sequence[Rise[QuestionId]], holds: bool
) -> dict[Boost, Fraction]:
    amounts = model.leverage.boosts
    nexts = [(rise.level, _next_rated(model, situation.result, rise.name)) for rise in lifts]
    counts = any(following is not None and level < following for level, following in nexts)
    lowest = strength(model, situation.form, situation.answers, situation.result).weakest
    applies = {
        Boost.FLOOR_BREAKER: (holds, amounts.floor_breaker),
        Boost.TOWARD_NEXT_STAGE: (counts and not holds, amounts.toward_next_stage),
        Boost.LOWEST_STEP: (action.step in lowest, amounts.lowest_step),
        Boost.NUMBER_BEHIND: (_number_behind(model, situation.measures, action), amounts.number_behind),
    }
    return {boost: amount for boost, (given, amount) in applies.items() if given}


def _number_behind(model: MaturityModel, measures: Measures, action: CatalogueAction) -> bool:
    measure = measures.get(action.benchmark) if action.benchmark else None
    if not isinstance(measure, Number) or action.benchmark is None:
        return False
    return level_of_number(model.benchmark(action.benchmark), measure.value) < action.to
