"""What was done is said back in one sentence, about what was asked for and not about what follows from it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.actions import ActionPoint, ActionState
from bot.views import changes
from tests.domain.action_builders import ANA, LEA, MAY_4, TOM, an_action, paris

ACTION = an_action(accepted_at=MAY_4)
NOW = paris(12, 10)
TITLE = "*A-12 Tag untagged volumes*"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param({}, {"state": ActionState.DONE}, f"{TITLE} is marked done.", id="done"),
        pytest.param(
            {},
            {"state": ActionState.DROPPED, "drop_reason": "not *needed*"},
            f"{TITLE} is dropped: not ∗needed∗",
            id="dropped",
        ),
        pytest.param(
            {"state": ActionState.DONE}, {}, f"{TITLE} is open again, due Fri 29 May.", id="opened after it was done"
        ),
        pytest.param(
            {"state": ActionState.STALLED},
            {"decided_at": NOW},
            f"{TITLE} is open again, due Fri 29 May.",
            id="opened after it stalled",
        ),
        pytest.param(
            {"state": ActionState.STALLED},
            {"due_on": date(2026, 6, 5)},
            f"{TITLE} is due Fri 5 June now. It was due Fri 29 May.",
            id="stalled and dated anew",
        ),
        pytest.param(
            {},
            {"owner": TOM, "assigned_by": ANA, "accepted_at": None},
            f"{TITLE} goes to <@UTOM>, due Fri 29 May. They are asked to accept it.",
            id="handed over",
        ),
        pytest.param(
            {"owner": None},
            {"owner": TOM, "assigned_by": TOM},
            f"{TITLE} is yours now, due Fri 29 May.",
            id="taken",
        ),
        pytest.param(
            {"owner": TOM},
            {"owner": ANA, "assigned_by": TOM, "accepted_at": NOW},
            f"{TITLE} goes back to <@UANA>, who is told in its thread.",
            id="declined",
        ),
        pytest.param(
            {}, {"owner": None}, f"{TITLE} needs an owner now. The team's lead hears of it.", id="declined to nobody"
        ),
        pytest.param({"accepted_at": None}, {"accepted_at": NOW}, f"{TITLE} is yours, due Fri 29 May.", id="accepted"),
        pytest.param({"due_on": None}, {}, f"{TITLE} is due Fri 29 May now.", id="dated for the first time"),
        pytest.param(
            {"accepted_at": None},
            {"blocked_why": "the invoice", "blocked_at": NOW, "accepted_at": NOW},
            f"{TITLE} is blocked: the invoice",
            id="blocked, and with that accepted",
        ),
        pytest.param(
            {"blocked_why": "the invoice", "blocked_at": NOW},
            {},
            f"{TITLE} is not blocked any more, due Fri 29 May.",
            id="unblocked",
        ),
        pytest.param(
            {},
            {"snoozed_until": date(2026, 5, 26)},
            f"The reminder about {TITLE} sleeps until Tue 26 May. Its due date stays Fri 29 May.",
            id="T31: both dates",
        ),
        pytest.param(
            {},
            {"planned_on": date(2026, 5, 26)},
            f"{TITLE} is planned for Tue 26 May. Its due date stays Fri 29 May.",
            id="planned",
        ),
        pytest.param(
            {},
            {"link": "https://x.example/a&b"},
            f"{TITLE} is tied to <https://x.example/a&amp;b|this page>.",
            id="linked",
        ),
        pytest.param(
            {},
            {"nudged_by": LEA, "nudged_at": NOW},
            f"The owner of {TITLE} is reminded in their next working hours, and reads that you asked for it.",
            id="nudged",
        ),
        pytest.param({}, {}, "Nothing about A-12 has changed.", id="nothing"),
    ],
)
def test_what_was_done_is_said(before: dict[str, Any], after: dict[str, Any], said: str) -> None:
    assert changes.said(replace(ACTION, **before), replace(ACTION, **after)) == said


def test_without_a_date_there_is_none_to_stay() -> None:
    undated: ActionPoint = replace(ACTION, due_on=None)
    assert "It has no due date." in changes.said(undated, replace(undated, snoozed_until=date(2026, 5, 26)))


def test_a_new_one_is_said_with_its_team() -> None:
    assert changes.added(ACTION, "Pay*ments") == f"{TITLE} is added to Pay∗ments – <@UANA>, due Fri 29 May."
