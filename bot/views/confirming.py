"""Somebody says that an action point is done: its owner, or the lead of what has none, is asked with one button."""

from bot.domain.actions import ActionPoint
from bot.domain.delivery import Message
from bot.domain.ids import UserId
from bot.domain.whys import Said, value_of
from bot.views import blocks, card, footer, message, words

ASK = "action.ask_owner"


def offer(action: ActionPoint) -> Message:
    """To who said so and may not decide it."""
    whose, whom = _whose(action)
    return message.message(
        f"{action.label} is not yours to close: {whose} can. Shall I ask them to confirm that it is done?",
        blocks.actions(
            blocks.button(f"Ask {whom} to confirm", ASK, action.id, says=f"Ask {whom} to confirm {action.label}")
        ),
        blocks.context(f"*{words.title(action)}* · {card.status(action)}"),
    )


def asked(action: ActionPoint, whom: UserId, anew: bool) -> Message:
    if not anew:
        return message.message(f"{blocks.mention(whom)} was asked about {action.label} this week already.")
    return message.message(f"{blocks.mention(whom)} is asked to confirm that {action.label} is done.")


def question(action: ActionPoint, asker: UserId) -> Message:
    """In a direct message to the one who decides: the mention calls nobody there."""
    said = f"{blocks.mention(asker)} says that {action.label} is done. Is it?"
    return message.message(
        f"{said}\n*{words.inert(action.title)}*",
        card.buttons(action, card.DONE),
        blocks.context("Nothing to do if it is not: it stays open."),
        footer.build(value_of(Said.CONFIRM, action.id)),
        spoken=f"{said} {words.inert(action.title, card.SHORT)}",
    )


def _whose(action: ActionPoint) -> tuple[str, str]:
    if action.owner is None:
        return "the team's lead", "the lead"
    return f"{blocks.mention(action.owner)}, who owns it,", "the owner"
