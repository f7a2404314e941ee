"""Finding the field to fill in, or the thing to press."""

from collections.abc import Sequence

from sandbox.limits import elements_of
from sandbox.state import SLOTS, State
from sandbox.values import Impossible, Json
from sandbox.views import View


def field_of(view: View, block_id: str) -> Json:
    for block in view.blocks:
        if block["block_id"] == block_id:
            fields = [element for element in elements_of(block) if element["type"] in SLOTS]
            if fields:
                return fields[0]
    raise Impossible(f"there is no field {block_id!r} in {view.title!r}; there are {sorted(view.state)}")


def label(element: Json) -> str:
    text: Json = element.get("text") or {}
    return str(text.get("text", ""))


def pressable(blocks: Sequence[Json], action_id: str = "", text: str = "", block_id: str = "") -> tuple[Json, Json]:
    """The first element that answers to all that is given, with its block."""
    offered = [(block, element) for block in blocks for element in elements_of(block) if "action_id" in element]
    for block, element in offered:
        wanted = (block_id or block["block_id"], action_id or element["action_id"], text or label(element))
        if wanted == (block["block_id"], element["action_id"], label(element)):
            return block, element
    names = [f"{element['action_id']} ({label(element)})" for _, element in offered]
    raise Impossible(f"nothing to press by {action_id or text or block_id!r}; there are {names}")


def holding(state: State, action: Json, held: Json | None) -> State:
    """The state after this action; one that is no choice changes nothing."""
    if held is None:
        return state
    fields = {**state.get(action["block_id"], {}), action["action_id"]: held}
    return {**state, action["block_id"]: fields}
