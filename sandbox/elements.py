"""The limits of everything that a person can press, pick or fill in."""

from collections.abc import Iterator
from typing import Any

from sandbox.rules import Check, anything, boolean, both, each, integer, one_of, problem, shape, string, text
from sandbox.values import Json

NAME = string(255)
DATE = string(10, pattern=r"\d{4}-\d{2}-\d{2}")
TIME = string(5, pattern=r"([01]\d|2[0-3]):[0-5]\d")
NUMBER = string(40, pattern=r"-?\d+(\.\d+)?")
PLACEHOLDER = text(150, plain=True)

CONFIRM = shape(
    {"title": text(100, plain=True), "text": text(300), "confirm": text(30, plain=True), "deny": text(30, plain=True)},
    {"style": one_of("primary", "danger")},
)
OPTION = shape({"text": text(75), "value": string(150)}, {"description": text(75), "url": string(3000)})
PLAIN_OPTION = shape(
    {"text": text(75, plain=True), "value": string(150)}, {"description": text(75, plain=True), "url": string(3000)}
)
GROUP = shape({"label": text(75, plain=True), "options": each(PLAIN_OPTION, 100)})
PICKER = {"action_id": NAME, "confirm": CONFIRM, "focus_on_load": boolean}
SELECT = {**PICKER, "placeholder": PLACEHOLDER}
MULTI = {**SELECT, "max_selected_items": integer(1, 100)}
TYPED = {
    "action_id": NAME, "placeholder": PLACEHOLDER, "focus_on_load": boolean, "dispatch_action_config": anything,
}  # fmt: skip
FILTER = shape(
    {},
    {
        "include": each(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean, "exclude_bot_users": boolean,
    },
)  # fmt: skip
CHOICES = {"options": each(PLAIN_OPTION, 100), "option_groups": each(GROUP, 100)}


def options_of(element: Json) -> list[Json]:
    groups: list[Json] = element.get("option_groups") or []
    flat: list[Json] = [*(element.get("options") or []), *(option for group in groups for option in group["options"])]
    return flat


def same_option(one: Json, other: Json) -> bool:
    return bool(one["value"] == other["value"] and one["text"]["text"] == other["text"]["text"])


def one_name(named: Json, path: str) -> Iterator[str]:
    if bool(named.get("id")) == bool(named.get("url")):
        yield problem("exactly one of id and url is needed", path)


def offered(element: Json, path: str) -> Iterator[str]:
    """What is chosen to begin with must be on offer, and no two options may be the same one."""
    options = options_of(element)
    values = [option["value"] for option in options]
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield problem(f"options must have different values: {value}", f"{path}/options")
    first = element.get("initial_option")
    for chosen in [*([first] if first else []), *(element.get("initial_options") or [])]:
        if not any(same_option(chosen, option) for option in options):
            yield problem("the initial option must be one of the options", f"{path}/initial_option")


def one_list(element: Json, path: str) -> Iterator[str]:
    if bool(element.get("options")) == bool(element.get("option_groups")):
        yield problem("exactly one of options and option_groups is needed", path)


def lengths_agree(element: Json, path: str) -> Iterator[str]:
    if element.get("min_length", 0) > element.get("max_length", 3000):
        yield problem("min_length must not be above max_length", path)
    initial = element.get("initial_value") or ""
    if initial and not element.get("min_length", 0) <= len(initial) <= element.get("max_length", 3000):
        yield problem("initial_value must keep to min_length and max_length", path)


def range_agrees(element: Json, path: str) -> Iterator[str]:
    low, high = (
        float(element.get(name) or fallback) for name, fallback in (("min_value", "-inf"), ("max_value", "inf"))
    )
    if low > high:
        yield problem("min_value must not be above max_value", path)
    if (initial := element.get("initial_value")) and not low <= float(initial) <= high:
        yield problem("initial_value must keep to min_value and max_value", path)


def _static(initial: Json, extra: dict[str, Check]) -> Check:
    return shape({}, {**extra, **CHOICES, **initial}, both(one_list, offered))


INPUTS: dict[str, Check] = {
    "plain_text_input": shape(
        {},
        {
            **TYPED, "initial_value": string(3000, 0), "multiline": boolean,
            "min_length": integer(0, 3000), "max_length": integer(1, 3000),
        },
        lengths_agree,
    ),
    "number_input": shape(
        {"is_decimal_allowed": boolean},
        {**TYPED, "initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
        range_agrees,
    ),
    "email_text_input": shape({}, {**TYPED, "initial_value": string(3000)}),
    "url_text_input": shape({}, {**TYPED, "initial_value": string(3000)}),
    "rich_text_input": shape({}, {**TYPED, "initial_value": anything}),
    "file_input": shape({}, {"action_id": NAME, "filetypes": each(string(20), 100), "max_files": integer(1, 10)}),
}  # fmt: skip
PICKERS: dict[str, Check] = {
    "static_select": _static({"initial_option": PLAIN_OPTION}, SELECT),
    "multi_static_select": _static({"initial_options": each(PLAIN_OPTION, 100)}, MULTI),
    "external_select": shape({}, {**SELECT, "initial_option": PLAIN_OPTION, "min_query_length": integer(0, 3000)}),
    "multi_external_select": shape(
        {}, {**MULTI, "initial_options": each(PLAIN_OPTION, 100), "min_query_length": integer(0, 3000)}
    ),
    "users_select": shape({}, {**SELECT, "initial_user": NAME}),
    "multi_users_select": shape({}, {**MULTI, "initial_users": each(NAME, 100)}),
    "conversations_select": shape(
        {},
        {
            **SELECT, "initial_conversation": NAME, "filter": FILTER,
            "default_to_current_conversation": boolean, "response_url_enabled": boolean,
        },
    ),
    "multi_conversations_select": shape(
        {},
        {
            **MULTI, "initial_conversations": each(NAME, 100), "filter": FILTER,
            "default_to_current_conversation": boolean,
        },
    ),
    "channels_select": shape({}, {**SELECT, "initial_channel": NAME, "response_url_enabled": boolean}),
    "multi_channels_select": shape({}, {**MULTI, "initial_channels": each(NAME, 100)}),
    "radio_buttons": shape({"options": each(OPTION, 10)}, {**PICKER, "initial_option": OPTION}, offered),
    "checkboxes": shape({"options": each(OPTION, 10)}, {**PICKER, "initial_options": each(OPTION, 10)}, offered),
    "datepicker": shape({}, {**SELECT, "initial_date": DATE}),
    "timepicker": shape({}, {**SELECT, "initial_time": TIME, "timezone": string(100)}),
    "datetimepicker": shape({}, {**PICKER, "initial_date_time": integer(10**9, 10**10 - 1)}),
}  # fmt: skip
BUTTONS: dict[str, Check] = {
    "button": shape(
        {"text": text(75, plain=True)},
        {
            "action_id": NAME, "url": string(3000), "value": string(2000), "style": one_of("primary", "danger"),
            "confirm": CONFIRM, "accessibility_label": string(75),
        },
    ),
    "overflow": shape({"options": each(PLAIN_OPTION, 5)}, {"action_id": NAME, "confirm": CONFIRM}, offered),
    "workflow_button": shape(
        {"text": text(75, plain=True), "workflow": anything},
        {"action_id": NAME, "style": one_of("primary", "danger"), "accessibility_label": string(75)},
    ),
}  # fmt: skip
SLACK_FILE = shape({}, {"id": string(255, pattern="F[A-Z0-9]{8,}"), "url": string(3000)}, one_name)
IMAGE: dict[str, Check] = {
    "image": shape({"alt_text": string(2000)}, {"image_url": string(3000), "slack_file": SLACK_FILE}),
}
FEEDBACK: dict[str, Check] = {
    "feedback_buttons": shape({"positive_button": anything, "negative_button": anything}, {"action_id": NAME}),
    "icon_button": shape(
        {"icon": string(100), "text": text(75, plain=True)},
        {
            "action_id": NAME, "value": string(2000), "confirm": CONFIRM, "accessibility_label": string(75),
            "visible_to_user_ids": anything,
        },
    ),
}  # fmt: skip


def element_of(*tables: dict[str, Check]) -> Check:
    """An element of one of these kinds, where no other kind may stand."""
    allowed = {name: check for table in tables for name, check in table.items()}

    def check(value: Any, path: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in allowed:
            yield problem(f"unsupported type of element here: {kind}", path)
        else:
            yield from allowed[kind](value, path)

    return check
