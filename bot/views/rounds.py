"""An anonymous round: who was asked is asked again, and its lead sees how many have answered, never who."""

from bot.domain.delivery import Message
from bot.domain.items import RoundWaiting
from bot.views import blocks, message, saved, words
from bot.views.blocks import Block, Element


def waiting(item: RoundWaiting) -> Message:
    return message.message(
        _waits(item),
        blocks.actions(_answer(item, "primary")),
        blocks.context(
            "You get this because you belong to the team and have not come to the end yet. Nobody sees who has "
            "answered, or what."
        ),
    )


def row(item: RoundWaiting) -> Block:
    return blocks.section(_waits(item), _answer(item, None))


def _waits(item: RoundWaiting) -> str:
    about = f" about {words.inert(item.scope, words.NAME)}" if item.scope else ""
    name = words.inert(item.team.name, words.NAME)
    return f"The anonymous FinOps round of *{name}*{about} waits for your answers. It takes about ten minutes."


def _answer(item: RoundWaiting, style: str | None) -> Element:
    aloud = f"Answer the FinOps questions of {words.aloud(item.team.name, 40)}"
    return blocks.button("Answer", saved.RESUME, item.team.place.channel, says=aloud, style=style)
