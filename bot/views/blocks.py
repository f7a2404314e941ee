"""Block Kit's pieces, cut to Slack's limits, so that callers need not remember them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from bot.domain.ids import is_erased

Block = dict[str, Any]
Element = dict[str, Any]
View = dict[str, Any]

TITLE = 24
SECTION = 3000
FIELD = 2000
OPTION = 75
BUTTON = 75
LABEL = 2000
PLACEHOLDER = 150
HEADER = 150
MODAL_BLOCKS = 100
METADATA = 3000
ADDRESS = 2500  # a text of 3000 has room for it


def escape(text: str) -> str:
    """What people wrote, made inert: no mention, link or date token of theirs comes alive."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def written(text: str, limit: int = 150) -> str:
    """A person's words inside a sentence of ours: one line, short, inert."""
    return escape(cut(" ".join(text.split()), limit))


def link(url: str, text: str) -> str:
    """``url`` is a person's: it cannot end the token that it stands in, and one that is too long is left out."""
    inside = escape(url.replace("<", "%3C").replace(">", "%3E").replace("|", "%7C"))
    return f"<{inside}|{text}>" if len(inside) <= ADDRESS else text


def mention(user: str) -> str:
    return f"<@{user}>" if not is_erased(user) else "someone who was erased"


def plain(text: str, limit: int) -> Element:
    return {"type": "plain_text", "text": cut(text, limit), "emoji": False}


def mrkdwn(text: str, limit: int = SECTION) -> Element:
    return {"type": "mrkdwn", "text": cut(text, limit), "verbatim": True}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER)}


def section(text: str, accessory: Element | None = None, block_id: str | None = None) -> Block:
    block: Block = {"type": "section", "text": mrkdwn(text)}
    return _with(block, accessory=accessory, block_id=block_id)


def fields(*texts: str) -> Block:
    return {"type": "section", "fields": [mrkdwn(text, FIELD) for text in texts[:10]]}


def context(text: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text, SECTION)]}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Element, block_id: str | None = None) -> Block:
    return _with({"type": "actions", "elements": list(elements)}, block_id=block_id)


def button(text: str, action_id: str, value: str, *, says: str | None = None, style: str | None = None) -> Element:
    """``says`` is read aloud in place of the text and names what it acts on."""
    element: Element = {"type": "button", "text": plain(text, BUTTON), "action_id": action_id, "value": value}
    return _with(element, accessibility_label=cut(says, BUTTON) if says else None, style=style)


def overflow(action_id: str, options: Sequence[Element]) -> Element:
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def confirm(title: str, text: str, yes: str, no: str) -> Element:
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def option(text: str, value: str, description: str | None = None) -> Element:
    built: Element = {"text": plain(text, OPTION), "value": value}
    return _with(built, description=plain(description, OPTION) if description else None)


def radio(action_id: str, options: Sequence[Element], chosen: str | None = None) -> Element:
    return _choice("radio_buttons", action_id, options, chosen)


def select(action_id: str, options: Sequence[Element], chosen: str | None, placeholder: str) -> Element:
    return {**_choice("static_select", action_id, options, chosen), "placeholder": plain(placeholder, PLACEHOLDER)}


def multi_select(action_id: str, options: Sequence[Element], chosen: Iterable[str], placeholder: str) -> Element:
    return {
        **_choices("multi_static_select", action_id, options, chosen),
        "placeholder": plain(placeholder, PLACEHOLDER),
    }


def checkboxes(action_id: str, options: Sequence[Element], chosen: Iterable[str]) -> Element:
    return _choices("checkboxes", action_id, options, chosen)


def text_input(action_id: str, value: str | None, *, limit: int, placeholder: str = "", lines: bool = False) -> Element:
    element: Element = {"type": "plain_text_input", "action_id": action_id, "max_length": limit, "multiline": lines}
    return _with(
        element,
        initial_value=cut(value, limit) if value else None,
        placeholder=plain(placeholder, PLACEHOLDER) if placeholder else None,
    )


def person_select(action_id: str, user: str | None, placeholder: str) -> Element:
    element: Element = {"type": "users_select", "action_id": action_id, "placeholder": plain(placeholder, PLACEHOLDER)}
    return _with(element, initial_user=None if user and is_erased(user) else user)


def date_picker(action_id: str, day: date | None, placeholder: str) -> Element:
    element: Element = {"type": "datepicker", "action_id": action_id, "placeholder": plain(placeholder, PLACEHOLDER)}
    return _with(element, initial_date=day.isoformat() if day else None)


def channel_select(action_id: str, placeholder: str, channel: str | None = None) -> Element:
    element: Element = {
        "type": "conversations_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER),
        "filter": {
            "include": ["public", "private"],
            "exclude_bot_users": True,
            "exclude_external_shared_channels": True,
        },
    }
    return _with(element, initial_conversation=channel)


def field(
    block_id: str,
    label: str,
    element: Element,
    *,
    optional: bool = False,
    hint: str | None = None,
    at_once: bool = False,
) -> Block:
    """``at_once``: what is chosen in it is told without waiting for the form to be submitted."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, LABEL),
        "element": element,
        "optional": optional,
    }
    return _with(block, hint=plain(hint, LABEL) if hint else None, dispatch_action=at_once or None)


def modal(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    metadata: str,
    submit: str | None = None,
    close: str = "Close",
    tells_close: bool = False,
) -> View:
    view: View = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, TITLE),
        "close": plain(close, TITLE),
        "blocks": list(blocks)[:MODAL_BLOCKS],
        "private_metadata": metadata,
        "notify_on_close": tells_close,
    }
    return _with(view, submit=plain(submit, TITLE) if submit else None)


def _choice(kind: str, action_id: str, options: Sequence[Element], chosen: str | None) -> Element:
    initial = next((offered for offered in options if offered["value"] == chosen), None)
    return _with({"type": kind, "action_id": action_id, "options": list(options)}, initial_option=initial)


def _choices(kind: str, action_id: str, options: Sequence[Element], chosen: Iterable[str]) -> Element:
    wanted = set(chosen)
    initial = [offered for offered in options if offered["value"] in wanted]
    return _with({"type": kind, "action_id": action_id, "options": list(options)}, initial_options=initial or None)


def _with(base: dict[str, Any], **extras: Any) -> dict[str, Any]:
    """Slack refuses a key that is null, so what is absent is left out."""
    return base | {key: value for key, value in extras.items() if value is not None}
