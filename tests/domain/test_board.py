"""Lists: what they show, in which groups, and that no action point is lost or shown twice between the pages."""

from datetime import date, timedelta
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import board
from bot.domain.actions import ActionPoint, ActionState
from bot.domain.board import Page
from bot.domain.commands import Which
from bot.domain.ids import ActionId, CatalogueId
from tests.domain.action_builders import an_action

THURSDAY = date(2026, 5, 28)


def of(number: int, **changes: Any) -> ActionPoint:
    return an_action(id=ActionId(f"ac-{number}"), number=number, **changes)


def page(actions: list[ActionPoint], number: int) -> Page:
    return board.page(actions, lambda action: board.by_due(action, THURSDAY), board.BY_DUE, number)


@pytest.mark.parametrize(
    ("changes", "group"),
    [
        pytest.param({"due_on": date(2026, 5, 27)}, "Overdue", id="yesterday"),
        pytest.param({"due_on": THURSDAY}, "This week", id="today"),
        pytest.param({"due_on": date(2026, 5, 31)}, "This week", id="on Sunday"),
        pytest.param({"due_on": date(2026, 6, 1)}, "Later", id="on Monday"),
        pytest.param({"due_on": None}, "No date", id="without a date"),
        pytest.param({"state": ActionState.STALLED, "due_on": date(2026, 4, 1)}, "Stalled", id="stalled, and late"),
        pytest.param({"state": ActionState.DONE, "due_on": date(2026, 4, 1)}, "Done and dropped", id="done"),
    ],
)
def test_an_action_point_is_in_one_group(changes: dict[str, Any], group: str) -> None:
    assert board.by_due(of(1, **changes), THURSDAY) == group


@pytest.mark.parametrize(
    ("which", "numbers"),
    [
        (Which.OVERDUE, [1]),
        (Which.UNOWNED, [2]),
        (Which.STALLED, [3]),
        (Which.TEAM, [1, 2, 3, 4]),
        (Which.MINE, [1, 2, 3, 4]),
        (Which.ALL, [1, 2, 3, 4]),
    ],
)
def test_a_list_shows_what_it_is_called_for(which: Which, numbers: list[int]) -> None:
    actions = [
        of(1, due_on=date(2026, 5, 27)),
        of(2, state=ActionState.NEEDS_OWNER, owner=None),
        of(3, state=ActionState.STALLED, due_on=None),
        of(4, state=ActionState.DONE, due_on=date(2026, 5, 27)),
    ]
    assert [action.number for action in board.shown(which, actions, THURSDAY)] == numbers


def test_groups_come_in_their_order_and_in_each_the_earliest_first() -> None:
    shown = page([of(1, due_on=None), of(2), of(3, due_on=date(2026, 5, 1)), of(4, due_on=date(2026, 4, 1))], 0)
    assert [(group.name, [action.number for action in group.actions]) for group in shown.groups] == [
        ("Overdue", [4, 3]),
        ("This week", [2]),
        ("No date", [1]),
    ]


def test_by_step_what_is_the_teams_own_comes_last() -> None:
    steps = {CatalogueId("a"): "Governance", CatalogueId("b"): "Process"}
    actions = [of(1), of(2, catalogue=CatalogueId("b")), of(3, catalogue=CatalogueId("gone"))]
    order = ["Process", "Governance", board.OTHER]
    shown = board.page(actions, lambda action: board.step_of(steps, action), order, 0)
    assert [(group.name, len(group.actions)) for group in shown.groups] == [("Process", 1), ("Other", 2)]


@given(st.lists(st.none() | st.integers(-40, 40), max_size=45), st.integers(-3, 9))
def test_every_page_together_shows_each_once(days: list[int | None], wanted: int) -> None:
    due = [None if ahead is None else THURSDAY + timedelta(days=ahead) for ahead in days]
    actions = [of(number, due_on=on) for number, on in enumerate(due, 1)]
    first = page(actions, 0)
    pages = [page(actions, number) for number in range(first.pages)]
    shown = [action.number for each in pages for group in each.groups for action in group.actions]
    assert sorted(shown) == [action.number for action in actions]
    assert all(len(list(chain(*(group.actions for group in each.groups)))) <= board.ON_A_PAGE for each in pages)
    assert page(actions, wanted) in pages
