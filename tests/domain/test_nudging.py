"""A lead's nudge: seldom, to an owner who can do something."""

from datetime import datetime
from typing import Any

import pytest

from bot.domain.actions import ActionState, Changed, Refused
from bot.domain.nudging import nudge
from tests.domain.action_builders import LEA, PARIS, an_action, paris

TUESDAY = paris(12, 10)


def test_it_is_noted_who_asked_and_when_and_nothing_is_decided() -> None:
    assert nudge(an_action(), LEA, TUESDAY, PARIS) == Changed(an_action(nudged_by=LEA, nudged_at=TUESDAY))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        pytest.param({"owner": None, "state": ActionState.NEEDS_OWNER}, "no owner yet", id="nobody's"),
        pytest.param({"owner": LEA}, "You own A-12 yourself.", id="one's own"),
        pytest.param({"state": ActionState.STALLED}, "have stopped", id="stalled"),
        pytest.param({"blocked_why": "the invoice", "blocked_at": TUESDAY}, "is blocked", id="blocked"),
    ],
)
def test_nobody_is_nudged_in_vain(changes: dict[str, Any], says: str) -> None:
    outcome = nudge(an_action(**changes), LEA, TUESDAY, PARIS)
    assert isinstance(outcome, Refused)
    assert says in outcome.sentence


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(TUESDAY, Refused, id="at once"),
        pytest.param(paris(18, 23), Refused, id="on the fourth working day"),
        pytest.param(paris(19, 0, 1), Changed, id="on the fifth"),
    ],
)
def test_once_in_five_working_days(now: datetime, expected: type) -> None:
    assert isinstance(nudge(an_action(nudged_by=LEA, nudged_at=TUESDAY), LEA, now, PARIS), expected)
