"""The card always shows how an action point stands, and offers what can be done about it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.ids import ActionId
from bot.views import card
from tests.domain.action_builders import ANA, MAY_4, TOM, an_action
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
    built = card.build("Payments", [an_action(accepted_at=MAY_4)])
    *buttons, dots = built.blocks[2]["elements"]
    assert [button["text"]["text"] for button in buttons] == ["Mark done", "Pick a day", "Snooze"]
    assert {button["value"] for button in buttons} == {"ac-1"}
    assert [card.read_more(option["value"]) for option in dots["options"]] == [
        (verb, "ac-1") for verb in (card.CHANGE_DATE, card.HAND_OVER, card.BLOCK, card.DROP, card.LINK)
    ]
    assert built.blocks[2]["elements"][0]["accessibility_label"] == "Mark A-12 done: Tag untagged volumes"


@pytest.mark.parametrize(
    ("action", "buttons"),
    [
        pytest.param(an_action(), ["Accept", "Not me", "Mark done"], id="somebody else's choice"),
        pytest.param(OWNERLESS, ["Take it", "Assign", "Mark done"], id="nobody's"),
        pytest.param(an_action(accepted_at=MAY_4), ["Mark done", "Pick a day", "Snooze"], id="one's own"),
    ],
)
def test_the_buttons_are_those_of_the_moment(action: ActionPoint, buttons: list[str]) -> None:
    *shown, dots = card.choices(action)["elements"]
    assert [button["text"]["text"] for button in shown] == buttons
    assert [button.get("style") for button in shown] == ["primary", None, None]
    assert dots["type"] == "overflow"


def test_what_is_blocked_can_be_unblocked_in_the_place_of_that() -> None:
    blocked = an_action(blocked_why="the invoice", blocked_at=MAY_4)
    said = [option["text"]["text"] for option in card.more(blocked)["options"]]
    assert said == ["Change date", "Hand over", "Not blocked any more", "Not doing this", "Link issue"]


def test_a_link_stands_on_the_card_and_cannot_leave_its_token() -> None:
    linked = card.build("Payments", [an_action(link="https://x.example/a|b>c<d&e")])
    assert linked.blocks[2]["elements"][0]["text"] == "<https://x.example/a%7Cb%3Ec%3Cd&amp;e|Linked page>"


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
        pytest.param(
            {"blocked_why": "the *invoice*", "blocked_at": MAY_4, "snoozed_until": date(2026, 5, 12)},
            "Blocked: the ∗invoice∗",
            id="blocked",
        ),
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
