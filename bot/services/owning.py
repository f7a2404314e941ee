"""Reminders of action points to their owners, when they have come due."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain import leading
from bot.domain.actions import ActionPoint
from bot.domain.ids import ActionId
from bot.domain.items import Item, Reminded
from bot.domain.picking import STALE_AFTER_DAYS, pick, put_off
from bot.domain.snooze import wake
from bot.domain.touches import Move, Outcome, Reason, Rung, Send, Settled, Skip
from bot.services import planning
from bot.services.conduct import Conduct, Verdict
from bot.services.planning import Standing
from bot.store import actions
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch


async def judge(tx: Transaction, due: Sequence[PlannedTouch], now: datetime) -> Sequence[Verdict]:
    # Locked, as whoever decides about one does: what is decided here is decided on what stays true until it is stored.
    held = await actions.held(tx, [ActionId(planned.subject) for planned in due])
    standing = {here.action.id: here for here in await planning.standings(tx, held, now)}
    return [_judged(planned, standing.get(ActionId(planned.subject)), now) for planned in due]


def _judged(planned: PlannedTouch, here: Standing | None, now: datetime) -> Verdict:
    if here is None:
        return Skip(Reason.CLOSED)
    if here.team.is_stopped:
        return Skip(Reason.STOPPED)
    verdict = pick(planned.touch, here.action, here.history, here.manner, now)
    return _item(planned, here, verdict) if isinstance(verdict, Send) else verdict


async def look(tx: Transaction, planned: PlannedTouch, now: datetime) -> Item | Reason:
    action = await actions.by_id(tx, ActionId(planned.subject))
    if action is None:
        return Reason.CLOSED
    here = await planning.standing(tx, action, now)
    today = here.manner.calendar.local_date(now)
    obstacle = _obstacle(action, planned) or _lateness(planned, today)
    if obstacle is not None:
        return obstacle
    left = here.manner.calendar.working_days_between(today, action.due_on) if action.due_on else None
    days = (action.due_on - today).days if action.due_on else None
    send = Send(planned.touch.rung, today, action.due_on, days, left)
    return _item(planned, here, send)


async def defer(tx: Transaction, planned: PlannedTouch, hold: Move, now: datetime) -> Skip | Move:
    action = await actions.by_id(tx, ActionId(planned.subject))
    if action is None:
        return Skip(Reason.CLOSED)
    here = await planning.standing(tx, action, now)
    return put_off(planned.touch, action, here.history, here.manner, now, hold)


async def follow(tx: Transaction, ended: Sequence[PlannedTouch], now: datetime) -> None:
    """Plans what comes next. A snooze that has ended is over: the ladder goes on as if it had not been."""
    held = await actions.held(tx, [ActionId(planned.subject) for planned in ended])
    awake = list[Standing]()
    for here in await planning.standings(tx, held, now):
        action = wake(here.action, here.manner.calendar.local_date(now))
        if action != here.action:
            await actions.put(tx, action)
            await planning.show(tx, action, now)
        awake.append(replace(here, action=action))
    await planning.replan_where(tx, awake, now)


CONDUCT = Conduct(judge, look, follow, defer)


def _item(planned: PlannedTouch, here: Standing, send: Send) -> Reminded:
    item = Reminded(planned.id, here.action, here.team, send)
    if send.rung is not Rung.ESCALATION_NOTICE:
        return item
    # Told today, the lead hears of it so many days from now.
    told = Settled(Rung.ESCALATION_NOTICE, send.local_day, Outcome.SENT)
    as_said = replace(here.leading, told_owner=(told,))
    still = replace(here.action, active_at=None)
    return replace(item, shown_on=leading.shown_on(still, as_said), lead=here.team.lead)


def _obstacle(action: ActionPoint, planned: PlannedTouch) -> Reason | None:
    """Why a reminder that was on its way is not to be said any more."""
    touch = planned.touch
    if action.state.closed:
        return Reason.CLOSED
    if action.owner != touch.recipient:
        return Reason.OTHER_OWNER
    if action.due_version != touch.version:
        return Reason.OTHER_VERSION
    asleep = action.snoozed_until is not None and touch.local_day < action.snoozed_until
    return Reason.SNOOZED if asleep else None


def _lateness(planned: PlannedTouch, today: date) -> Reason | None:
    """What was held up on its way says what is true today, or nothing: "due tomorrow" is not for the day after."""
    late = (today - planned.touch.local_day).days
    lasts = STALE_AFTER_DAYS if planned.touch.rung in (Rung.OVERDUE, Rung.WEEKLY, Rung.ESCALATION_NOTICE) else 1
    return Reason.LATE if late >= lasts else None
