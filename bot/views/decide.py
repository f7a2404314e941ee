"""Forms about one action point: each is drawn here and read back here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from bot.domain.actions import ActionPoint, Already, AskNewDate, Confirm, Refused
from bot.domain.ids import UndoId, UserId
from bot.domain.snooze import Snooze
from bot.views import blocks, card, carried, echo, words
from bot.views.blocks import Block, View
from bot.views.filled_in import state_of

SNOOZE = "decide.snooze"
HAND_OVER = "decide.hand_over"
CHANGE_DATE = "decide.change_date"
DROP = "decide.drop"
PLAN_DAY = "decide.plan_day"
BLOCK = "decide.block"
LINK = "decide.link"
SHOWN = "decide.shown"

WHEN, DAY, OWNER, REASON, SURE, WHY, URL = "when", "day", "owner", "reason", "sure", "why", "url"
PICK = "pick"
REASON_LIMIT = 500

# Beside which field a refusal is told: response_action "errors" goes by block.
FIELDS = {
    SNOOZE: WHEN,
    HAND_OVER: OWNER,
    CHANGE_DATE: DAY,
    DROP: REASON,
    PLAN_DAY: DAY,
    BLOCK: WHY,
    LINK: URL,
}


@dataclass(frozen=True, slots=True)
class Fix:
    """What is wrong, by block."""

    problems: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NewDate:
    due_on: date
    confirmed: bool


def problem(view: View, refused: Refused) -> Fix:
    """A refusal, beside the field of the form that it is about."""
    callback = str(view.get("callback_id"))
    picked = callback == SNOOZE and state_of(view).chosen(WHEN) == PICK
    return Fix({DAY if picked else FIELDS[callback]: refused.sentence})


def snooze(action: ActionPoint, today: date) -> View:
    options = [
        blocks.option("1 working day", Snooze.ONE_DAY),
        blocks.option("3 working days", Snooze.THREE_DAYS),
        blocks.option("Until next week", Snooze.NEXT_WEEK),
        blocks.option("Until a date that I pick", PICK),
    ]
    tomorrow = today + timedelta(days=1)
    return form(
        SNOOZE,
        f"Snooze {action.label}",
        action,
        [
            blocks.section("This moves the reminder. The due date stays as it is."),
            blocks.field(WHEN, "Remind me again after", blocks.radio(WHEN, options, Snooze.ONE_DAY)),
            blocks.field(
                DAY,
                "The date, if you pick one",
                blocks.date_picker(DAY, None, "Pick a date"),
                optional=True,
                hint=f"From {words.day(tomorrow, today)}, within two weeks.",
            ),
        ],
        submit="Snooze",
    )


def read_snooze(view: View) -> Snooze | date | Fix:
    state = state_of(view)
    chosen, picked = state.chosen(WHEN), state.day(DAY)
    if chosen == PICK:
        return picked or Fix({DAY: "Please pick a date."})
    return Snooze(chosen) if chosen in set(Snooze) else Fix({WHEN: "Please choose one."})


def hand_over(action: ActionPoint) -> View:
    return form(
        HAND_OVER,
        f"Hand over {action.label}",
        action,
        [
            blocks.field(
                OWNER,
                "Who takes it?",
                blocks.person_select(OWNER, None, "Choose a person"),
                hint="A full member of this workspace. They are told in the thread of the card.",
            )
        ],
        submit="Hand over",
    )


def read_hand_over(view: View) -> UserId | Fix:
    chosen = state_of(view).person(OWNER)
    return UserId(chosen) if chosen else Fix({OWNER: "Please choose a person."})


def change_due(
    action: ActionPoint, today: date, asked: Confirm | AskNewDate | None = None, wanted: date | None = None
) -> View:
    """``asked``: what has to be said first; a date that is probably a slip has to be confirmed."""
    note: list[Block] = []
    sure: list[Block] = []
    match asked:
        case AskNewDate():
            wanted = asked.wanted
            beyond = f"{words.day(asked.wanted, today)} is after the due date, {words.day(asked.due_on, today)}."
            note = [blocks.section(f"{beyond} When should {action.label} be due instead?")]
        case Confirm():
            note = [blocks.section(asked.question)]
            meant = blocks.checkboxes(SURE, [blocks.option("Yes, this date is meant", SURE)], ())
            sure = [blocks.field(SURE, "A date that has passed", meant, optional=True)]
        case None:
            pass
        case _:
            assert_never(asked)
    due = blocks.field(DAY, "Due date", blocks.date_picker(DAY, wanted or action.due_on, "Pick a date"))
    return form(CHANGE_DATE, f"Change date of {action.label}", action, [*note, due, *sure], submit="Change date")


def read_change_due(view: View) -> NewDate | Fix:
    state = state_of(view)
    chosen = state.day(DAY)
    return NewDate(chosen, SURE in state.all_chosen(SURE)) if chosen else Fix({DAY: "Please pick a date."})


def drop(action: ActionPoint) -> View:
    why = blocks.text_input(REASON, None, limit=REASON_LIMIT, placeholder="For example: solved by another team")
    return form(
        DROP,
        f"Not doing {action.label}",
        action,
        [
            blocks.field(REASON, "Why not?", why, hint="Shown on the card, so that nobody has to ask later."),
            blocks.context("Reminders stop. You can reopen it from the card."),
        ],
        submit="Not doing this",
    )


def read_drop(view: View) -> str | Fix:
    return state_of(view).text(REASON) or Fix({REASON: "Please say why in a few words."})


def plan_day(action: ActionPoint, today: date) -> View:
    until = f" It is {words.due(action)}." if action.due_on else ""
    return form(
        PLAN_DAY,
        f"Pick a day for {action.label}",
        action,
        [
            blocks.field(
                DAY,
                "I will do it on",
                blocks.date_picker(DAY, None, "Pick a day"),
                hint=f"From today, {words.day(today, today)}. You are reminded that morning, and not before.{until}",
            )
        ],
        submit="Pick this day",
    )


def read_plan_day(view: View) -> date | Fix:
    return state_of(view).day(DAY) or Fix({DAY: "Please pick a day."})


def shows(action: ActionPoint, outcome: Already | Refused) -> View:
    """Nothing was changed, and how things really are."""
    said = outcome.sentence if isinstance(outcome, Refused) else card.already(action, outcome)
    fresh = [blocks.section(card.summary(action)), blocks.context(card.standing(action))]
    return blocks.modal(SHOWN, action.label, [blocks.section(said), *fresh], metadata=carried.about(action))


def changed(action: ActionPoint, sentence: str, undo: UndoId) -> View:
    """What was done, with its way back: where no message was pressed on that it could be said beside."""
    said = blocks.section(sentence, echo.button(undo))
    return blocks.modal(SHOWN, action.label, [said, blocks.context("Undo works for ten minutes.")], metadata="")


def not_yours() -> View:
    """Said of what does not exist as well."""
    return blocks.modal(SHOWN, "FinOps", [blocks.section(words.NOT_YOURS)], metadata="")


def form(callback: str, title: str, action: ActionPoint, asked: Sequence[Block], submit: str) -> View:
    head = blocks.section(f"*{words.title(action)}* – {words.due(action)}.")
    return blocks.modal(callback, title, [head, *asked], metadata=carried.about(action), submit=submit, close="Cancel")
