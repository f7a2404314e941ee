"""The last line of whatever the bot says by itself: why it says it, and how to hear less of it."""

from dataclasses import replace

from bot.domain.delivery import Message
from bot.views import blocks
from bot.views.blocks import Block

WHY = "why"
SETTINGS = "settings.person"


def build(value: str) -> Block:
    """``value``: a touch, or what ``domain.whys.value_of`` makes of anything else."""
    return blocks.actions(
        blocks.button("Why am I seeing this?", WHY, value, says="Why am I seeing this message?"),
        blocks.button("Reminder settings", SETTINGS, value, says="Change how and when FinOps reminds me"),
    )


def under(message: Message, value: str) -> Message:
    """The message with that line as its last."""
    return replace(message, blocks=(*message.blocks, build(value)))
