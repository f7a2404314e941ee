"""How a team stands, in the words that its status, its history and the App Home share."""

from dataclasses import dataclass
from datetime import date

from bot.domain.model import Stage
from bot.domain.tally import Tally
from bot.views import words
from bot.views.result import Previous


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a team's last assessment came to."""

    on: date
    stage: Stage | None
    next_on: date
    provisional: bool = False
    index: int | None = None
    previous: Previous | None = None  # what it can be set beside


def stage(of: Stage | None, provisional: bool) -> str:
    if of is None:
        return "not enough known for a stage"
    return f"{of.word}, provisional" if provisional else of.word


def score(index: int | None) -> str:
    return "no score yet" if index is None else f"{index} of 100"


def trend(outcome: Outcome, today: date) -> str | None:
    """ "up 9 since Fri 20 Feb"; None where there is nothing to compare."""
    if outcome.index is None or outcome.previous is None or outcome.previous.index is None:
        return None
    gained = outcome.index - outcome.previous.index
    moved = f"up {gained}" if gained > 0 else f"down {-gained}" if gained else "unchanged"
    return f"{moved} since {words.day(outcome.previous.on, today)}"


def counted(tally: Tally) -> str:
    """ "5 open action points, 2 of them overdue", which nobody reads in red."""
    if not tally.open:
        return "no open action points"
    said = words.count(tally.open, "open action point")
    return f"{said}, {tally.overdue} of them overdue" if tally.overdue else f"{said}, none overdue"
