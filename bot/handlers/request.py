"""Who asks, and from where: the parts of a payload that handlers need."""

from dataclasses import dataclass
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.ids import ChannelId, MessageTs, TenantId, UserId
from bot.slack.gate import Payload


@dataclass(frozen=True, slots=True)
class Asker:
    tenant: TenantId
    user: UserId


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an answer for one person alone is shown."""

    channel: ChannelId
    thread: MessageTs | None = None


def asker(context: AsyncBoltContext, body: Payload) -> Asker:
    """Raises KeyError for a payload without a person."""
    user = body.get("user")
    found = user["id"] if isinstance(user, dict) else body.get("user_id") or body["event"]["user"]
    return Asker(context["tenant"], UserId(str(found)))


def spot(body: Payload) -> Spot | None:
    """The message that a button was pressed in; None in a modal or in the App Home."""
    channel = body.get("channel")
    container: Any = body.get("container") or {}
    if not isinstance(channel, dict):
        return None
    thread = container.get("thread_ts")
    return Spot(ChannelId(str(channel["id"])), MessageTs(str(thread)) if thread else None)


def pressed(body: Payload) -> str:
    """The value of the button, or of the option, that was chosen."""
    action: Any = body["actions"][0]
    chosen = action.get("selected_option") or {}
    return str(action.get("value") or chosen.get("value") or "")


def name_of(body: Payload) -> str:
    """What the button is called by."""
    return str(body["actions"][0]["action_id"])


def is_modal(body: Payload) -> bool:
    """Whether a button was pressed in a modal."""
    view = body.get("view")
    return isinstance(view, dict) and view.get("type") == "modal"


def block(body: Payload) -> str:
    """The block in which something was chosen."""
    action: Any = body["actions"][0]
    return str(action.get("block_id") or "")
