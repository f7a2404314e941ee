"""A new action point: what is asked for is looked at before anything is made."""

from datetime import date

import pytest

from bot.domain.actions import ActionState, Confirm, Refused
from bot.domain.adding import Wanted, flaw, made
from bot.domain.ids import ActionId, TeamId, UserId
from tests.domain.action_builders import ANA, LEA, paris

TODAY = date(2026, 5, 12)
NOW = paris(12, 10)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param(Wanted("Tag the volumes"), None, id="a title is enough"),
        pytest.param(Wanted("x" * 150), None, id="the longest title"),
        pytest.param(Wanted("x" * 151), Refused, id="longer"),
        pytest.param(Wanted("  "), Refused, id="nothing"),
        pytest.param(Wanted("Tag", due_on=TODAY), None, id="due today"),
        pytest.param(Wanted("Tag", due_on=date(2026, 5, 11)), Confirm, id="T22: due yesterday, so it is asked"),
        pytest.param(Wanted("Tag", due_on=date(2036, 5, 11)), Refused, id="a slip of the year"),
        pytest.param(Wanted("Tag", link="https://example.com"), None, id="with a page"),
        pytest.param(Wanted("Tag", link="example"), Refused, id="with something else"),
    ],
)
def test_what_stands_in_its_way(wanted: Wanted, found: type | None) -> None:
    assert isinstance(flaw(wanted, TODAY), found) if found else flaw(wanted, TODAY) is None


def test_t22_a_past_date_is_taken_when_confirmed_and_a_slip_is_not() -> None:
    assert flaw(Wanted("Tag", due_on=date(2026, 5, 11)), TODAY, confirmed=True) is None
    assert isinstance(flaw(Wanted("Tag", due_on=date(2036, 5, 11)), TODAY, confirmed=True), Refused)


@pytest.mark.parametrize(
    ("owner", "state", "awaits"),
    [
        pytest.param(None, ActionState.NEEDS_OWNER, False, id="nobody's"),
        pytest.param(ANA, ActionState.OPEN, False, id="one's own"),
        pytest.param(LEA, ActionState.OPEN, True, id="somebody else's"),
    ],
)
def test_whose_it_is(owner: UserId | None, state: ActionState, awaits: bool) -> None:
    new = made(ActionId("ac-9"), TeamId("te-1"), 9, Wanted(" Tag ", owner), ANA, NOW)
    assert (new.title, new.label, new.state, new.awaits_acceptance) == ("Tag", "A-9", state, awaits)
