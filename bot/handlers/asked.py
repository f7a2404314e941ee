"""What somebody asked for in words, wherever they typed it, and how it is performed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.domain.delivery import Message
from bot.domain.ids import ActionId, ChannelId, MessageTs
from bot.handlers.deps import Deps
from bot.handlers.request import Asker


@dataclass(frozen=True, slots=True)
class Asked:
    """By command, by button or by a mention in a thread: the same value, so that the same is done."""

    who: Asker
    channel: ChannelId  # where it was typed; a direct message's own channel there
    channel_name: str = ""
    thread: MessageTs | None = None
    trigger: str | None = None  # opens a form; a mention has none
    about: ActionId | None = None  # where it is known already which action point a number stands for


# The answer is for the asker alone; None: a form was opened, or there is nothing to say.
Perform = Callable[[Deps, Asked, Any], Awaitable[Message | None]]
