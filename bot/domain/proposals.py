"""The few action points that are proposed, and what is to be found out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.domain.answers import NotKnown, Unknown
from bot.domain.ids import BenchmarkId, CatalogueId, QuestionId
from bot.domain.leverage import Ranked, Situation, ranked
from bot.domain.model import MaturityModel
from bot.domain.rules import ProposalLimits

# Ranks beyond this are not looked at: the choice among so many is wide enough, and stays quick.
CONSIDERED = 20

Subject = QuestionId | BenchmarkId


@dataclass(frozen=True, slots=True)
class FindOut:
    """A small action for something that nobody knew."""

    id: CatalogueId  # "find:" and what is unknown, so that it can be kept like an action of the catalogue
    subject: Subject
    persona: str  # who is likely to know
    days: int
    effort: int


@dataclass(frozen=True, slots=True)
class Proposals:
    actions: tuple[Ranked, ...]
    find_out: tuple[FindOut, ...]


def propose(model: MaturityModel, situation: Situation, open_actions: int) -> Proposals:
    """At most as many as there is room for beside the open ones; things to find out come on top."""
    limits = model.leverage.proposals
    room = min(limits.new_at_most, limits.open_at_most - open_actions)
    chosen = balanced(limits, ranked(model, situation)[:CONSIDERED], room)
    return Proposals(chosen, find_out(model, situation))


def balanced(limits: ProposalLimits, best_first: Sequence[Ranked], room: int) -> tuple[Ranked, ...]:
    """The highest ranks that do not all pull in one direction.

    The upper limits always hold. That something small and something big are among them holds where it can:
    `combinations` go from the highest ranks down and `min` keeps the first of equals, so no rank is given up in vain.
    """
    for size in range(min(room, len(best_first)), 0, -1):
        allowed = [chosen for chosen in combinations(best_first, size) if _within(limits, chosen)]
        if allowed:
            return min(allowed, key=lambda chosen: _lacks(limits, chosen))
    return ()


def _within(limits: ProposalLimits, chosen: Sequence[Ranked]) -> bool:
    steps = [one.action.step for one in chosen]
    big = sum(one.action.effort >= limits.big_effort for one in chosen)
    return big <= 1 and all(steps.count(step) <= limits.from_one_step for step in steps)


def _lacks(limits: ProposalLimits, chosen: Sequence[Ranked]) -> int:
    small = any(one.action.effort <= limits.small_effort for one in chosen)
    telling = any(one.action.impact >= limits.high_impact for one in chosen)
    return (not small) + (not telling)


def find_out(model: MaturityModel, situation: Situation) -> tuple[FindOut, ...]:
    """Everything of the form that is unknown, and not being found out already."""
    questions: list[tuple[Subject, str]] = [
        (question.id, question.best_answered_by[0])
        for step in model.scored_steps
        for question in model.questions_of(step, situation.form)
        if isinstance(situation.answers.get(question.id, Unknown()), Unknown)
    ]
    numbers: list[tuple[Subject, str]] = [
        (benchmark.id, benchmark.best_answered_by[0])
        for benchmark in model.benchmarks
        if isinstance(situation.measures.get(benchmark.id, NotKnown()), NotKnown)
    ]
    rules = model.leverage
    items = [
        FindOut(find_out_id(subject), subject, persona, rules.find_out_days, rules.find_out_effort)
        for subject, persona in (*questions, *numbers)
    ]
    return tuple(item for item in items if item.id not in situation.open)


def find_out_id(subject: Subject) -> CatalogueId:
    return CatalogueId(f"find:{subject}")
