"""How many action points of a team are open, and what is the matter with them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.actions import ActionPoint, ActionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    open: int = 0
    overdue: int = 0
    ownerless: int = 0
    stalled: int = 0


def tally(still_open: Iterable[ActionPoint], today_of: Callable[[ActionPoint], date]) -> Tally:
    """``today_of``: the day it is where the owner is."""
    found = list(still_open)
    return Tally(
        open=len(found),
        overdue=sum(is_overdue(action, today_of(action)) for action in found),
        ownerless=sum(action.owner is None for action in found),
        stalled=sum(action.state is ActionState.STALLED for action in found),
    )


def is_overdue(action: ActionPoint, today: date) -> bool:
    """Not before the day after the due date has come where the owner is."""
    return not action.state.closed and action.due_on is not None and action.due_on < today
