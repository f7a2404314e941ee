"""A team's open action points, counted by the day that it is where each owner is."""

from datetime import date, timedelta

import pytest

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.tally import Tally, is_overdue, tally
from tests.domain.action_builders import ANA, TOM, an_action

TODAY = date(2026, 5, 29)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        pytest.param(an_action(due_on=TODAY), False, id="due today"),
        pytest.param(an_action(due_on=YESTERDAY), True, id="due yesterday"),
        pytest.param(an_action(due_on=None), False, id="without a date"),
        pytest.param(an_action(due_on=YESTERDAY, state=ActionState.STALLED), True, id="stalled is still late"),
        pytest.param(an_action(due_on=YESTERDAY, state=ActionState.DONE), False, id="done is not late any more"),
    ],
)
def test_what_is_overdue(action: ActionPoint, expected: bool) -> None:
    assert is_overdue(action, TODAY) is expected


def test_each_is_late_by_its_owners_day() -> None:
    due = [an_action(owner=owner, due_on=YESTERDAY) for owner in (ANA, TOM)]
    days = {ANA: TODAY, TOM: YESTERDAY}
    assert tally(due, lambda action: days[action.owner or ANA]) == Tally(open=2, overdue=1)


def test_what_waits_for_a_decision_is_counted() -> None:
    found = [an_action(owner=None, state=ActionState.NEEDS_OWNER), an_action(state=ActionState.STALLED), an_action()]
    assert tally(found, lambda _: TODAY) == Tally(open=3, ownerless=1, stalled=1)


def test_nothing_is_counted_where_nothing_is_open() -> None:
    assert tally([], lambda _: TODAY) == Tally()
