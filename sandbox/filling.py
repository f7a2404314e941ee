"""What a person can put into a field, as the official client would let them."""

import re
from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox import offering
from sandbox.elements import options_of
from sandbox.state import SLOTS, State, content_of, entry
from sandbox.values import Impossible, Json
from sandbox.workspace import Workspace


def option_named(element: Json, wanted: str) -> Json:
    """By its value, or by exactly what it says."""
    options = options_of(element)
    for option in options:
        if option["value"] == wanted:
            return option
    for option in options:
        if option["text"]["text"] == wanted:
            return option
    raise Impossible(f"{wanted!r} is not on offer; there are {[option['value'] for option in options]}")


def typed(element: Json, value: Any) -> str | None:
    text = str(value)
    if len(text) > element.get("max_length", 3000):
        raise Impossible(f"text longer than {element.get('max_length', 3000)} characters")
    if text and len(text) < element.get("min_length", 0):
        raise Impossible(f"text shorter than {element['min_length']} characters")
    return text or None


def number(element: Json, value: Any) -> str | None:
    text = str(value)
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation as trouble:
        raise Impossible(f"{text!r} is not a number") from trouble
    if not amount.is_finite() or (amount != amount.to_integral_value() and not element["is_decimal_allowed"]):
        raise Impossible(f"{text!r} is not a whole number")
    low, high = element.get("min_value"), element.get("max_value")
    if (low and amount < Decimal(low)) or (high and amount > Decimal(high)):
        raise Impossible(f"{text} is not between {low} and {high}")
    return text


def email(element: Json, value: Any) -> str | None:
    if value and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", str(value)):
        raise Impossible(f"{value!r} is not an e-mail address")
    return typed(element, value)


def address(element: Json, value: Any) -> str | None:
    if value and not re.match(r"https?://\S+$", str(value)):
        raise Impossible(f"{value!r} is not an address")
    return typed(element, value)


def day(element: Json, value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else date.fromisoformat(value).isoformat()


def hour(element: Json, value: Any) -> str:
    return time.fromisoformat(value).strftime("%H:%M")


def option(element: Json, value: Any) -> Json:
    return value if isinstance(value, dict) else option_named(element, value)


def options(element: Json, value: Any) -> list[Json]:
    chosen = [option(element, one) for one in several(element, value)]
    # The platform tells checked boxes in the order in which they stand, not in which they were ticked.
    standing = options_of(element)
    return sorted(chosen, key=standing.index) if element["type"] == "checkboxes" else chosen


def several(element: Json, value: Any) -> list[Any]:
    chosen = [value] if isinstance(value, str | dict) else list(value)
    if len(chosen) > element.get("max_selected_items", 100):
        raise Impossible(f"no more than {element['max_selected_items']} can be chosen")
    return chosen


def as_is(element: Json, value: Any) -> Any:
    return value


KINDS: dict[str, Callable[[Json, Any], Any]] = {
    "plain_text_input": typed,
    "number_input": number,
    "email_text_input": email,
    "url_text_input": address,
    "datepicker": day,
    "timepicker": hour,
    "static_select": option,
    "radio_buttons": option,
    "checkboxes": options,
    "multi_static_select": options,
    "multi_users_select": several,
    "multi_channels_select": several,
    "multi_conversations_select": several,
}


class Filling:
    """Puts values into fields, knowing who and what there is for this person to choose from."""

    def __init__(self, workspace: Workspace, viewer: str) -> None:
        self._workspace = workspace
        self._viewer = viewer

    def fill(self, element: Json, value: Any) -> Json:
        kind = element["type"]
        if kind not in SLOTS:
            raise Impossible(f"a {kind} cannot be filled in")
        if value is None or value == "":
            empty = SLOTS[kind].empty
            return entry(element, [] if empty is not None else None)
        content = KINDS.get(kind, as_is)(element, value)
        for chosen in content if isinstance(content, list) else [content]:
            if not self._on_offer(element, chosen):
                raise Impossible(f"{chosen} is not in the list")
        return entry(element, content)

    def _on_offer(self, element: Json, chosen: Any) -> bool:
        workspace, viewer = self._workspace, self._viewer
        match element["type"].removeprefix("multi_"):
            case "users_select":
                return offering.person_offered(workspace.users.get(chosen))
            case "channels_select":
                return offering.channel_offered(workspace, viewer, workspace.channels.get(chosen))
            case "conversations_select":
                wanted = element.get("filter") or {}
                return offering.conversation_offered(workspace, viewer, workspace.channels.get(chosen), wanted)
            case _:
                return True


def missing(blocks: Iterable[Json], state: State) -> list[str]:
    """Required inputs that hold nothing."""
    return [
        block["block_id"]
        for block in blocks
        if block["type"] == "input"
        and not block.get("optional")
        and not content_of(state[block["block_id"]][block["element"]["action_id"]])
    ]
