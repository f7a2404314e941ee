"""Reminders: a reply in the card's thread that says what is due when, and asks one question."""

from datetime import date

from bot.domain.actions import ActionPoint
from bot.domain.delivery import Message
from bot.domain.ids import UserId
from bot.domain.items import Reminded
from bot.domain.touches import Rung, Send
from bot.domain.whys import Said, value_of
from bot.views import blocks, card, footer, message, words
from bot.views.blocks import Block

BUTTONS: dict[Rung, tuple[str, ...]] = {
    Rung.T5: (card.PLAN_DAY, card.DONE, card.NOT_ME),
    Rung.T1: (card.DONE, card.CHANGE_DATE, card.BLOCK),
    Rung.T0: (card.DONE, card.CHANGE_DATE, card.BLOCK),
    Rung.WAKE: (card.DONE, card.CHANGE_DATE, card.SNOOZE),
    Rung.PLANNED_DAY: (card.DONE, card.CHANGE_DATE, card.SNOOZE),
    Rung.OVERDUE: (card.DONE, card.CHANGE_DATE, card.HAND_OVER, card.DROP),
    Rung.WEEKLY: (card.DONE, card.CHANGE_DATE, card.HAND_OVER, card.DROP),
    Rung.ESCALATION_NOTICE: (card.CHANGE_DATE, card.BLOCK, card.HAND_OVER, card.DROP),
    Rung.NUDGE: (card.DONE, card.CHANGE_DATE, card.HAND_OVER),
}
# What they say at that moment, where that is not the usual.
TEXTS: dict[Rung, dict[str, str]] = {
    Rung.T5: {card.DONE: "Already done", card.NOT_ME: "Not mine"},
    Rung.T1: {card.CHANGE_DATE: "Need another date"},
    Rung.T0: {card.CHANGE_DATE: "Need another date"},
    Rung.OVERDUE: {card.DONE: "Done", card.CHANGE_DATE: "New date"},
    Rung.WEEKLY: {card.DONE: "Done", card.CHANGE_DATE: "New date"},
    Rung.ESCALATION_NOTICE: {card.CHANGE_DATE: "New date"},
}
REPLACED = "Replaced by a newer reminder."
SEE_CARD = "It was closed and opened again since: the card shows how it stands."
ASKED = (card.ACCEPT, card.NOT_ME)
NOT_YOURS = {True: "Then say so, and it goes back.", False: "Hand it over again."}
TAKEN = (card.PLAN_DAY, card.CHANGE_DATE, card.HAND_OVER)


def build(action: ActionPoint, send: Send) -> Message:
    return _about(
        action,
        _statement(action, send),
        _buttons(action, send.rung),
        blocks.context(f"You get this because you own {action.label}; {_reason(send.rung)}"),
    )


def directly(item: Reminded) -> Message:
    """By direct message: where the channel cannot be spoken in, and for what is the owner's alone to hear."""
    action, send = item.action, item.send
    return _told(
        action,
        _notice(item) if send.rung is Rung.ESCALATION_NOTICE else _statement(action, send),
        _buttons(action, send.rung),
        blocks.context(f"You get this because you own {action.label}; {_reason(send.rung)}"),
    )


def retired(action: ActionPoint, send: Send, *, is_last: bool = False) -> Message:
    """The same reminder once a newer one stands below it, or its action is closed: nothing to press any more.

    ``is_last``: no newer one stands there; so it was closed, and perhaps opened again.
    """
    closed = f"{card.status(action)}: there is nothing left to do."
    why = closed if action.state.closed else SEE_CARD if is_last else REPLACED
    return _about(action, _statement(action, send), blocks.context(why))


def handed_over(action: ActionPoint) -> Message:
    """Tells the new owner. Who gave it is not named: a mention would call them as well."""
    how = "you took it" if action.assigned_by == action.owner else "it was handed over to you"
    return _about(
        action,
        f"{action.label} is yours now, {words.due(action)}.",
        card.buttons(action, *(ASKED if action.awaits_acceptance else TAKEN)),
        blocks.context(f"You get this because {how}. Not yours? {NOT_YOURS[action.awaits_acceptance]}"),
        footer.build(value_of(Said.HANDED_OVER, action.id)),
    )


def handover_settled(action: ActionPoint, owner: UserId) -> Message:
    """The same reply once it was answered, or somebody else has it: nothing to press any more."""
    accepted = action.owner == owner
    now = f"Accepted. {card.status(action)}." if accepted else f"{action.label} is in other hands by now."
    return _told(
        action,
        f"{blocks.mention(owner)} {action.label} {'is yours' if accepted else 'was handed over to you'}.",
        blocks.context(now),
    )


def _buttons(action: ActionPoint, rung: Rung) -> Block:
    return card.buttons(action, *BUTTONS[rung], texts=TEXTS.get(rung, {}))


def _about(action: ActionPoint, statement: str, *rest: Block) -> Message:
    """Whom it is for, what it says, and the title: the number alone would tell a notification's reader little."""
    who = f"{blocks.mention(action.owner)} " if action.owner else ""
    return _told(action, f"{who}{statement}", *rest)


def _told(action: ActionPoint, said: str, *rest: Block) -> Message:
    return message.message(
        f"{said}\n*{words.inert(action.title)}*", *rest, spoken=f"{said} {words.inert(action.title, card.SHORT)}"
    )


def _notice(item: Reminded) -> str:
    """Announced before it happens, with the day, and with what would keep it from happening."""
    late = f"{item.action.label} {_due(item.send)} and is still open."
    if item.shown_on is None or item.lead is None:
        return late
    day = words.day(item.shown_on, item.send.local_day)
    return (
        f"{late} On *{day}* I will show it to your team's lead, {blocks.mention(item.lead)}, unless something changes."
    )


def _statement(action: ActionPoint, send: Send) -> str:
    match send.rung:
        case Rung.T5:
            return f"{action.label} {_due(send)}. Which day will you do it?"
        case Rung.T1 | Rung.T0:
            return f"{action.label} {_due(send)}."
        case Rung.OVERDUE:
            return f"{action.label} {_due(send)}. What should happen?"
        case Rung.WEEKLY:
            return f"{action.label} {_due(send)}{_late(send)}. What should happen?"
        case Rung.WAKE:
            return f"{action.label} is back from its snooze. Its due date has not changed: it {_due(send)}."
        case Rung.PLANNED_DAY:
            return f"{_planned(action, send.local_day)} {action.label}. It {_due(send)}."
        case Rung.ESCALATION_NOTICE:
            return f"{action.label} {_due(send)}{_late(send)}. What should happen?"
        case Rung.NUDGE:
            return f"{action.label} {_due(send)}. What should happen?"
        case other:
            raise LookupError(f"{other} is no reminder to an owner")


def _due(send: Send) -> str:
    """With the real date, which is not the day of the reminder where that day is not worked."""
    if send.due_on is None:
        return "has no due date"
    days = (send.due_on - send.local_day).days
    named = words.day(send.due_on, send.local_day)
    if days < 0:
        return f"was due {words.day_since(send.due_on, send.local_day)}"
    if days == 0:
        return "is due today"
    if days == 1:
        return f"is due tomorrow, {named}"
    return f"is due {named}{_ahead(send)}"


def _ahead(send: Send) -> str:
    ahead = send.working_days_left or 0
    return f", in {words.working_days(ahead)}" if ahead > 0 and send.rung is not Rung.T5 else ""


def _late(send: Send) -> str:
    late = -send.working_days_left if send.working_days_left is not None else 0
    return f", {words.working_days(late)} ago" if late > 0 else ""


def _planned(action: ActionPoint, today: date) -> str:
    if action.planned_on is None or action.planned_on == today:
        return "Today is the day you chose for"
    return f"You chose {words.day(action.planned_on, today)} for"


def _reason(rung: Rung) -> str:
    match rung:
        case Rung.T5 | Rung.T1 | Rung.T0:
            return "when you write in this thread, the bot knows that you are on it."
        case Rung.OVERDUE:
            return "from now on you are asked once a week."
        case Rung.WEEKLY:
            return "you are asked once a week, four times at most."
        case Rung.WAKE:
            return "you asked to be reminded again today."
        case Rung.PLANNED_DAY:
            return "you chose this day, so nothing came before it."
        case Rung.ESCALATION_NOTICE:
            return "it has been overdue for a week."
        case Rung.NUDGE:
            return "your team's lead asked for this reminder."
        case other:
            raise LookupError(f"{other} is no reminder to an owner")
