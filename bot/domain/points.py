"""The action points that the last step puts on its form, in words, before anybody has taken them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.ids import BenchmarkId, CatalogueId, QuestionId
from bot.domain.leverage import Ranked
from bot.domain.model import MaturityModel
from bot.domain.proposals import FindOut, Proposals

FIND = "find:"
OWN = "own:"
REST = f"{FIND}rest"
ROOM_TO_FIND_OUT = 5  # more unknowns than this are one action point
OWN_POINTS = 3
OWN_DAYS = 30


@dataclass(frozen=True, slots=True)
class Point:
    origin: str
    title: str
    why: str
    explained: str  # why it is proposed, as the form says it: the parts of its leverage
    days: int
    catalogue: CatalogueId | None


def points(model: MaturityModel, proposals: Proposals) -> tuple[Point, ...]:
    """What is proposed, the greatest leverage first, then what is to be found out."""
    return (
        *(_proposed(model, ranked) for ranked in proposals.actions),
        *_to_find_out(model, proposals.find_out),
    )


def plain(model: MaturityModel, origin: str) -> Point | None:
    """An offered point by its origin alone, when it is not among the proposals any more; None: it never was."""
    found = next((action for action in model.actions if action.id == origin), None)
    if found is not None:
        return Point(found.id, found.title, f"Done when: {found.done_when}.", "", found.days, found.id)
    if origin == REST:
        why = "The result is a range until they are known."
        return Point(
            REST, "Find out the other unknown answers", why, "", model.leverage.find_out_days, CatalogueId(REST)
        )
    return None


def own_origin(place: int, person: str) -> str:
    """Where one's own action point stands on one's own form, so that the form sent twice makes it once."""
    return f"{OWN}{person}:{place}"


def _proposed(model: MaturityModel, ranked: Ranked) -> Point:
    action = ranked.action
    lifted = [model.question(rise.name).topic for rise in ranked.lifts]
    aim = f"Why: brings {_listed(lifted)} to {action.to.word}. " if lifted else ""
    return Point(
        action.id,
        action.title,
        f"{aim}Done when: {action.done_when}.",
        _explained(model, ranked),
        action.days,
        action.id,
    )


def _explained(model: MaturityModel, ranked: Ranked) -> str:
    """The parts of its leverage, so that anybody can see why it is here."""
    action = ranked.action
    asked = max(len(ranked.lifts) + len(ranked.unknown), len(action.triggers))
    lifts = f"lifts {len(ranked.lifts)} of {asked} answer{'' if asked == 1 else 's'}"
    held = _listed([model.question(question).topic for question in ranked.holding])
    holds = f"; what holds its step back: {held}" if held else ""
    return f"Impact {action.impact} of 5, effort {action.effort} of 5, {lifts}{holds}"


def _to_find_out(model: MaturityModel, unknowns: Sequence[FindOut]) -> Iterator[Point]:
    shown = unknowns if len(unknowns) <= ROOM_TO_FIND_OUT else unknowns[: ROOM_TO_FIND_OUT - 1]
    for unknown in shown:
        topic = _topic(model, unknown)
        why = "Nobody could say. The result is a range until it is known."
        asks = f"{model.persona(unknown.persona).name} is likely to know"
        yield Point(unknown.id, f"Find out: {topic}", why, asks, unknown.days, unknown.id)
    rest = unknowns[len(shown) :]
    if rest:
        topics = _listed([_topic(model, unknown) for unknown in rest])
        why = f"Nobody could say: {topics}."
        title = f"Find out the other {len(rest)} unknown answers"
        yield Point(REST, title, why, "Small steps that one person can collect", rest[0].days, CatalogueId(REST))


def _topic(model: MaturityModel, unknown: FindOut) -> str:
    if any(benchmark.id == unknown.subject for benchmark in model.benchmarks):
        return model.benchmark(BenchmarkId(unknown.subject)).name.lower()
    return model.question(QuestionId(unknown.subject)).topic


def _listed(words: Sequence[str]) -> str:
    *firsts, last = words or ("",)
    return f"{', '.join(firsts)} and {last}" if firsts else last
