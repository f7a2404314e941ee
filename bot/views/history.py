"""A team's assessments over time, as a table in words: what a chart of them shows is written here as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.charted import Charted
from bot.domain.delivery import Message, Picture
from bot.domain.ids import TeamId, UserId
from bot.domain.model import Stage
from bot.views import blocks, message, picture, standing, words
from bot.views.blocks import Block

MOST_NAMED = 5
SHORT_NAME = 30
A_SECTION = 10  # rows


@dataclass(frozen=True, slots=True)
class PastOutcome:
    """``people`` is empty where nobody is to know who they were."""

    on: date
    stage: Stage | None
    provisional: bool
    index: int | None
    respondents: int
    people: tuple[UserId, ...] = ()
    version: str = "1.0.0"  # of the questions

    @property
    def major(self) -> str:
        """Between two of these the levels mean something else, and scores are not compared."""
        return self.version.split(".")[0]


@dataclass(frozen=True, slots=True)
class HistoryFacts:
    team: TeamId
    name: str
    today: date
    outcomes: Sequence[PastOutcome]  # the newest first
    older: int = 0  # not among them
    done: int = 0  # action points, since the team began
    trend: Charted | None = None
    burnup: Charted | None = None


def build(facts: HistoryFacts) -> Message:
    """For one person, to whom people are named: in a message of their own that calls nobody."""
    return _message(facts, blocks.context("Only you see this."), names=True)


def public(facts: HistoryFacts) -> Message:
    return _message(facts, blocks.context("Asked for with `/finops-assess history --public`."), names=False)


def drawn(facts: HistoryFacts, *, names: bool) -> list[Block]:
    rows = [_row(facts, place, names=names) for place in range(len(facts.outcomes))]
    if facts.older:
        rows.append(f"and {facts.older} before that")
    return [blocks.section(words.lines(*rows[first : first + A_SECTION])) for first in range(0, len(rows), A_SECTION)]


def sentence(facts: HistoryFacts, limit: int = words.NAME) -> str:
    name = f"*{words.inert(facts.name, limit)}*"
    if not facts.outcomes:
        return f"{name} has not been assessed yet."
    times = words.count(len(facts.outcomes) + facts.older, "assessment")
    newest = facts.outcomes[0]
    return f"{name} has {times} behind it; the newest says {standing.stage(newest.stage, newest.provisional)}."


def _message(facts: HistoryFacts, last: Block, *, names: bool) -> Message:
    rows = drawn(facts, names=names)
    # The sentence is block 0, so that the last row's place is how many rows there are.
    done = _done(facts)
    pictures = [
        *([Picture(facts.trend, below=len(rows))] if facts.trend else []),
        *([Picture(facts.burnup, below=len(rows) + len(done))] if facts.burnup else []),
    ]
    return message.message(sentence(facts), *rows, *done, last, spoken=sentence(facts, SHORT_NAME), pictures=pictures)


def _done(facts: HistoryFacts) -> list[Block]:
    """What became of the action points: the figures of the picture below it, where there is one."""
    if facts.burnup is not None:
        return [picture.figures(facts.burnup)]
    return [blocks.context(f"{words.count(facts.done, 'action point')} done so far.")] if facts.outcomes else []


def _row(facts: HistoryFacts, place: int, *, names: bool) -> str:
    past = facts.outcomes[place]
    said = [standing.stage(past.stage, past.provisional), standing.score(past.index), _who(past, names=names)]
    before = facts.outcomes[place + 1] if place + 1 < len(facts.outcomes) else None
    if before is not None and before.major != past.major:
        said.append("with new questions, not compared with those before")
    return f"*{words.day(past.on, facts.today)}*: {' · '.join(said)}"


def _who(past: PastOutcome, *, names: bool) -> str:
    if not names or not past.people:
        return words.count(past.respondents, "person", "people")
    return words.listed([blocks.mention(user) for user in past.people], MOST_NAMED)
