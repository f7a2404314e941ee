"""Who may do what with an action point: its owner, the team's lead, admins, whoever may see it, and nobody else."""

import pytest

from bot.domain.ids import UserId
from bot.domain.rights import (
    May,
    Standing,
    may_accept,
    may_act,
    may_assign,
    may_decline,
    may_nudge,
    may_put_off,
    may_see,
)
from tests.domain.action_builders import ANA, LEA, TOM, an_action

STRANGER = UserId("USTRANGER")
LEAD, ADMIN = Standing(is_lead=True, may_see=True), Standing(is_admin=True)
MEMBER, NOBODY = Standing(may_see=True), Standing()
WHO = {
    "owner": (ANA, NOBODY),
    "lead": (LEA, LEAD),
    "admin": (STRANGER, ADMIN),
    "member": (STRANGER, MEMBER),
    "stranger": (STRANGER, NOBODY),
}


@pytest.mark.parametrize(
    ("may", "those"),
    [
        pytest.param(may_see, {"owner", "lead", "admin", "member"}, id="see"),
        pytest.param(may_act, {"owner", "lead", "admin"}, id="done, drop, due, block, link"),
        pytest.param(may_assign, {"owner", "lead", "admin"}, id="assign"),
        pytest.param(may_put_off, {"owner", "lead"}, id="snooze"),
        pytest.param(may_accept, {"owner"}, id="accept"),
        pytest.param(may_nudge, {"lead"}, id="nudge"),
    ],
)
def test_who_may(may: May, those: set[str]) -> None:
    action = an_action(assigned_by=LEA)
    assert {name for name, (actor, standing) in WHO.items() if may(action, actor, standing)} == those


def test_what_belongs_to_nobody_anyone_of_the_team_may_take() -> None:
    action = an_action(owner=None)
    assert may_assign(action, STRANGER, MEMBER)
    assert not may_assign(action, STRANGER, NOBODY)
    assert not may_act(action, STRANGER, MEMBER)


def test_who_declined_it_may_press_again_and_be_told_so() -> None:
    declined = an_action(owner=None, former_owner=TOM, assigned_by=TOM)
    assert may_decline(declined, TOM, NOBODY)
    assert not may_decline(declined, STRANGER, MEMBER)
