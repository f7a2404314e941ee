"""Whether the parts of a model that name each other fit together."""

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

from bot.domain.model import CatalogueAction, MaturityModel, Question


def _questions(model: MaturityModel) -> list[Question]:
    return [question for step in model.steps for question in step.questions]


def references(model: MaturityModel) -> Iterator[str]:
    personas = {persona.id for persona in model.personas}
    questions = {question.id for question in _questions(model)}
    benchmarks = {benchmark.id for benchmark in model.benchmarks}
    scored = {step.id for step in model.scored_steps}
    for question in _questions(model):
        yield from _unknown(question.id, "persona", question.best_answered_by, personas)
        yield from _unknown(question.id, "benchmark", [question.cross_check or ""], {*benchmarks, ""})
    for benchmark in model.benchmarks:
        yield from _unknown(benchmark.id, "persona", benchmark.best_answered_by, personas)
        yield from _unknown(benchmark.id, "question", benchmark.cross_checks, questions)
        yield from _unknown(benchmark.id, "scored step", [benchmark.step], scored)


def _unknown(name: str, kind: str, used: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    for missing in sorted(set(used) - set(known)):
        yield f"{name}: there is no {kind} {missing}"


def cross_checks(model: MaturityModel) -> Iterator[str]:
    asked = {(q.cross_check, q.id) for q in _questions(model) if q.cross_check is not None}
    named = {(benchmark.id, question) for benchmark in model.benchmarks for question in benchmark.cross_checks}
    for benchmark_id, question_id in sorted(asked ^ named):
        yield f"{question_id}: its cross check with {benchmark_id} must be named by both"


def actions(model: MaturityModel) -> Iterator[str]:
    questions = {question.id for question in _questions(model)}
    scored = {step.id for step in model.scored_steps}
    for action in model.actions:
        yield from _unknown(action.id, "scored step", [action.step], scored)
        yield from _unknown(action.id, "question", action.triggers, questions)
        yield from _unknown(action.id, "action", action.needs, {other.id for other in model.actions})
        yield from _unknown(action.id, "benchmark", [action.benchmark or ""], {*(b.id for b in model.benchmarks), ""})
        yield from _unknown(action.id, "owner role", [action.owner_role], {role.id for role in model.owner_roles})
        yield from _out_of_place(model, action)


def _out_of_place(model: MaturityModel, action: CatalogueAction) -> Iterator[str]:
    """An action belongs to the step whose answers it lifts; it may lift others as well."""
    elsewhere = {question.id for step in model.steps if step.id != action.step for question in step.questions}
    if set(action.triggers) <= elsewhere:
        yield f"{action.id}: none of its triggers is a question of its step {action.step}"


def needs(model: MaturityModel) -> Iterator[str]:
    stages = {action.id: action.to for action in model.actions}
    for action in model.actions:
        for needed in action.needs:
            if stages.get(needed, action.to) > action.to:
                yield f"{action.id}: needs {needed}, which leads to a higher stage"
    try:
        TopologicalSorter({action.id: action.needs for action in model.actions}).prepare()
    except CycleError as cycle:
        yield f"actions need each other in a circle: {' > '.join(cycle.args[1])}"
