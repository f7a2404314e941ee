"""What became of an action point, said back to who did it: told from how it was and how it is."""

from collections.abc import Callable

from bot.domain.actions import ActionPoint, ActionState
from bot.views import blocks, card, words

Sentence = Callable[[ActionPoint, ActionPoint], str | None]


def said(before: ActionPoint, after: ActionPoint) -> str:
    """One sentence, about the first of these that changed: the others follow from it."""
    told = (sentence(before, after) for sentence in SENTENCES)
    return next((one for one in told if one), f"Nothing about {after.label} has changed.")


def added(action: ActionPoint, team: str) -> str:
    owner = blocks.mention(action.owner) if action.owner else "no owner yet"
    return f"{_title(action)} is added to {words.inert(team, words.NAME)} – {owner}, {words.due(action)}."


def done(_: ActionPoint, after: ActionPoint) -> str | None:
    return f"{_title(after)} is marked done." if after.state is ActionState.DONE else None


def dropped(_: ActionPoint, after: ActionPoint) -> str | None:
    if after.state is not ActionState.DROPPED:
        return None
    return f"{_title(after)} is dropped: {words.inert(after.drop_reason or '')}"


def opened(before: ActionPoint, after: ActionPoint) -> str | None:
    return f"{_title(after)} is open again, {words.due(after)}." if before.state.closed else None


def given(before: ActionPoint, after: ActionPoint) -> str | None:
    if after.owner == before.owner:
        return None
    if after.owner is None:
        return f"{_title(after)} needs an owner now. The team's lead hears of it."
    if after.owner == after.assigned_by:
        return f"{_title(after)} is yours now, {words.due(after)}."
    if not after.awaits_acceptance:
        return f"{_title(after)} goes back to {blocks.mention(after.owner)}, who is told in its thread."
    return f"{_title(after)} goes to {blocks.mention(after.owner)}, {words.due(after)}. They are asked to accept it."


def dated(before: ActionPoint, after: ActionPoint) -> str | None:
    if after.due_on == before.due_on or after.due_on is None:
        return None
    today = after.decided_at.date()
    was = f" It was due {words.day(before.due_on, today)}." if before.due_on else ""
    return f"{_title(after)} is due {words.day(after.due_on, today)} now.{was}"


def blocked(before: ActionPoint, after: ActionPoint) -> str | None:
    if after.blocked_at == before.blocked_at:
        return None
    if after.blocked_at is None:
        return f"{_title(after)} is not blocked any more, {words.due(after)}."
    return f"{_title(after)} is blocked: {words.inert(after.blocked_why or '')}"


def put_off(before: ActionPoint, after: ActionPoint) -> str | None:
    if after.snoozed_until is None or after.snoozed_until == before.snoozed_until:
        return None
    until = words.day(after.snoozed_until, after.decided_at.date())
    return f"The reminder about {_title(after)} sleeps until {until}. {_stays(after)}"


def planned(before: ActionPoint, after: ActionPoint) -> str | None:
    if after.planned_on is None or after.planned_on == before.planned_on:
        return None
    return f"{_title(after)} is planned for {words.day(after.planned_on, after.decided_at.date())}. {_stays(after)}"


def linked(before: ActionPoint, after: ActionPoint) -> str | None:
    if after.link is None or after.link == before.link:
        return None
    return f"{_title(after)} is tied to {blocks.link(after.link, 'this page')}."


def nudged(before: ActionPoint, after: ActionPoint) -> str | None:
    if after.nudged_at == before.nudged_at:
        return None
    return f"The owner of {_title(after)} is reminded in their next working hours, and reads that you asked for it."


def woken(before: ActionPoint, after: ActionPoint) -> str | None:
    was_stalled = before.state is ActionState.STALLED and after.state is ActionState.OPEN
    return f"{_title(after)} is open again, {words.due(after)}." if was_stalled else None


def accepted(before: ActionPoint, after: ActionPoint) -> str | None:
    return f"{_title(after)} is yours, {words.due(after)}." if before.accepted_at != after.accepted_at else None


SENTENCES: tuple[Sentence, ...] = (
    done,
    dropped,
    opened,
    given,
    dated,
    blocked,
    put_off,
    planned,
    linked,
    nudged,
    woken,
    accepted,
)


def _title(action: ActionPoint) -> str:
    return f"*{words.title(action, card.SHORT)}*"


def _stays(action: ActionPoint) -> str:
    """Said beside any other date: the due date does not move with it."""
    if action.due_on is None:
        return "It has no due date."
    return f"Its due date stays {words.day(action.due_on, action.decided_at.date())}."
