"""The card always shows how an action point stands, and offers what can be done about it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.ids import ActionId
from bot.views import card
from tests.domain.action_builders import ANA, TOM, an_action
from tests.views.builders import DONE, DROPPED, OWNERLESS, some_actions
from tests.views.checks import check_message


def first(action: ActionPoint) -> str:
    return str(card.build("Payments", [action]).blocks[0]["text"]["text"])


def labels(block: Any) -> list[str]:
    return [element["text"]["text"] for element in block["elements"]]


def test_what_who_and_when_come_first() -> None:
    assert first(an_action()) == "*A-12 Tag untagged volumes* – <@UANA>, due Fri 29 May."
    assert first(OWNERLESS) == "*A-12 Tag untagged volumes* – no owner yet, no date yet."


def test_an_open_card_has_a_button_for_each_decision() -> None:
    built = card.build("Payments", [an_action()])
    assert labels(built.blocks[2]) == ["Mark done", "Snooze", "Hand over", "Change date", "Not doing this"]
    assert {element["value"] for element in built.blocks[2]["elements"]} == {"ac-1"}
    assert built.blocks[2]["elements"][0]["accessibility_label"] == "Mark A-12 done: Tag untagged volumes"


@pytest.mark.parametrize("action", [DONE, DROPPED], ids=["done", "dropped"])
def test_a_closed_card_can_only_be_opened_again(action: ActionPoint) -> None:
    assert labels(card.build("Payments", [action]).blocks[2]) == ["Reopen"]


def test_a_closed_card_says_who_when_and_why() -> None:
    assert "Done by <@UANA>, <!date^1779962520^" in first(DONE)
    assert "Dropped by <@ULEA>, <!date^1779962520^" in first(DROPPED)
    assert first(DROPPED).endswith(": Solved by the platform")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({}, "Open", id="open"),
        pytest.param({"snoozed_until": date(2026, 5, 12)}, "Snoozed until Tue 12 May", id="snoozed"),
        pytest.param({"planned_on": date(2026, 5, 13)}, "Planned for Wed 13 May", id="planned"),
        pytest.param({"state": ActionState.NEEDS_OWNER, "owner": None}, "Needs an owner", id="nobody's"),
        pytest.param(
            {"state": ActionState.STALLED}, "Stalled: reminders have stopped until someone decides", id="stalled"
        ),
        pytest.param({"state": ActionState.DONE}, "Done", id="done"),
        pytest.param({"state": ActionState.DROPPED}, "Dropped", id="dropped"),
    ],
)
def test_the_status_is_in_words(changes: dict[str, Any], status: str) -> None:
    assert card.status(an_action(**changes)) == status


def test_several_share_a_list_that_mentions_each_owner() -> None:
    built = card.build("Payments", [an_action(), replace(an_action(owner=TOM, number=13), id=ActionId("ac-2"))])
    assert built.text == "Payments has 2 FinOps action points."
    rows = [block for block in built.blocks if "accessory" in block]
    assert [row["accessory"]["value"] for row in rows] == ["ac-1", "ac-2"]
    assert [row["accessory"]["action_id"] for row in rows] == [card.DECIDE] * 2
    assert [f"<@{owner}>" in row["text"]["text"] for owner, row in zip([ANA, TOM], rows, strict=True)] == [True, True]


def test_a_long_list_says_how_many_more_there_are() -> None:
    built = card.build("Payments", some_actions(60))
    check_message(built, mentions=None)
    rows = [block for block in built.blocks if "accessory" in block]
    more = built.blocks[-2]["elements"][0]["text"]
    assert (len(built.blocks), len(rows)) == (40, 37)
    assert more.startswith("and 23 more")


def test_a_list_that_just_fits_leaves_nothing_out() -> None:
    built = card.build("Payments", some_actions(38))
    assert len([block for block in built.blocks if "accessory" in block]) == 38
