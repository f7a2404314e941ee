"""What Slack is answered when no handler could answer: polite, in the form the payload asks for, without detail."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, assert_never

from bot.slack.gate import Payload

JSON_HEADERS: Mapping[str, str] = MappingProxyType({"Content-Type": "application/json"})

NOT_INSTALLED = "I am not installed in this workspace any more. Please ask an administrator to install me again."
NOT_KNOWN = "I don't know this one. Type `/finops-assess help` to see what I can do."
NOT_NOW = "I cannot reach my records at the moment. Nothing was lost; please try again in a minute."
TOO_SLOW = "This takes me too long at the moment. Nothing was lost; please try again in a minute."
NOT_WELL = "Something went wrong on my side. What you saved before is safe; please try again. (Reference: {reference})"


@dataclass(frozen=True, slots=True)
class Reply:
    status: int = 200
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotInstalled:
    pass


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Nobody listens for this command, button or view."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """Signed by Slack, yet not in the shape of anything that it sends."""


@dataclass(frozen=True, slots=True)
class StoreAway:
    """Our own database cannot be reached."""


@dataclass(frozen=True, slots=True)
class TooSlow:
    """Slack would not wait any longer."""


@dataclass(frozen=True, slots=True)
class Mistake:
    reference: str


Trouble = NotInstalled | NotKnown | Malformed | StoreAway | TooSlow | Mistake


def to(payload: Payload, trouble: Trouble) -> Reply:
    match trouble:
        case NotInstalled():
            return _said(payload, NOT_INSTALLED)
        case NotKnown():
            return _said(payload, NOT_KNOWN)
        case Malformed():
            return Reply(400, "malformed")
        case StoreAway():
            return _try_again(payload, NOT_NOW)
        case TooSlow():
            return _try_again(payload, TOO_SLOW)
        case Mistake(reference=reference):
            return _said(payload, NOT_WELL.format(reference=reference))
        case _:
            assert_never(trouble)


def _try_again(payload: Payload, text: str) -> Reply:
    # A person gets words. An event is sent again, and a button shows Slack's own warning, only after a 5xx.
    return _said(payload, text) if _has_reader(payload) else Reply(503, "try again", {"Retry-After": "60"})


def _has_reader(payload: Payload) -> bool:
    return "command" in payload or payload.get("type") == "view_submission"


def _said(payload: Payload, text: str) -> Reply:
    if "command" in payload:
        return _json({"response_type": "ephemeral", "text": text})
    if payload.get("type") == "view_submission":
        return _json(_in_modal(payload, text))
    return Reply()


def _in_modal(payload: Payload, text: str) -> dict[str, Any]:
    """Beside a field the modal stays open with everything typed; an empty answer would close it like a success."""
    if field_id := _first_input(payload):
        return {"response_action": "errors", "errors": {field_id: text}}
    block = {"type": "section", "text": {"type": "plain_text", "text": text}}
    title = {"type": "plain_text", "text": "Please try again"}
    return {"response_action": "update", "view": {"type": "modal", "title": title, "blocks": [block]}}


def _first_input(payload: Payload) -> str | None:
    view = payload.get("view")
    blocks = view.get("blocks") if isinstance(view, dict) else None
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, dict) and block.get("type") == "input" and isinstance(block.get("block_id"), str):
            return str(block["block_id"])
    return None


def _json(content: dict[str, Any]) -> Reply:
    return Reply(200, json.dumps(content), JSON_HEADERS)
