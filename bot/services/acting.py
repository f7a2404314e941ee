"""What people do to action points, by button or form. Every press is safe to repeat, however old the button."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain import decisions, snooze
from bot.domain.actions import (
    ActionPoint,
    ActionState,
    Already,
    AskDecision,
    AskNewDate,
    Changed,
    Confirm,
    Refused,
    as_it_is,
    may_act,
    may_assign,
)
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import ActionId, CardId, UserId
from bot.domain.notices import HandedOver, ReminderRetired
from bot.domain.snooze import Snooze
from bot.domain.teams import Team
from bot.domain.touches import Track
from bot.services import calendars, planning
from bot.store import actions, outbox, people, teams, told
from bot.store.database import Transaction

REMINDERS = ("reminder",)


@dataclass(frozen=True, slots=True)
class NotYours:
    """Said of what belongs to others and of what does not exist, in the same words."""


Decision = Changed | Already | Refused | Confirm | AskNewDate | AskDecision
Outcome = Decision | NotYours
Decide = Callable[[ActionPoint, WorkCalendar], Decision]


@dataclass(frozen=True, slots=True)
class Seen:
    """An action point as a form about it is drawn."""

    action: ActionPoint
    team: Team
    today: date  # the owner's


async def look(tx: Transaction, action_id: ActionId, actor: UserId, now: datetime) -> Seen | NotYours:
    action = await actions.by_id(tx, action_id)
    if action is None:
        return NotYours()
    team = await teams.by_id(tx, action.team)
    if not action.state.closed and not may_assign(action, actor, team.lead, frozenset()):
        return NotYours()
    calendar = await calendars.of_owner(tx, action.owner, team, now)
    return Seen(action, team, calendar.local_date(now))


async def mark_done(tx: Transaction, action_id: ActionId, actor: UserId, now: datetime) -> Outcome:
    return await _decide(tx, action_id, actor, now, lambda action, _: decisions.mark_done(action, actor, now))


async def drop(tx: Transaction, action_id: ActionId, actor: UserId, reason: str, now: datetime) -> Outcome:
    return await _decide(tx, action_id, actor, now, lambda action, _: decisions.drop(action, actor, now, reason))


async def reopen(tx: Transaction, action_id: ActionId, actor: UserId, now: datetime) -> Outcome:
    return await _decide(tx, action_id, actor, now, lambda action, _: decisions.reopen(action, actor, now))


async def put_off(tx: Transaction, action_id: ActionId, actor: UserId, choice: Snooze | date, now: datetime) -> Outcome:
    return await _decide(
        tx, action_id, actor, now, lambda action, calendar: snooze.snooze(action, actor, now, choice, calendar)
    )


async def change_due(
    tx: Transaction, action_id: ActionId, actor: UserId, due_on: date, confirmed: bool, now: datetime
) -> Outcome:
    return await _decide(
        tx,
        action_id,
        actor,
        now,
        lambda action, calendar: decisions.change_due(action, actor, now, due_on, calendar, confirmed=confirmed),
    )


async def plan_day(tx: Transaction, action_id: ActionId, actor: UserId, day: date, now: datetime) -> Outcome:
    return await _decide(
        tx, action_id, actor, now, lambda action, calendar: snooze.plan_day(action, actor, now, day, calendar)
    )


async def hand_over(tx: Transaction, action_id: ActionId, actor: UserId, owner: UserId, now: datetime) -> Outcome:
    known = await people.of(tx, [owner])
    if owner in known and not (known[owner].is_active and known[owner].is_member):
        return Refused("Please choose a full member of this workspace: guests, bots and people who left cannot own it.")
    return await _decide(
        tx,
        action_id,
        actor,
        now,
        lambda action, _: decisions.hand_over(action, actor, now, owner),
        allowed=lambda action, lead: may_assign(action, actor, lead, frozenset()),
    )


async def take(tx: Transaction, action_id: ActionId, actor: UserId, now: datetime) -> Outcome:
    """What belongs to nobody yet; who is second is told how it stands."""
    action = await actions.by_id(tx, action_id, to_change=True)
    if action is not None and action.owner not in (None, actor):
        return as_it_is(action)
    return await hand_over(tx, action_id, actor, actor, now)


async def active_in_thread(tx: Transaction, card: CardId, person: UserId, now: datetime) -> None:
    """Any word of the owner in the thread is a sign of life."""
    for action in await actions.touch_activity(tx, card, person, now):
        await planning.replan(tx, action, now)


async def owner_left(tx: Transaction, person: UserId, now: datetime) -> None:
    """Takes what a deactivated person owned back to "no owner yet"."""
    for action in await actions.open_of_owner(tx, person, at_most=1000):
        match decisions.orphan(action, now):
            case Changed(action=orphaned):
                await _keep(tx, action, orphaned, now)
            case Already():
                pass


async def _decide(
    tx: Transaction,
    action_id: ActionId,
    actor: UserId,
    now: datetime,
    decide: Decide,
    allowed: Callable[[ActionPoint, UserId], bool] | None = None,
) -> Outcome:
    action = await actions.by_id(tx, action_id, to_change=True)
    if action is None:
        return NotYours()
    team = await teams.by_id(tx, action.team)
    permitted = allowed(action, team.lead) if allowed else may_act(action, actor, team.lead)
    # What is closed is told to whoever asks; only changing it is for its people.
    if not permitted and action.state is not ActionState.DONE and action.state is not ActionState.DROPPED:
        return NotYours()
    outcome = decide(action, await calendars.of_owner(tx, action.owner, team, now))
    if isinstance(outcome, Changed):
        if not permitted:
            return NotYours()
        await _keep(tx, action, outcome.action, now)
    return outcome


async def _keep(tx: Transaction, before: ActionPoint, after: ActionPoint, now: datetime) -> None:
    """Stores a decision, plans anew, and then speaks: rows are locked in the order action, touch, outbox."""
    await actions.put(tx, after)
    new_owner = after.owner if after.owner != before.owner else None
    if new_owner:
        await people.meet(tx, new_owner, now)
    await planning.replan(tx, after, now)
    if after.due_version != before.due_version or after.state.closed:
        await outbox.cancel(tx, after.id, REMINDERS, "decided anew", now)
    if new_owner:
        card = await actions.card_of(tx, after.id)
        key = f"handed-over:{after.id}:v{after.due_version}"
        notice = HandedOver(after.id, after.due_version)
        await outbox.enqueue(tx, key, notice, card.channel, after.id, now)
    if after.state.closed and (last := await told.said_last(tx, Track.OWNER, after.id)):
        card = await actions.card_of(tx, after.id)
        key = f"retired:{last.id}:v{after.due_version}"
        await outbox.enqueue(tx, key, ReminderRetired(after.id, last.id), card.channel, after.id, now)
    await planning.show(tx, after, now)
