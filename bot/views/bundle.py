"""What a person is told by direct message: one thing at length, or several in a row each."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from bot.domain.delivery import Message
from bot.domain.items import (
    ChannelLost,
    DraftWaiting,
    Escalated,
    Item,
    Ownerless,
    ReassessLate,
    ReassessSoon,
    Reminded,
    RoundWaiting,
    Unaccepted,
)
from bot.domain.touches import Rung
from bot.views import blocks, cadence, card, draft, escalation, lost, message, ownerless, reminder, rounds, words
from bot.views.blocks import Block

MOST_ROWS = 5
SHORT = 80  # of a title in a row


def build(items: Sequence[Item]) -> Message:
    """``items``: the most urgent first; never empty."""
    return _alone(items[0]) if len(items) == 1 else _several(items)


def _alone(item: Item) -> Message:
    match item:
        case Reminded():
            return reminder.directly(item)
        case Escalated():
            return escalation.to_lead(item)
        case Unaccepted():
            return escalation.unaccepted(item)
        case DraftWaiting():
            return draft.build(item)
        case ReassessSoon():
            return cadence.soon(item)
        case ReassessLate():
            return cadence.late(item)
        case Ownerless():
            return ownerless.build(item)
        case ChannelLost():
            return lost.build(item)
        case RoundWaiting():
            return rounds.waiting(item)
        case _:
            assert_never(item)


def _several(items: Sequence[Item]) -> Message:
    number = len(items)
    sentence = f"You have {words.count(number, 'FinOps matter')} that {'needs' if number == 1 else 'need'} a decision."
    shown, left = items[:MOST_ROWS], number - MOST_ROWS
    rows = [_row(item) for item in shown]
    more = [blocks.context(f"and {left} more: see the Home tab.")] if left > 0 else []
    return message.message(sentence, *rows, *more, spoken=sentence)


def _row(item: Item) -> Block:
    match item:
        case Reminded(action=action, team=team):
            said = f"*{words.title(action, SHORT)}* – {words.inert(team.name, words.NAME)}, {_when(item)}."
            return blocks.section(said, card.button(action, card.DECIDE))
        case Escalated():
            return escalation.row(item)
        case Unaccepted():
            return escalation.row_unaccepted(item)
        case DraftWaiting():
            return draft.row(item)
        case ReassessSoon() | ReassessLate():
            return cadence.row(item)
        case Ownerless():
            return ownerless.row(item)
        case ChannelLost():
            return lost.row(item)
        case RoundWaiting():
            return rounds.row(item)
        case _:
            assert_never(item)


def _when(item: Reminded) -> str:
    send = item.send
    if send.rung is Rung.ESCALATION_NOTICE and item.shown_on is not None:
        shown = words.day(item.shown_on, send.local_day)
        return f"{overdue(send.due_on, send.local_day)}, shown to your team's lead on {shown}"
    if item.action.blocked_why:
        return "blocked"
    return overdue(send.due_on, send.local_day)


def overdue(due_on: date | None, today: date) -> str:
    """ "due today", "overdue for 3 days", "due Fri 29 May": how far it is, in words."""
    if due_on is None:
        return "no due date"
    late = (today - due_on).days
    if late > 0:
        return f"overdue for {words.count(late, 'day')}"
    return "due today" if late == 0 else f"due {words.day(due_on, today)}"
