"""To the lead: an action point whose owner has left, and the one question who takes it."""

from bot.domain.delivery import Message
from bot.domain.items import Ownerless
from bot.views import blocks, card, message, words
from bot.views.blocks import Block, Element

SHORT = 80  # of a title in a row
LEAD = "You get this because you lead this team. Only you see it."


def build(item: Ownerless) -> Message:
    return message.message(
        _sentence(item),
        blocks.section(f"It was {blocks.mention(item.former)}'s, {words.due(item.action)}. Nobody is reminded of it."),
        blocks.actions(_reassign(item, "primary"), card.button(item.action, card.DROP)),
        blocks.context(LEAD),
    )


def row(item: Ownerless) -> Block:
    return blocks.section(_sentence(item), _reassign(item, None))


def _sentence(item: Ownerless) -> str:
    what, team = words.title(item.action, SHORT), words.inert(item.team.name, words.NAME)
    return f"*{what}* of *{team}* has no owner any more: who had it has left. Who takes it?"


def _reassign(item: Ownerless, style: str | None) -> Element:
    aloud = f"Reassign {item.action.label}: {words.aloud(item.action.title, blocks.BUTTON)}"
    return blocks.button("Reassign", card.HAND_OVER, item.action.id, says=aloud, style=style)
