"""What a form about an action point carries along: which one that is, and from where it was opened."""

import json
from typing import Any

from bot.domain.actions import ActionPoint
from bot.domain.ids import ActionId, ChannelId, MessageTs
from bot.views.blocks import View
from bot.views.bookmark import Unreadable


def about(action: ActionPoint) -> str:
    return json.dumps({"action": action.id})


def action_of(view: View) -> ActionId:
    try:
        return ActionId(str(_metadata(view)["action"]))
    except (KeyError, TypeError) as flaw:
        raise Unreadable("a view without its action point") from flaw


def placed(view: View, channel: ChannelId, thread: MessageTs | None) -> View:
    """The same form, which remembers the message that it was opened from: what became of it is said there."""
    return _remembering(view, {"channel": channel, "thread": thread})


def above(view: View, below: str) -> View:
    """The same form, which remembers the list that it was pushed onto: that is to be drawn anew."""
    return _remembering(view, {"below": below})


def in_place_of(view: View, before: View) -> View:
    """The same form, which remembers what the one before it did."""
    known = _metadata(before)
    return _remembering(view, {name: known[name] for name in ("channel", "thread", "below") if name in known})


def below(view: View) -> str | None:
    known = _metadata(view).get("below")
    return str(known) if known else None


def place_of(view: View) -> tuple[ChannelId, MessageTs | None] | None:
    known = _metadata(view)
    channel, thread = known.get("channel"), known.get("thread")
    return (ChannelId(str(channel)), MessageTs(str(thread)) if thread else None) if channel else None


def _remembering(view: View, more: dict[str, Any]) -> View:
    if not view["private_metadata"]:
        return view
    return view | {"private_metadata": json.dumps(_metadata(view) | more)}


def _metadata(view: View) -> dict[str, Any]:
    try:
        known = json.loads(str(view.get("private_metadata")))
    except ValueError as flaw:
        raise Unreadable("a view of another kind") from flaw
    return known if isinstance(known, dict) else {}
