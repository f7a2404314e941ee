"""What people do to action points, however they ask for it. Everything is safe to repeat, however old the button."""

from datetime import date, datetime

from bot.domain import decisions, nudging, snooze
from bot.domain.action_commands import WorkingDays
from bot.domain.actions import ActionPoint, Already, Changed, Refused, as_it_is
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import ActionId, CardId, UserId
from bot.domain.rights import may_accept, may_act, may_assign, may_decline, may_nudge, may_put_off
from bot.domain.snooze import Snooze
from bot.services import deciding, planning
from bot.services.deciding import By, Decision, MayAsk, NotYours, Outcome, Seen
from bot.store import actions, people
from bot.store.database import Transaction

MOST_DAYS = 60  # far beyond what a snooze may last: more need not be counted
GUESTS = "Please choose a full member of this workspace: guests, bots and people who left cannot own it."


async def mark_done(tx: Transaction, action_id: ActionId, by: By, note: str | None = None) -> Outcome:
    """Who may not say so themselves may have the owner asked."""
    outcome = await deciding.decide(
        tx, action_id, by, lambda action, _: decisions.mark_done(action, by.user, by.now), may_act, note
    )
    seen = await deciding.look(tx, action_id, by) if isinstance(outcome, NotYours) else None
    return MayAsk(seen.action) if isinstance(seen, Seen) else outcome


async def drop(tx: Transaction, action_id: ActionId, by: By, reason: str) -> Outcome:
    return await deciding.decide(
        tx, action_id, by, lambda action, _: decisions.drop(action, by.user, by.now, reason), may_act
    )


async def reopen(tx: Transaction, action_id: ActionId, by: By) -> Outcome:
    return await deciding.decide(
        tx, action_id, by, lambda action, _: decisions.reopen(action, by.user, by.now), may_act
    )


async def put_off(
    tx: Transaction, action_id: ActionId, by: By, choice: Snooze | date | WorkingDays, note: str | None = None
) -> Outcome:
    def put_off(action: ActionPoint, calendar: WorkCalendar) -> Decision:
        wanted = _counted(choice, by, calendar) if isinstance(choice, WorkingDays) else choice
        return snooze.snooze(action, by.user, by.now, wanted, calendar)

    return await deciding.decide(tx, action_id, by, put_off, may_put_off, note)


async def change_due(
    tx: Transaction, action_id: ActionId, by: By, due_on: date, confirmed: bool = False, note: str | None = None
) -> Outcome:
    return await deciding.decide(
        tx,
        action_id,
        by,
        lambda action, calendar: decisions.change_due(action, by.user, by.now, due_on, calendar, confirmed=confirmed),
        may_act,
        note,
    )


async def plan_day(tx: Transaction, action_id: ActionId, by: By, day: date) -> Outcome:
    return await deciding.decide(
        tx, action_id, by, lambda action, calendar: snooze.plan_day(action, by.user, by.now, day, calendar), may_put_off
    )


async def block(tx: Transaction, action_id: ActionId, by: By, why: str) -> Outcome:
    return await deciding.decide(
        tx, action_id, by, lambda action, _: decisions.block(action, by.user, by.now, why), may_act
    )


async def unblock(tx: Transaction, action_id: ActionId, by: By) -> Outcome:
    return await deciding.decide(
        tx, action_id, by, lambda action, _: decisions.unblock(action, by.user, by.now), may_act
    )


async def link(tx: Transaction, action_id: ActionId, by: By, url: str) -> Outcome:
    return await deciding.decide(
        tx, action_id, by, lambda action, _: decisions.link(action, by.user, by.now, url), may_act
    )


async def hand_over(tx: Transaction, action_id: ActionId, by: By, owner: UserId, note: str | None = None) -> Outcome:
    if not await can_own(tx, owner):
        return Refused(GUESTS)
    return await deciding.decide(
        tx, action_id, by, lambda action, _: decisions.hand_over(action, by.user, by.now, owner), may_assign, note
    )


async def take(tx: Transaction, action_id: ActionId, by: By) -> Outcome:
    """What belongs to nobody yet; who is second is told how it stands."""
    action = await actions.by_id(tx, action_id, to_change=True)
    if action is not None and action.owner not in (None, by.user):
        return as_it_is(action)
    return await hand_over(tx, action_id, by, by.user)


async def accept(tx: Transaction, action_id: ActionId, by: By) -> Outcome:
    return await deciding.decide(
        tx, action_id, by, lambda action, _: decisions.accept(action, by.user, by.now), may_accept
    )


async def not_me(tx: Transaction, action_id: ActionId, by: By) -> Outcome:
    action = await actions.by_id(tx, action_id)
    former = action.former_owner if action else None
    there = former is not None and await can_own(tx, former)
    return await deciding.decide(
        tx,
        action_id,
        by,
        lambda action, _: decisions.not_me(action, by.user, by.now, former_is_there=there),
        may_decline,
    )


async def nudge(tx: Transaction, action_id: ActionId, by: By) -> Outcome:
    return await deciding.decide(
        tx, action_id, by, lambda action, calendar: nudging.nudge(action, by.user, by.now, calendar), may_nudge
    )


async def can_own(tx: Transaction, user: UserId) -> bool:
    """Of whom nothing is known yet, Slack is asked: until it answers they can."""
    person = (await people.of(tx, [user])).get(user)
    return person is None or (person.is_active and person.is_member)


async def active_in_thread(tx: Transaction, card: CardId, person: UserId, now: datetime) -> None:
    """Any word of the owner in the thread is a sign of life."""
    await planning.replan_all(tx, await actions.touch_activity(tx, card, person, now), now)


async def owner_left(tx: Transaction, person: UserId, now: datetime) -> None:
    """Takes what a deactivated person owned back to "no owner yet"."""
    for action in await actions.open_of_owner(tx, person, at_most=1000):
        match decisions.orphan(action, now):
            case Changed(action=orphaned):
                await deciding.keep(tx, action, orphaned, now)
            case Already():
                pass


def _counted(choice: WorkingDays, by: By, calendar: WorkCalendar) -> date:
    return calendar.add_working_days(calendar.local_date(by.now), min(choice.number, MOST_DAYS))
