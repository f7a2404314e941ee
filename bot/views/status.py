"""How a team stands, for whoever asks: its stage, what is weakest, what is open, and what comes next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.delivery import Message
from bot.domain.findings import Finding
from bot.domain.ids import TeamId
from bot.domain.model import MaturityModel
from bot.domain.tally import Tally
from bot.domain.teams import Team
from bot.views import blocks, found, message, standing, words
from bot.views.blocks import Block, Element
from bot.views.standing import Outcome

HISTORY = "status.history"
STATUS = "status.show"
MOST_AREAS = 3
SHORT_NAME = 30  # of a team in a notification


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    outcome: Outcome
    model: MaturityModel
    weakest: Sequence[Finding] = ()  # the weakest steps first, each with what would lift it


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFacts:
    team: TeamId
    name: str
    today: date  # where the team is
    assessed: Assessed | None
    tally: Tally
    has_draft: bool = False


def button(team: Team) -> Element:
    """From elsewhere to the status; its value is the team."""
    says = f"Assessment status of {words.aloud(team.name, 40)}"
    return blocks.button("Assessment status", STATUS, team.id, says=says)


def build(facts: StatusFacts) -> Message:
    """For one person: with a button that leads on."""
    history = blocks.button("History", HISTORY, facts.team, says=f"History of {words.aloud(facts.name, 50)}")
    return _message(facts, *([blocks.actions(history)] if facts.assessed else []), _own())


def public(facts: StatusFacts) -> Message:
    """For a channel, in which nobody is named and nothing is to be pressed."""
    return _message(facts, blocks.context("Asked for with `/finops-assess status --public`."))


def drawn(facts: StatusFacts) -> list[Block]:
    """What stands below the sentence, in a message and in a view."""
    rest = [blocks.fields(*_overview(facts))]
    if facts.assessed and facts.assessed.weakest:
        rest.append(blocks.section(_weakest(facts.assessed)))
    return rest


def sentence(facts: StatusFacts, limit: int = words.NAME) -> str:
    name = f"*{words.inert(facts.name, limit)}*"
    if facts.assessed is None:
        draft = "; a first assessment has been begun" if facts.has_draft else ""
        return f"{name} has not been assessed yet{draft}."
    outcome = facts.assessed.outcome
    trend = standing.trend(outcome, facts.today)
    scored = [standing.score(outcome.index), *([trend] if trend else [])] if outcome.index is not None else []
    return f"{name}: {', '.join([f'*{standing.stage(outcome.stage, outcome.provisional)}*', *scored])}."


def _message(facts: StatusFacts, *last: Block) -> Message:
    return message.message(sentence(facts), *drawn(facts), *last, spoken=sentence(facts, SHORT_NAME))


def _overview(facts: StatusFacts) -> Iterator[str]:
    if facts.assessed:
        outcome = facts.assessed.outcome
        yield f"*Last assessment*\n{words.day(outcome.on, facts.today)}"
        yield f"*Next assessment*\n{words.day(outcome.next_on, facts.today)}{', begun' if facts.has_draft else ''}"
    yield f"*Action points*\n{words.sentence(standing.counted(facts.tally))}"
    waiting = list(_waiting(facts.tally))
    if waiting:
        yield f"*To be decided*\n{words.sentence(words.listed(waiting))}"


def _waiting(tally: Tally) -> Iterator[str]:
    if tally.ownerless:
        yield f"{tally.ownerless} without an owner"
    if tally.stalled:
        yield f"{tally.stalled} stalled"


def _weakest(assessed: Assessed) -> str:
    shown = assessed.weakest[:MOST_AREAS]
    return words.lines("*Weakest*", *(f"• {found.holding(assessed.model, finding)}" for finding in shown))


def _own() -> Block:
    return blocks.context("Only you see this.")
