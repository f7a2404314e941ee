"""Which rated steps are the strongest and which the weakest: by level, then by the mean of their known answers."""

from dataclasses import dataclass
from fractions import Fraction

from bot.domain.answers import Answers, Level
from bot.domain.ids import StepId
from bot.domain.model import Form, MaturityModel, Step
from bot.domain.results import Result


@dataclass(frozen=True, slots=True)
class Strength:
    strongest: tuple[StepId, ...]  # several where they are alike
    weakest: tuple[StepId, ...]  # empty where all are alike: then none is weak beside the others


def strength(model: MaturityModel, form: Form, answers: Answers, result: Result) -> Strength:
    standing = _standing(model, form, answers, result)
    if not standing:
        return Strength((), ())
    highest, lowest = max(standing.values()), min(standing.values())
    return Strength(
        strongest=tuple(step for step, height in standing.items() if height == highest),
        weakest=tuple(step for step, height in standing.items() if height == lowest < highest),
    )


def weakest_first(model: MaturityModel, form: Form, answers: Answers, result: Result) -> tuple[StepId, ...]:
    """The rated steps; those that are alike keep the model's order."""
    standing = _standing(model, form, answers, result)
    return tuple(sorted(standing, key=standing.__getitem__))


def _standing(model: MaturityModel, form: Form, answers: Answers, result: Result) -> dict[StepId, tuple[int, Fraction]]:
    return {step.step: (step.level, _mean(model, form, model.step(step.step), answers)) for step in result.rated}


def _mean(model: MaturityModel, form: Form, step: Step, answers: Answers) -> Fraction:
    said = [answers.get(question.id) for question in model.questions_of(step, form)]
    known = [answer.level for answer in said if isinstance(answer, Level)]
    return Fraction(sum(known), len(known))
