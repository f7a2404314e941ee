"""What the platform refuses to show, limit by limit: one more than allowed is told, the limit itself is not."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.elements import BUTTONS, INPUTS, PICKERS
from sandbox.limits import BLOCKS, Surface, block_problems, characters, view_problems, view_too_large
from sandbox.state import SLOTS
from tests.sandbox.shapes import actions, asks, button, field, modal, options, plain, section


def long(count: int) -> str:
    return "x" * count


def context(*texts: str) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text} for text in texts]}


def radio(count: int = 2, **more: Any) -> dict[str, Any]:
    return asks(field("radio_buttons", options=options(*map(str, range(count))), **more))


def select(count: int = 2, **more: Any) -> dict[str, Any]:
    return asks(field("static_select", options=options(*map(str, range(count))), **more))


def number(**more: Any) -> dict[str, Any]:
    return asks(field("number_input", is_decimal_allowed=True, **more))


def confirm(title: int = 5, text: int = 5, label: int = 5) -> dict[str, Any]:
    return {
        "title": plain(long(title)), "text": plain(long(text)),
        "confirm": plain(long(label)), "deny": plain(long(label)),
    }  # fmt: skip


AT_THE_LIMIT = [
    pytest.param(lambda extra: [section(long(3000 + extra))], "3001 characters", id="text of a section"),
    pytest.param(lambda extra: [{"type": "section", "fields": [plain("x")] * (10 + extra)}], "10 items", id="fields"),
    pytest.param(lambda extra: [{"type": "section", "fields": [plain(long(2000 + extra))]}], "2001", id="a field"),
    pytest.param(lambda extra: [{"type": "header", "text": plain(long(150 + extra))}], "151", id="a header"),
    pytest.param(lambda extra: [context(*["x"] * (10 + extra))], "10 items", id="elements of a context"),
    pytest.param(
        lambda extra: [actions(*[button(f"b{n}") for n in range(25 + extra)])], "25 items", id="elements of actions"
    ),
    pytest.param(lambda extra: [actions(button(text=long(75 + extra)))], "76", id="text of a button"),
    pytest.param(lambda extra: [actions(button(value=long(2000 + extra)))], "2001", id="value of a button"),
    pytest.param(lambda extra: [actions(button(url=long(3000 + extra)))], "3001", id="address of a button"),
    pytest.param(lambda extra: [actions(button(accessibility_label=long(75 + extra)))], "76", id="label for readers"),
    pytest.param(lambda extra: [actions(button(action_id=long(255 + extra)))], "256", id="action_id"),
    pytest.param(lambda extra: [section(block_id=long(255 + extra))], "256", id="block_id"),
    pytest.param(
        lambda extra: [actions(button(confirm=confirm(title=100 + extra)))], "101", id="title of a confirmation"
    ),
    pytest.param(
        lambda extra: [actions(button(confirm=confirm(text=300 + extra)))], "301", id="text of a confirmation"
    ),
    pytest.param(
        lambda extra: [actions(button(confirm=confirm(label=30 + extra)))], "31", id="a confirmation's buttons"
    ),
    pytest.param(lambda extra: [radio(10 + extra)], "10 items", id="radio buttons"),
    pytest.param(lambda extra: [select(100 + extra)], "100 items", id="options of a select"),
    pytest.param(
        lambda extra: [actions({"type": "overflow", "options": options(*map(str, range(5 + extra)))})],
        "5 items",
        id="options of an overflow",
    ),
    pytest.param(
        lambda extra: [asks(field("radio_buttons", options=[{"text": plain(long(75 + extra)), "value": "v"}]))],
        "76",
        id="text of an option",
    ),
    pytest.param(
        lambda extra: [asks(field("radio_buttons", options=[{"text": plain("x"), "value": long(150 + extra)}]))],
        "151",
        id="value of an option",
    ),
    pytest.param(lambda extra: [select(placeholder=plain(long(150 + extra)))], "151", id="a placeholder"),
    pytest.param(lambda extra: [radio() | {"label": plain(long(2000 + extra))}], "2001", id="a label"),
    pytest.param(lambda extra: [radio() | {"hint": plain(long(2000 + extra))}], "2001", id="a hint"),
    pytest.param(lambda extra: [asks(field(initial_value=long(3000 + extra)))], "3001", id="an initial value"),
    pytest.param(lambda extra: [asks(field(max_length=3000 + extra))], "3000", id="max_length"),
    pytest.param(lambda extra: [{"type": "markdown", "text": long(12_000 + extra)}], "12001", id="markdown"),
    pytest.param(lambda extra: [{"type": "table", "rows": [[]] * (100 + extra)}], "100 items", id="rows of a table"),
    pytest.param(lambda extra: [section() for _ in range(50 + extra)], "50 items", id="blocks of a message"),
]


@pytest.mark.parametrize(("blocks", "words"), AT_THE_LIMIT)
def test_a_limit_holds_to_the_character(blocks: Any, words: str) -> None:
    assert not [told for told in block_problems(blocks(0)) if "fewer" not in told]
    assert words in "".join(block_problems(blocks(1)))


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        pytest.param([{"type": "sections"}], "unsupported block type", id="unknown block"),
        pytest.param([{"block_id": "x"}], "unsupported block type", id="block without a type"),
        pytest.param("section", "must be an array", id="no list"),
        pytest.param([section(colour="red")], "invalid additional property: colour", id="unknown property"),
        pytest.param([{"type": "section"}], "text or fields", id="empty section"),
        pytest.param([section("")], "more than 0", id="section without a word"),
        pytest.param([section(block_id="a"), section(block_id="a")], "block_id used 2 times", id="block_id twice"),
        pytest.param([actions(button("a"), button("a"))], "action_id used twice", id="action_id twice in a block"),
        pytest.param(
            [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "type of text", id="header in mrkdwn"
        ),
        pytest.param([actions(button(style="loud"))], "must be one of", id="style of a button"),
        pytest.param([actions()], "fewer than 1", id="actions without any"),
        pytest.param([actions(field())], "unsupported type of element", id="text input among actions"),
        pytest.param([asks(button() | {"_block": "b"})], "unsupported type of element", id="button as an input"),
        pytest.param(
            [section(accessory=field("number_input", is_decimal_allowed=False))], "unsupported type", id="number beside"
        ),
        pytest.param([asks(field("slider"))], "unsupported type of element", id="unknown element"),
        pytest.param([asks(field("number_input"))], "is_decimal_allowed", id="number: decimals or not"),
        pytest.param([number(min_value=1)], "must be a string", id="number: limits are strings"),
        pytest.param([number(min_value="5", max_value="4")], "above max_value", id="number: upside down"),
        pytest.param([number(max_value="4", initial_value="5")], "must keep to", id="number: starts outside"),
        pytest.param([asks(field(max_length=2, initial_value="abc"))], "must keep to", id="text: starts too long"),
        pytest.param([select() | {"element": {"type": "static_select"}}], "exactly one of options", id="no options"),
        pytest.param([radio(initial_option=options("9")[0])], "must be one of the options", id="starts elsewhere"),
        pytest.param(
            [radio(initial_option={"text": plain("Other"), "value": "1"})], "one of the options", id="starts renamed"
        ),
        pytest.param([asks(field("radio_buttons", options=options("a", "a")))], "different values", id="value twice"),
        pytest.param([asks(field("datepicker", initial_date="3/4/2027"))], "expected format", id="date"),
        pytest.param([asks(field("timepicker", initial_time="24:00"))], "expected format", id="time"),
        pytest.param([asks(field("datetimepicker", initial_date_time=17))], "between", id="instant"),
        pytest.param([{"type": "image", "alt_text": "x"}], "image_url and slack_file", id="image of nothing"),
        pytest.param([{"type": "image", "image_url": "http://x"}], "alt_text", id="image without words"),
        pytest.param([{"type": "alert", "text": plain("x")}], "cannot stand in a message", id="alert in a message"),
        pytest.param([{"type": "table", "rows": [[]]}, {"type": "table", "rows": [[]]}], "one table", id="two tables"),
        pytest.param(
            [asks(field(focus_on_load=True)), asks(field(block_id="b", focus_on_load=True))], "focus", id="two in focus"
        ),
    ],
)
def test_a_message_is_refused_with_the_reason(blocks: Any, words: str) -> None:
    assert words in "".join(block_problems(blocks))


def test_every_problem_is_told_with_its_place() -> None:
    told = block_problems([section(long(3001)), actions(button(text=long(76)))])
    assert told == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        "[ERROR] must be less than 76 characters [json-pointer:/blocks/1/elements/0/text/text]",
    ]


@pytest.mark.parametrize("surface", ["modal", "home"])
def test_a_view_takes_a_hundred_blocks(surface: Surface) -> None:
    assert not block_problems([section()] * 100, surface)
    assert block_problems([section()] * 101, surface)


@pytest.mark.parametrize("kind", ["markdown", "table", "context_actions", "file"])
def test_what_is_for_messages_stays_out_of_views(kind: str) -> None:
    assert "cannot stand in a modal" in block_problems([{"type": kind}], "modal")[0]


@pytest.mark.parametrize(
    ("view", "words"),
    [
        pytest.param(modal(asks(field()), submit=None), "submit is required", id="input without submit"),
        pytest.param(modal(title=plain(long(25))), "25 characters", id="title"),
        pytest.param(modal(submit=plain(long(25))), "25 characters", id="submit"),
        pytest.param(modal(close=plain(long(25))), "25 characters", id="close"),
        pytest.param(modal(title=None), "missing required field: title", id="no title"),
        pytest.param(modal(title={"type": "mrkdwn", "text": "x"}), "type of text", id="title in mrkdwn"),
        pytest.param(modal(private_metadata=long(3001)), "3001", id="private_metadata"),
        pytest.param(modal(callback_id=long(256)), "256", id="callback_id"),
        pytest.param(modal(external_id=long(256)), "256", id="external_id"),
        pytest.param(modal(on_close=True), "additional property", id="unknown property"),
        pytest.param({"type": "home", "blocks": []}, "must be a modal", id="a home"),
        pytest.param(modal({"type": "markdown", "text": "x"}), "cannot stand", id="a block that is for messages"),
        pytest.param("modal", "must be a modal", id="no view"),
    ],
)
def test_a_modal_is_refused_with_the_reason(view: Any, words: str) -> None:
    assert words in "".join(view_problems(view, "modal"))


def test_a_modal_at_its_limits_is_shown() -> None:
    view = modal(
        asks(field()), title=plain(long(24)), close=plain(long(24)), private_metadata=long(3000),
        callback_id=long(255), external_id=long(255), notify_on_close=True, clear_on_close=False,
    )  # fmt: skip
    assert view_problems(view, "modal") == []


def test_a_view_is_at_most_250_kilobytes() -> None:
    assert not view_too_large(modal(*[section(long(2400)) for _ in range(100)]))
    assert view_too_large(modal(*[section(long(2600)) for _ in range(100)]))


def test_characters_are_counted_over_all_that_is_read() -> None:
    assert characters([section("four"), actions(button(text="six666", value="unread")), context("two", "x")]) == 14


def test_every_field_has_a_place_in_the_state() -> None:
    assert set(INPUTS) | set(PICKERS) == set(SLOTS)
    assert not set(BUTTONS) & set(SLOTS)
    assert "input" in BLOCKS


WORDS = st.sampled_from(
    ["type", "text", "blocks", "elements", "element", "options", "option_groups", "accessory", "block_id", "action_id",
     "label", "fields", "initial_option", "rows", "min_value", "max_value", "initial_value", *BLOCKS, *INPUTS, *PICKERS]
)  # fmt: skip
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | WORDS
ANY_JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=6), max_leaves=25
)


@settings(deadline=None)
@given(blocks=ANY_JSON)
def test_whatever_an_app_sends_is_judged(blocks: Any) -> None:
    told = (
        block_problems(blocks)
        + view_problems(blocks, "modal")
        + view_problems({"type": "home", "blocks": blocks}, "home")
    )
    assert all(problem.startswith("[ERROR] ") for problem in told)
