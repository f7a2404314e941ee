"""What a view holds while it is on a screen: seeded as it is drawn, kept across updates, filled in by a person."""

import copy
from dataclasses import dataclass
from typing import Any, TypeAlias

from sandbox.limits import elements_of
from sandbox.values import Json

State: TypeAlias = dict[str, dict[str, Json]]


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an element keeps its content, and what it starts from."""

    initial: str
    content: str
    empty: Any = None


CHOSEN = Slot("initial_option", "selected_option")
SEVERAL = Slot("initial_options", "selected_options", ())
TYPED = Slot("initial_value", "value")
SLOTS: dict[str, Slot] = {
    "plain_text_input": TYPED,
    "number_input": TYPED,
    "email_text_input": TYPED,
    "url_text_input": TYPED,
    "rich_text_input": Slot("initial_value", "rich_text_value"),
    "file_input": Slot("", "files", ()),
    "static_select": CHOSEN,
    "external_select": CHOSEN,
    "radio_buttons": CHOSEN,
    "checkboxes": SEVERAL,
    "multi_static_select": SEVERAL,
    "multi_external_select": SEVERAL,
    "users_select": Slot("initial_user", "selected_user"),
    "multi_users_select": Slot("initial_users", "selected_users", ()),
    "conversations_select": Slot("initial_conversation", "selected_conversation"),
    "multi_conversations_select": Slot("initial_conversations", "selected_conversations", ()),
    "channels_select": Slot("initial_channel", "selected_channel"),
    "multi_channels_select": Slot("initial_channels", "selected_channels", ()),
    "datepicker": Slot("initial_date", "selected_date"),
    "timepicker": Slot("initial_time", "selected_time"),
    "datetimepicker": Slot("initial_date_time", "selected_date_time"),
}


def named(blocks: list[Json], prefix: str) -> list[Json]:
    """The same blocks, each with the ids that the platform makes up where the app gave none."""
    blocks = copy.deepcopy(blocks)
    for place, block in enumerate(blocks):
        block.setdefault("block_id", f"{prefix}{place}")
        for order, element in enumerate(elements_of(block)):
            if element.get("type") != "image":
                element.setdefault("action_id", f"{prefix}{place}/{order}")
        if block["type"] == "input":
            block.setdefault("optional", False)
            block.setdefault("dispatch_action", False)
    return blocks


def entry(element: Json, content: Any) -> Json:
    return {"type": element["type"], SLOTS[element["type"]].content: content}


def content_of(held: Json) -> Any:
    return held[SLOTS[held["type"]].content]


def seeded(blocks: list[Json]) -> State:
    """What the fields hold before anybody touches them."""
    state: State = {}
    for block in blocks:
        for element in elements_of(block):
            if slot := SLOTS.get(element["type"]):
                empty = list(slot.empty) if slot.empty is not None else None
                first = element.get(slot.initial, empty)
                state.setdefault(block["block_id"], {})[element["action_id"]] = entry(element, copy.deepcopy(first))
    return state


def carried(before: State, blocks: list[Json]) -> State:
    """After an update: a field with the same block and action id keeps what it held, whatever it would start from."""
    state = seeded(blocks)
    for block_id, fields in state.items():
        for action_id, fresh in fields.items():
            held = before.get(block_id, {}).get(action_id)
            if held and held["type"] == fresh["type"]:
                fields[action_id] = held
    return state
