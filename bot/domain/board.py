"""Which action points a list shows, in which groups, and what stands on each of its pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.commands import Which
from bot.domain.ids import CatalogueId

ON_A_PAGE = 10
OVERDUE, THIS_WEEK, LATER, NO_DATE, STALLED, CLOSED = (
    "Overdue",
    "This week",
    "Later",
    "No date",
    "Stalled",
    "Done and dropped",
)
BY_DUE = (OVERDUE, THIS_WEEK, LATER, NO_DATE, STALLED, CLOSED)
OTHER = "Other"

Belongs = Callable[[ActionPoint, date], bool]
GroupOf = Callable[[ActionPoint], str]


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    actions: tuple[ActionPoint, ...]


@dataclass(frozen=True, slots=True)
class Page:
    groups: tuple[Group, ...]
    number: int  # from 0 on
    pages: int
    total: int


def is_overdue(action: ActionPoint, today: date) -> bool:
    return action.due_on is not None and action.due_on < today and not action.state.closed


def by_due(action: ActionPoint, today: date) -> str:
    if action.state.closed:
        return CLOSED
    if action.state is ActionState.STALLED:
        return STALLED
    if action.due_on is None:
        return NO_DATE
    if action.due_on < today:
        return OVERDUE
    return THIS_WEEK if action.due_on <= today + timedelta(days=6 - today.weekday()) else LATER


# What a list leaves out of what it is given; the others show all of it.
SHOWS: Mapping[Which, Belongs] = {
    Which.OVERDUE: is_overdue,
    Which.UNOWNED: lambda action, _: action.state is ActionState.NEEDS_OWNER,
    Which.STALLED: lambda action, _: action.state is ActionState.STALLED,
}


def shown(which: Which, actions: Sequence[ActionPoint], today: date) -> list[ActionPoint]:
    belongs = SHOWS.get(which)
    return [action for action in actions if belongs is None or belongs(action, today)]


def step_of(steps: Mapping[CatalogueId, str], action: ActionPoint) -> str:
    """``steps``: the title of the step that each of the catalogue's action points helps."""
    return steps.get(action.catalogue, OTHER) if action.catalogue else OTHER


def page(actions: Sequence[ActionPoint], group_of: GroupOf, order: Sequence[str], wanted: int) -> Page:
    """``order``: of the groups; within one the earliest date comes first. A page that is not there is the last one."""
    rank = {name: place for place, name in enumerate(order)}
    ordered = sorted(actions, key=lambda action: (rank[group_of(action)], *_urgency(action)))
    pages = max(1, -(-len(ordered) // ON_A_PAGE))
    number = min(max(wanted, 0), pages - 1)
    here = ordered[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]
    groups = tuple(Group(name, tuple(rows)) for name, rows in groupby(here, group_of))
    return Page(groups, number, pages, len(ordered))


def _urgency(action: ActionPoint) -> tuple[date, str, int]:
    return action.due_on or date.max, action.team, action.number
