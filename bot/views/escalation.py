"""To a team's lead, in private and about facts only: what has been overdue for long, and what nobody has accepted."""

from bot.domain.actions import ActionPoint
from bot.domain.delivery import Message
from bot.domain.items import Escalated, Unaccepted
from bot.views import blocks, card, message, words
from bot.views.blocks import Block, Element

SHORT = 80  # of a title in a row
CHOICES = (card.HAND_OVER, card.CHANGE_DATE, card.DROP)
LEAD = "You get this because you lead this team. Only you see it."


def to_lead(item: Escalated) -> Message:
    return message.message(
        _sentence(item),
        blocks.section(words.lines(*_facts(item))),
        blocks.actions(*_choices(item.action)),
        blocks.context(LEAD),
        spoken=_sentence(item),
    )


def unaccepted(item: Unaccepted) -> Message:
    return message.message(
        _not_accepted(item),
        blocks.actions(*_choices(item.action)),
        blocks.context(LEAD),
        spoken=_not_accepted(item),
    )


def row(item: Escalated) -> Block:
    return blocks.section(_sentence(item), card.button(item.action, card.DECIDE))


def row_unaccepted(item: Unaccepted) -> Block:
    return blocks.section(_not_accepted(item), card.button(item.action, card.DECIDE))


def _sentence(item: Escalated) -> str:
    due = f"was due {words.day_since(item.action.due_on, item.today)}" if item.action.due_on else "has no due date"
    return (
        f"*{words.title(item.action, SHORT)}* of *{words.inert(item.team.name, words.NAME)}* {due} and is still open."
    )


def _facts(item: Escalated) -> list[str]:
    last = words.day(item.last_word, item.today) if item.last_word else "none yet"
    return [
        f"Its owner was reminded {words.count(item.reminders, 'time')}; their last sign of life: {last}.",
        f"It belongs to {blocks.mention(item.action.owner)}." if item.action.owner else "It belongs to nobody.",
    ]


def _not_accepted(item: Unaccepted) -> str:
    return (
        f"*{words.title(item.action, SHORT)}* of *{words.inert(item.team.name, words.NAME)}* was handed over two "
        f"working days ago, and its new owner has not accepted it."
    )


def _choices(action: ActionPoint) -> list[Element]:
    return [card.button(action, verb) for verb in CHOICES]
