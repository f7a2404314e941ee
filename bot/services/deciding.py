"""One decision about an action point: who may make it, what follows from it, and how it can be taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actions import (
    ActionPoint,
    Already,
    AskDecision,
    AskNewDate,
    Changed,
    Confirm,
    Refused,
)
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import ActionId, ChannelId, UndoId, UserId
from bot.domain.notices import HandedOver, HandoverSettled, NoteInThread, ReminderRetired
from bot.domain.plain import written
from bot.domain.rights import May, Standing, may_see
from bot.domain.teams import Team
from bot.domain.touches import Track
from bot.services import calendars, planning, rights, undoing, visibility
from bot.services.undoing import Kind
from bot.store import actions, cards, notes, outbox, people, teams, told
from bot.store.database import Transaction

NOTE_LIMIT = 500
REMINDERS = ("reminder", "confirm")
HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class By:
    """Who asks for something, when, and in which channel: whoever speaks there can see what belongs to it."""

    user: UserId
    now: datetime
    here: ChannelId | None = None


@dataclass(frozen=True, slots=True)
class Acted:
    before: ActionPoint
    after: ActionPoint
    undo: UndoId


@dataclass(frozen=True, slots=True)
class NotYours:
    """Said of what belongs to others and of what does not exist, in the same words."""


@dataclass(frozen=True, slots=True)
class MayAsk:
    """Not theirs to say; but they may have somebody asked whose it is."""

    action: ActionPoint


@dataclass(frozen=True, slots=True)
class Seen:
    """An action point as it is shown to somebody."""

    action: ActionPoint
    team: Team
    today: date  # the owner's
    standing: Standing  # of who looks


Decision = Changed | Already | Refused | Confirm | AskNewDate | AskDecision
Outcome = Acted | Already | Refused | Confirm | AskNewDate | AskDecision | NotYours | MayAsk
Decide = Callable[[ActionPoint, WorkCalendar], Decision]


async def standing(tx: Transaction, team: Team, by: By) -> Standing:
    return Standing(
        is_lead=by.user == team.lead,
        is_admin=await rights.is_admin(tx, by.user, by.now),
        may_see=await visibility.may_see(tx, team, by.user, by.here),
    )


async def look(tx: Transaction, action_id: ActionId, by: By) -> Seen | NotYours:
    action = await actions.by_id(tx, action_id)
    if action is None:
        return NotYours()
    team = await teams.by_id(tx, action.team)
    who = await standing(tx, team, by)
    if not may_see(action, by.user, who):
        return NotYours()
    calendar = await calendars.of_owner(tx, action.owner, team, by.now)
    return Seen(action, team, calendar.local_date(by.now), who)


async def decide(
    tx: Transaction, action_id: ActionId, by: By, decision: Decide, may: May, note: str | None = None
) -> Outcome:
    action = await actions.by_id(tx, action_id, to_change=True)
    if action is None:
        return NotYours()
    team = await teams.by_id(tx, action.team)
    who = await standing(tx, team, by)
    permitted = may(action, by.user, who)
    # What is closed is told to whoever may see it; only changing it is for its people.
    if not permitted and not (action.state.closed and may_see(action, by.user, who)):
        return NotYours()
    outcome = decision(action, await calendars.of_owner(tx, action.owner, team, by.now))
    if not isinstance(outcome, Changed):
        return outcome
    return await _acted(tx, action, outcome.action, by, note) if permitted else NotYours()


async def _acted(tx: Transaction, before: ActionPoint, after: ActionPoint, by: By, note: str | None) -> Acted:
    queued = [*await keep(tx, before, after, by.now), *await _noted(tx, after, by, note)]
    return Acted(before, after, await remember(tx, before, after, by, queued))


async def remember(
    tx: Transaction, before: ActionPoint | None, after: ActionPoint, by: By, queued: list[str]
) -> UndoId:
    """``before``: None for one that was just made; ``queued``: what is said because of it."""
    was = {"action": written(before)} if before else {}
    now = {"action": written(after), "queued": queued}
    return await undoing.remember(tx, by.user, Kind.ACTION, after.id, was, now, by.now)


async def keep(tx: Transaction, before: ActionPoint, after: ActionPoint, now: datetime) -> list[str]:
    """Stores a decision, plans anew, and then speaks: rows are locked in the order action, touch, outbox.

    The keys of what it put into the outbox.
    """
    await actions.put(tx, after)
    new_owner = after.owner if after.owner != before.owner else None
    if new_owner:
        await people.meet(tx, new_owner, now)
    await planning.replan(tx, after, now)
    if after.due_version != before.due_version or after.state.closed or after.blocked_at != before.blocked_at:
        await outbox.cancel(tx, after.id, REMINDERS, "decided anew", now)
    queued = await settle_handover(tx, before, after, now)
    if new_owner:
        queued += await _hand_over(tx, after, now)
    if after.state.closed or before.state.closed:
        queued += await retire_last(tx, after, now)
    await planning.show(tx, after, now)
    return queued


async def settle_handover(tx: Transaction, before: ActionPoint, after: ActionPoint, now: datetime) -> list[str]:
    """The word to a new owner loses its buttons once they have answered, or it is not theirs any more."""
    waits = after.awaits_acceptance and after.owner == before.owner
    ts = await outbox.posted(tx, after.id, HANDED_OVER) if before.awaits_acceptance and not waits else None
    if ts is None or before.owner is None:
        return []
    card = await cards.of_action(tx, after.id)
    key = f"handover-settled:{ts}"
    await outbox.enqueue(tx, key, HandoverSettled(after.id, before.owner, ts), card.channel, after.id, now)
    return [key]


async def _hand_over(tx: Transaction, after: ActionPoint, now: datetime) -> list[str]:
    card = await cards.of_action(tx, after.id)
    key = f"handed-over:{after.id}:v{after.due_version}"
    await outbox.enqueue(tx, key, HandedOver(after.id, after.due_version), card.channel, after.id, now)
    return [key]


async def retire_last(tx: Transaction, after: ActionPoint, now: datetime) -> list[str]:
    last = await told.said_last(tx, Track.OWNER, after.id)
    if last is None:
        return []
    card = await cards.of_action(tx, after.id)
    # With its time: closed, taken back and closed again, it is to lose its buttons after all.
    key = f"retired:{last.id}:v{after.due_version}:{int(now.timestamp())}"
    await outbox.enqueue(tx, key, ReminderRetired(after.id, last.id), card.channel, after.id, now)
    return [key]


async def _noted(tx: Transaction, after: ActionPoint, by: By, words: str | None) -> list[str]:
    """Their own words about it go into the thread of its card."""
    if not words or not words.strip():
        return []
    note = await notes.add(tx, after.id, by.user, words.strip()[:NOTE_LIMIT], by.now)
    card = await cards.of_action(tx, after.id)
    key = f"note:{note}"
    await outbox.enqueue(tx, key, NoteInThread(after.id, note), card.channel, after.id, by.now)
    return [key]
