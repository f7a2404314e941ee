"""What the platform refuses in blocks, messages and views: every problem is told, with its place."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, TypeAlias

from sandbox.elements import BUTTONS, FEEDBACK, IMAGE, INPUTS, NAME, PICKERS, SLACK_FILE, element_of
from sandbox.rules import Check, anything, boolean, both, each, integer, one_of, problem, shape, string, text
from sandbox.values import Json

Surface: TypeAlias = Literal["message", "modal", "home"]
MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
MOST_CHARACTERS = 13_000  # over all blocks of one message
MOST_VIEW_BYTES = 250_000
EVERYWHERE: frozenset[Surface] = frozenset({"message", "modal", "home"})
MESSAGES: frozenset[Surface] = frozenset({"message"})


def some_content(block: Json, path: str) -> Iterator[str]:
    if not block.get("text") and not block.get("fields"):
        yield problem("a section needs text or fields", path)


def one_source(block: Json, path: str) -> Iterator[str]:
    if bool(block.get("image_url")) == bool(block.get("slack_file")):
        yield problem("exactly one of image_url and slack_file is needed", path)


def different_actions(block: Json, path: str) -> Iterator[str]:
    for action_id, times in Counter(element.get("action_id") for element in block["elements"]).items():
        if action_id and times > 1:
            yield problem(f"action_id used twice in one block: {action_id}", f"{path}/elements")


ROW = each(anything, 20)
LABEL = text(2000, plain=True)
CONTEXT = element_of(
    {"image": both(IMAGE["image"], one_source), "plain_text": text(2000, plain=True), "mrkdwn": text(2000)}
)
OWN: dict[str, Check] = {"block_id": NAME}
BLOCKS: dict[str, tuple[frozenset[Surface], Check]] = {
    "section": (EVERYWHERE, shape(
        {},
        OWN | {
            "text": text(3000), "fields": each(text(2000), 10), "expand": boolean,
            "accessory": element_of(BUTTONS, PICKERS, IMAGE),
        },
        some_content,
    )),
    "header": (EVERYWHERE, shape({"text": text(150, plain=True)}, OWN | {"level": integer(1, 4)})),
    "divider": (EVERYWHERE, shape({}, OWN)),
    "context": (EVERYWHERE, shape({"elements": each(CONTEXT, 10)}, OWN)),
    "actions": (EVERYWHERE, shape({"elements": each(element_of(BUTTONS, PICKERS), 25)}, OWN, different_actions)),
    "image": (EVERYWHERE, shape(
        {"alt_text": string(2000)},
        OWN | {"image_url": string(3000), "slack_file": SLACK_FILE, "title": text(2000, plain=True)},
        one_source,
    )),
    "input": (EVERYWHERE, shape(
        {"label": LABEL, "element": element_of(INPUTS, PICKERS)},
        OWN | {"hint": LABEL, "optional": boolean, "dispatch_action": boolean},
    )),
    "rich_text": (EVERYWHERE, shape({"elements": each(anything, 1000)}, OWN)),
    "video": (EVERYWHERE, shape(
        {
            "alt_text": string(2000), "title": text(200, plain=True),
            "thumbnail_url": string(3000), "video_url": string(3000),
        },
        OWN | {
            "author_name": string(50), "description": text(200, plain=True), "title_url": string(3000),
            "provider_name": string(50), "provider_icon_url": string(3000),
        },
    )),
    "file": (MESSAGES, shape({"external_id": NAME, "source": one_of("remote")}, OWN)),
    "markdown": (MESSAGES, shape({"text": string(12_000)}, OWN)),
    "table": (MESSAGES, shape({"rows": each(ROW, 100)}, OWN | {"column_settings": each(anything, 20)})),
    "context_actions": (MESSAGES, shape({"elements": each(element_of(FEEDBACK), 5)}, OWN)),
    "alert": (frozenset({"modal"}), shape({"text": text(2000)}, OWN | {"level": string(20)})),
}  # fmt: skip


def _block(surface: Surface) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in BLOCKS:
            yield problem(f"unsupported block type: {kind}", path)
            return
        surfaces, rule = BLOCKS[kind]
        if surface not in surfaces:
            yield problem(f"a {kind} block cannot stand in a {surface}", path)
        yield from rule(value, path)

    return check


def elements_of(block: Json) -> list[Json]:
    """Everything in a block that has an action id."""
    single = [block[name] for name in ("accessory", "element") if isinstance(block.get(name), dict)]
    several = block.get("elements") if block.get("type") in ("actions", "context_actions") else None
    listed = several if isinstance(several, list) else []
    return [element for element in [*single, *listed] if isinstance(element, dict)]


def _together(blocks: Sequence[Any], path: str) -> Iterator[str]:
    kept = [block for block in blocks if isinstance(block, dict)]
    for block_id, times in Counter(str(block.get("block_id") or "") for block in kept).items():
        if block_id and times > 1:
            yield problem(f"block_id used {times} times: {block_id}", path)
    if sum(bool(element.get("focus_on_load")) for block in kept for element in elements_of(block)) > 1:
        yield problem("focus_on_load can be set on one element only", path)
    if sum(block.get("type") == "table" for block in kept) > 1:
        yield problem("only one table allowed", path)


def block_problems(blocks: Any, surface: Surface = "message", path: str = "/blocks") -> list[str]:
    """What the platform would say about these blocks; nothing if it would show them."""
    found = list(each(_block(surface), MOST_BLOCKS[surface], 0)(blocks, path))
    return found + (list(_together(blocks, path)) if isinstance(blocks, list) else [])


HOME = {
    "blocks": anything, "private_metadata": string(3000, 0),
    "callback_id": string(255, 0), "external_id": string(255, 0),
}  # fmt: skip
MODAL = HOME | {
    "title": text(24, plain=True), "submit": text(24, plain=True), "close": text(24, plain=True),
    "clear_on_close": boolean, "notify_on_close": boolean, "submit_disabled": boolean,
}  # fmt: skip
VIEWS: dict[str, Check] = {
    "modal": shape({name: MODAL[name] for name in ("title", "blocks")}, MODAL),
    "home": shape({"blocks": anything}, HOME),
}


def view_problems(view: Any, surface: Literal["modal", "home"]) -> list[str]:
    if not isinstance(view, dict) or view.get("type") != surface:
        return [problem(f"must be a {surface} view", "/view/type")]
    found = list(VIEWS[surface](view, "/view"))
    blocks = view.get("blocks")
    found += block_problems(blocks, surface, "/view/blocks")
    inputs = isinstance(blocks, list) and any(
        isinstance(block, dict) and block.get("type") == "input" for block in blocks
    )
    if surface == "modal" and inputs and not view.get("submit"):
        found.append(problem("submit is required where there are input blocks", "/view/submit"))
    return found


def view_too_large(view: Json) -> bool:
    return len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode()) > MOST_VIEW_BYTES


def characters(blocks: Iterable[Json]) -> int:
    """How many characters a reader would see in these blocks."""
    return sum(_characters(block) for block in blocks)


def _characters(value: Any) -> int:
    match value:
        case {"text": str(content)}:
            return len(content)
        case dict():
            return sum(_characters(inner) for inner in value.values() if isinstance(inner, dict | list))
        case list():
            return sum(_characters(inner) for inner in value)
        case _:
            return 0
