"""Forms about one action point: what is drawn can be read back, and what is wrong is told beside its field."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.domain.actions import ActionState, Already, AskDecision, AskNewDate, Confirm, Refused
from bot.domain.snooze import Snooze
from bot.views import blocking, carried, choose, decide
from bot.views.blocks import View
from bot.views.bookmark import Unreadable
from bot.views.choose import Choice
from bot.views.decide import Fix, NewDate
from tests.domain.action_builders import an_action
from tests.views.builders import DROPPED, DUE, filled
from tests.views.checks import texts
from tests.views.examples import VIEWS

ACTION = an_action()
TODAY = date(2026, 5, 22)
PAST = Confirm("That date has already passed. Is it meant?")


@pytest.mark.parametrize(
    ("view", "read", "typed", "said"),
    [
        pytest.param(decide.snooze(ACTION, TODAY), decide.read_snooze, {}, Snooze.ONE_DAY, id="snooze as offered"),
        pytest.param(
            decide.snooze(ACTION, TODAY), decide.read_snooze, {"when": "3d"}, Snooze.THREE_DAYS, id="snooze three days"
        ),
        pytest.param(
            decide.snooze(ACTION, TODAY),
            decide.read_snooze,
            {"when": "pick", "day": "2026-05-26"},
            date(2026, 5, 26),
            id="snooze until a date",
        ),
        pytest.param(
            decide.snooze(ACTION, TODAY),
            decide.read_snooze,
            {"when": "pick"},
            Fix({"day": "Please pick a date."}),
            id="snooze until no date",
        ),
        pytest.param(decide.hand_over(ACTION), decide.read_hand_over, {"owner": "UTOM"}, "UTOM", id="hand over"),
        pytest.param(
            decide.hand_over(ACTION),
            decide.read_hand_over,
            {},
            Fix({"owner": "Please choose a person."}),
            id="hand over to nobody",
        ),
        pytest.param(
            decide.change_due(ACTION, TODAY), decide.read_change_due, {}, NewDate(DUE, False), id="the date as it is"
        ),
        pytest.param(
            decide.change_due(ACTION, TODAY, AskNewDate(date(2026, 6, 3), DUE)),
            decide.read_change_due,
            {},
            NewDate(date(2026, 6, 3), False),
            id="the date that was wanted",
        ),
        pytest.param(
            decide.change_due(ACTION, TODAY, PAST, wanted=date(2026, 5, 1)),
            decide.read_change_due,
            {"sure": ["sure"]},
            NewDate(date(2026, 5, 1), True),
            id="a past date, confirmed",
        ),
        pytest.param(
            decide.change_due(an_action(due_on=None), TODAY),
            decide.read_change_due,
            {},
            Fix({"day": "Please pick a date."}),
            id="no date at all",
        ),
        pytest.param(decide.drop(ACTION), decide.read_drop, {"reason": " Moved on "}, "Moved on", id="drop"),
        pytest.param(
            decide.drop(ACTION),
            decide.read_drop,
            {"reason": "  "},
            Fix({"reason": "Please say why in a few words."}),
            id="drop without a reason",
        ),
        pytest.param(
            decide.plan_day(ACTION, TODAY),
            decide.read_plan_day,
            {"day": "2026-05-26"},
            date(2026, 5, 26),
            id="plan a day",
        ),
        pytest.param(
            decide.plan_day(ACTION, TODAY), decide.read_plan_day, {}, Fix({"day": "Please pick a day."}), id="no day"
        ),
        pytest.param(choose.build(ACTION), choose.read, {"choice": "drop"}, Choice.DROP, id="decide"),
        pytest.param(choose.build(ACTION), choose.read, {}, Fix({"choice": "Please choose one."}), id="undecided"),
        pytest.param(blocking.block(ACTION), blocking.read_block, {"why": " the bill "}, "the bill", id="block"),
        pytest.param(
            blocking.block(ACTION),
            blocking.read_block,
            {},
            Fix({"why": "Please say what it waits for."}),
            id="block without a reason",
        ),
        pytest.param(
            blocking.link(ACTION), blocking.read_link, {"url": "https://x.example"}, "https://x.example", id="link"
        ),
        pytest.param(
            blocking.link(ACTION), blocking.read_link, {}, Fix({"url": "Please give its address."}), id="no address"
        ),
    ],
)
def test_what_is_put_in_is_read_back(
    view: View, read: Callable[[View], object], typed: dict[str, Any], said: object
) -> None:
    form = filled(view, **typed)
    assert carried.action_of(form) == "ac-1"
    assert read(form) == said


@pytest.mark.parametrize("metadata", [None, "", "{}", "[]", "null", "not json"])
def test_a_form_that_is_not_ours_is_not_read(metadata: str | None) -> None:
    with pytest.raises(Unreadable):
        carried.action_of({"private_metadata": metadata})


def test_the_checkbox_comes_only_with_the_question() -> None:
    assert "sure" not in _fields(decide.change_due(ACTION, TODAY))
    asked = decide.change_due(ACTION, TODAY, PAST, wanted=date(2026, 5, 1))
    assert "sure" in _fields(asked)
    assert PAST.question in list(texts(asked["blocks"]))


def test_after_many_snoozes_only_real_decisions_are_left() -> None:
    offered = choose.build(ACTION, AskDecision(3))["blocks"][-1]["element"]["options"]
    assert [option["value"] for option in offered] == ["done", "change_date", "hand_over", "drop"]


@pytest.mark.parametrize(
    ("name", "typed", "block"),
    [
        ("snooze", {"when": "1d"}, "when"),
        ("snooze", {"when": "pick", "day": "2026-05-26"}, "day"),
        ("hand_over", {"owner": "UTOM"}, "owner"),
        ("change_date", {}, "day"),
        ("drop", {"reason": "x"}, "reason"),
        ("plan_day", {"day": "2026-05-26"}, "day"),
        ("block", {"why": "x"}, "why"),
        ("link", {"url": "x"}, "url"),
    ],
)
def test_a_refusal_is_told_beside_its_field(name: str, typed: dict[str, Any], block: str) -> None:
    form = filled(VIEWS[name], **typed)
    assert decide.problem(form, Refused("No.")) == Fix({block: "No."})
    assert block in _fields(form)


def test_an_old_button_shows_how_things_are_now() -> None:
    view = decide.shows(DROPPED, Already(ActionState.DROPPED, DROPPED.closed_by, DROPPED.closed_at))
    said = list(texts(view["blocks"]))
    assert said[0].startswith("A-12 was already dropped by <@ULEA>, <!date^1779962520^")
    assert said[0].endswith("|Thu 28 May 2026 at 10:02 UTC>. Nothing was changed.")
    assert "Solved by the platform" in said[1]
    assert "submit" not in view


def _fields(view: View) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
