"""What should happen with an action point? The form behind *Decide*, which does it at once or leads on."""

from collections.abc import Sequence
from enum import StrEnum

from bot.domain.actions import ActionPoint, AskDecision
from bot.views import blocks, decide, words
from bot.views.blocks import View
from bot.views.decide import Fix
from bot.views.filled_in import state_of

CALLBACK = "decide"
CHOICE = "choice"


class Choice(StrEnum):
    ACCEPT = "accept"
    NOT_ME = "not_me"
    TAKE = "take"
    DONE = "done"
    PLAN_DAY = "plan_day"
    SNOOZE = "snooze"
    CHANGE_DATE = "change_date"
    HAND_OVER = "hand_over"
    BLOCK = "block"
    UNBLOCK = "unblock"
    DROP = "drop"
    LINK = "link"


# After many snoozes in a row these are left.
REAL_DECISIONS = (Choice.DONE, Choice.CHANGE_DATE, Choice.HAND_OVER, Choice.DROP)
_SAYS = {
    Choice.ACCEPT: "Accept it",
    Choice.NOT_ME: "Say that it is not mine",
    Choice.TAKE: "Take it",
    Choice.DONE: "Mark it done",
    Choice.PLAN_DAY: "Pick a day to do it",
    Choice.SNOOZE: "Be reminded later",
    Choice.CHANGE_DATE: "Change its due date",
    Choice.HAND_OVER: "Hand it over to someone else",
    Choice.BLOCK: "Say what it waits for",
    Choice.UNBLOCK: "Say that it waits no longer",
    Choice.DROP: "Not do it, and say why",
    Choice.LINK: "Tie it to an issue or a page",
}


def build(action: ActionPoint, asked: AskDecision | None = None) -> View:
    """Leads on to the right form; put off often enough, only real decisions are left."""
    options = [blocks.option(_SAYS[choice], choice) for choice in (REAL_DECISIONS if asked else _choices(action))]
    note = f"{action.label} was put off {words.count(asked.snoozes, 'time')} in a row. " if asked else ""
    return decide.form(
        CALLBACK,
        f"Decide about {action.label}",
        action,
        [
            *([blocks.section(f"{note}New date, hand over or drop?")] if asked else []),
            blocks.field(CHOICE, "What should happen?", blocks.radio(CHOICE, options)),
        ],
        submit="Continue",
    )


def read(view: View) -> Choice | Fix:
    chosen = state_of(view).chosen(CHOICE)
    return Choice(chosen) if chosen in set(Choice) else Fix({CHOICE: "Please choose one."})


def _choices(action: ActionPoint) -> Sequence[Choice]:
    """Ten at most, which is what Slack shows."""
    if action.owner is None:
        first: tuple[Choice, ...] = (Choice.TAKE, Choice.DONE)
    else:
        answers = (Choice.ACCEPT, Choice.NOT_ME) if action.awaits_acceptance else ()
        first = (*answers, Choice.DONE, Choice.PLAN_DAY, Choice.SNOOZE)
    waits = Choice.UNBLOCK if action.is_blocked else Choice.BLOCK
    return (*first, Choice.CHANGE_DATE, Choice.HAND_OVER, waits, Choice.DROP, Choice.LINK)
