"""What has to be asked before something is done about an action point, where no form is open: with buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.actions import ActionPoint, AskDecision, AskNewDate
from bot.domain.delivery import Message
from bot.domain.ids import ActionId
from bot.views import blocks, card, message, words
from bot.views.blocks import Block
from bot.views.bookmark import Unreadable

DUE_TO = "action.due_to"
KEEP = "action.keep"
WHICH = "action.which"


@dataclass(frozen=True, slots=True)
class DueTo:
    action: ActionId
    due_on: date


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of several is meant, and what was asked of it, as the text of a command."""

    action: ActionId
    command: str


def past_due(action: ActionPoint, wanted: date, question: str) -> Message:
    """A due date that has passed: meant, or a slip."""
    day = words.day(wanted, action.decided_at.date())
    return message.message(f"{day}? {question}", _either(action, wanted, f"Yes, due {day}", "No, leave it"))


def beyond_due(action: ActionPoint, asked: AskNewDate) -> Message:
    """The wanted day is after the due date."""
    today = action.decided_at.date()
    wanted, due = words.day(asked.wanted, today), words.day(asked.due_on, today)
    said = f"{wanted} is after the due date, {due}. Should {action.label} be due {wanted} instead?"
    return message.message(said, _either(action, asked.wanted, f"Yes, due {wanted}", "No, leave it"))


def decision(action: ActionPoint, asked: AskDecision) -> Message:
    """Put off often enough: only real decisions are left."""
    said = f"{action.label} was put off {words.count(asked.snoozes, 'time')} in a row. New date, hand over or drop?"
    verbs = (card.DONE, card.CHANGE_DATE, card.HAND_OVER, card.DROP)
    return message.message(said, card.buttons(action, *verbs, texts={card.CHANGE_DATE: "New date"}))


def which(candidates: Sequence[tuple[ActionPoint, str]], command: str) -> Message:
    """``candidates``: each with its team's name; ``command``: what is to be done with the one that is chosen."""
    number = candidates[0][0].label
    said = f"{number} is in {len(candidates)} of your teams. Which one do you mean?"
    rows = message.rows(
        [_candidate(action, team, command) for action, team in candidates], [blocks.section(said)], _more
    )
    return message.message(said, *rows)


def which_of_thread(candidates: Sequence[tuple[ActionPoint, str]], command: str) -> Message:
    """A list's thread is about all of its action points."""
    said = "This thread is about several action points. Which one do you mean?"
    rows = message.rows(
        [_candidate(action, team, command) for action, team in candidates], [blocks.section(said)], _more
    )
    return message.message(said, *rows)


def read_due_to(value: str) -> DueTo:
    action, _, day = value.partition(" ")
    try:
        return DueTo(ActionId(action), date.fromisoformat(day))
    except ValueError as flaw:
        raise Unreadable("a button without its date") from flaw


def read_which(value: str) -> Chosen:
    action, _, command = value.partition(" ")
    return Chosen(ActionId(action), command)


def _either(action: ActionPoint, wanted: date, yes: str, no: str) -> Block:
    return blocks.actions(
        blocks.button(yes, DUE_TO, f"{action.id} {wanted}", says=f"{yes}: {action.label}", style="primary"),
        blocks.button(no, KEEP, action.id, says=f"{no}: {action.label} stays as it is"),
    )


def _candidate(action: ActionPoint, team: str, command: str) -> Block:
    said = f"*{words.title(action, card.SHORT)}* – {words.inert(team, words.NAME)}, {words.due(action)}."
    button = blocks.button(
        "This one", WHICH, f"{action.id} {command}", says=f"{action.label} of {words.aloud(team, 40)}"
    )
    return blocks.section(said, button)


def _more(number: int) -> Block:
    return blocks.context(f"and {number} more: type the command in the team's channel.")
