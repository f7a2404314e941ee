"""The card of an action point, edited in place so that it always shows how things are; several share a list."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import assert_never

from bot.domain.actions import ActionPoint, ActionState, Already
from bot.domain.delivery import Message
from bot.domain.ids import ActionId
from bot.views import blocks, message, words
from bot.views.blocks import Block, Element

DONE = "action.done"
SNOOZE = "action.snooze"
HAND_OVER = "action.hand_over"
CHANGE_DATE = "action.change_date"
DROP = "action.drop"
REOPEN = "action.reopen"
PLAN_DAY = "action.plan_day"
DECIDE = "action.decide"
ACCEPT = "action.accept"
NOT_ME = "action.not_me"
TAKE = "action.take"
BLOCK = "action.block"
UNBLOCK = "action.unblock"
LINK = "action.link"
MORE = "action.more"

WHY = 300
SHORT = 60  # of a title in a notification

# What a button says, and what is read aloud in its place.
VERBS = {
    DONE: ("Mark done", "Mark {} done"),
    SNOOZE: ("Snooze", "Snooze {}"),
    HAND_OVER: ("Hand over", "Hand over {}"),
    CHANGE_DATE: ("Change date", "Change date of {}"),
    DROP: ("Not doing this", "Not doing {}"),
    REOPEN: ("Reopen", "Reopen {}"),
    PLAN_DAY: ("Pick a day", "Pick a day for {}"),
    DECIDE: ("Decide", "Decide about {}"),
    ACCEPT: ("Accept", "Accept {}"),
    NOT_ME: ("Not me", "Say that {} is not yours"),
    TAKE: ("Take it", "Take {}"),
    BLOCK: ("Blocked", "Say what {} waits for"),
    UNBLOCK: ("Not blocked any more", "Say that {} waits no longer"),
    LINK: ("Link issue", "Tie {} to an issue or a page"),
}
ASSIGN = {HAND_OVER: "Assign"}  # said of what belongs to nobody
_FIRST = (DONE, ACCEPT, TAKE)  # what is most likely wanted


def build(team: str, actions: Sequence[ActionPoint]) -> Message:
    """A card for one action point, a list for several."""
    return _card(actions[0]) if len(actions) == 1 else _list(team, actions)


def button(action: ActionPoint, verb: str, style: str | None = None, text: str | None = None) -> Element:
    """``text``: what it says here, where that is not the usual."""
    usual, says = VERBS[verb]
    aloud = f"{says.format(action.label)}: {words.aloud(action.title, blocks.BUTTON)}"
    return blocks.button(text or usual, verb, action.id, says=aloud, style=style)


def buttons(action: ActionPoint, *verbs: str, texts: Mapping[str, str] = MappingProxyType({})) -> Block:
    return blocks.actions(*_row_of(action, verbs, texts))


def choices(action: ActionPoint) -> Block:
    """What can be done about it as it is now: at most three buttons, and the rest behind the dots."""
    if action.state.closed:
        return buttons(action, REOPEN)
    if action.owner is None:
        return blocks.actions(*_row_of(action, (TAKE, HAND_OVER, DONE), ASSIGN), more(action))
    shown = (ACCEPT, NOT_ME, DONE) if action.awaits_acceptance else (DONE, PLAN_DAY, SNOOZE)
    return blocks.actions(*_row_of(action, shown, {}), more(action))


def more(action: ActionPoint) -> Element:
    verbs = (CHANGE_DATE, HAND_OVER, UNBLOCK if action.is_blocked else BLOCK, DROP, LINK)
    return blocks.overflow(MORE, [blocks.option(VERBS[verb][0], f"{verb} {action.id}") for verb in verbs])


def read_more(value: str) -> tuple[str, ActionId]:
    """The verb that was chosen behind the dots, and of what."""
    verb, _, action = value.partition(" ")
    return verb, ActionId(action)


def _row_of(action: ActionPoint, verbs: Sequence[str], texts: Mapping[str, str]) -> list[Element]:
    first = next((verb for verb in verbs if verb in _FIRST), None)
    return [button(action, verb, "primary" if verb == first else None, texts.get(verb)) for verb in verbs]


def summary(action: ActionPoint, limit: int = words.TITLE) -> str:
    """What, who and when, in a sentence with at most one mention."""
    what = words.title(action, limit)
    if action.state.closed:
        return f"*{what}*. {closing(action)}"
    owner = blocks.mention(action.owner) if action.owner else "no owner yet"
    return f"*{what}* – {owner}, {words.due(action)}."


def closing(action: ActionPoint) -> str:
    by = f" by {blocks.mention(action.closed_by)}" if action.closed_by else ""
    at = f", {words.instant(action.closed_at)}" if action.closed_at else ""
    if action.state is ActionState.DONE:
        return f"Done{by}{at}."
    reason = f": {words.inert(action.drop_reason)}" if action.drop_reason else "."
    return f"Dropped{by}{at}{reason}"


def already(action: ActionPoint, outcome: Already) -> str:
    """What a second press finds: how it is already, by whom and since when."""
    if not outcome.state.closed:
        return f"Nothing to change: {action.label} is already {words.lowered(status(action))}, {words.due(action)}."
    verb = "marked done" if outcome.state is ActionState.DONE else "dropped"
    by = f" by {blocks.mention(outcome.by)}" if outcome.by else ""
    at = f", {words.instant(outcome.at)}" if outcome.at else ""
    return f"{action.label} was already {verb}{by}{at}. Nothing was changed."


def status(action: ActionPoint) -> str:
    decided = action.decided_at.date()
    match action.state:
        case ActionState.OPEN if action.is_blocked:
            return f"Blocked: {words.inert(action.blocked_why or '')}"
        case ActionState.OPEN if action.snoozed_until:
            return f"Snoozed until {words.day(action.snoozed_until, decided)}"
        case ActionState.OPEN if action.planned_on:
            return f"Planned for {words.day(action.planned_on, decided)}"
        case ActionState.OPEN:
            return "Open"
        case ActionState.DONE:
            return "Done"
        case ActionState.DROPPED:
            return "Dropped"
        case ActionState.STALLED:
            return "Stalled: reminders have stopped until someone decides"
        case ActionState.NEEDS_OWNER:
            return "Needs an owner"
        case _:
            assert_never(action.state)


def standing(action: ActionPoint) -> str:
    why = words.inert(action.why, WHY)
    return f"{status(action)} · {why}" if why else status(action)


def page(action: ActionPoint) -> list[Block]:
    """The issue or page that it is tied to."""
    return [blocks.context(blocks.link(action.link, "Linked page"))] if action.link else []


def _card(action: ActionPoint) -> Message:
    return message.message(
        summary(action),
        blocks.context(standing(action)),
        *page(action),
        choices(action),
        spoken=summary(action, SHORT),
    )


def _list(team: str, actions: Sequence[ActionPoint]) -> Message:
    sentence = f"*{words.inert(team, words.NAME)}* has {words.count(len(actions), 'FinOps action point')}."
    last = blocks.context(_progress(actions))
    around = [blocks.section(sentence), last]
    rows = message.rows([_row(action) for action in actions], around, _more)
    return message.message(sentence, *rows, last, spoken=sentence)


def _row(action: ActionPoint) -> Block:
    said = summary(action) if action.state.closed else f"{summary(action)} {status(action)}."
    return blocks.section(said, button(action, REOPEN if action.state.closed else DECIDE))


def _more(number: int) -> Block:
    return blocks.context(f"and {number} more: the App Home of FinOps shows your own.")


def _progress(actions: Sequence[ActionPoint]) -> str:
    closed = sum(action.state.closed for action in actions)
    return f"{closed} of {len(actions)} closed. Reminders to each owner come in this message's thread."
