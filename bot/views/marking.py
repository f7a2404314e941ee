"""Which of these is done? Asked where a message stands for several action points, or for none."""

from collections.abc import Sequence

from bot.domain.actions import ActionPoint
from bot.domain.delivery import Message
from bot.views import blocks, card, message, words
from bot.views.blocks import Block

NONE = "This message is about no action point. Use it on a card, on a list of action points, or on a reminder."


def which(actions: Sequence[ActionPoint]) -> Message:
    if not actions:
        return message.message("Everything in this list is closed already.")
    sentence = "Which of these action points is done?"
    rows = message.rows([_row(action) for action in actions], [blocks.section(sentence)], _more)
    return message.message(sentence, *rows)


def of_none() -> Message:
    return message.message(NONE)


def _row(action: ActionPoint) -> Block:
    return blocks.section(f"*{words.title(action, card.SHORT)}*, {words.due(action)}.", card.button(action, card.DONE))


def _more(number: int) -> Block:
    return blocks.context(f"and {number} more: type `/finops-assess actions team` in the team's channel.")
