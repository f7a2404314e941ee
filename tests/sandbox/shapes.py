"""Plain views and blocks for the tests to bend."""

from typing import Any


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def section(text: str = "Hello", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str = "go", text: str = "Go", **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **more}


def options(*values: str) -> list[dict[str, Any]]:
    return [{"text": plain(f"The {value}"), "value": value} for value in values]


def field(kind: str = "plain_text_input", block_id: str = "name", action_id: str = "in", **more: Any) -> dict[str, Any]:
    return {"type": kind, "action_id": action_id, **more} | {"_block": block_id}


def asks(element: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An input block around a field."""
    inner = {name: value for name, value in element.items() if name != "_block"}
    return {"type": "input", "block_id": element["_block"], "label": plain("Label"), "element": inner, **more}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "modal", "callback_id": "form", "title": plain("A form"), "submit": plain("Save"),
        "blocks": list(blocks) or [section()], **more,
    }  # fmt: skip


def home(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks) or [section()]}
