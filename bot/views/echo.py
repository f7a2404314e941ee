"""Every change is said back in words, with a way back."""

from bot.domain.delivery import Message
from bot.domain.ids import UndoId
from bot.views import blocks, message
from bot.views.blocks import Element

UNDO = "undo"
_HOW_LONG = blocks.context("Undo works for ten minutes. Only you see this.")


def changed(sentence: str, undo: UndoId | None, *more: str) -> Message:
    """``sentence``: what was understood and done; ``more``: lines below it."""
    rest = [blocks.section(line) for line in more]
    return message.message(sentence, *rest, *((blocks.actions(button(undo)), _HOW_LONG) if undo else ()))


def button(undo: UndoId, what: str = "this change") -> Element:
    return blocks.button("Undo", UNDO, undo, says=f"Undo {what}")
