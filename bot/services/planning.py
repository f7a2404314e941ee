"""Plan on change: whatever changes an action point computes its one next touch, and a tick reads only what is due."""

from datetime import datetime
from typing import assert_never

from bot.domain.actions import ActionPoint, Changed
from bot.domain.decisions import stall
from bot.domain.ids import UserId
from bot.domain.notices import CardEdit
from bot.domain.reminders import next_touch
from bot.domain.touches import Rest, Stall, Touch, Track
from bot.services import calendars
from bot.store import actions, outbox, teams, told, touches
from bot.store.database import Transaction


async def replan(tx: Transaction, action: ActionPoint, now: datetime) -> None:
    """Stores the action's next touch; an action whose ladder has ended is stalled from now on."""
    team = await teams.by_id(tx, action.team)
    calendar = await calendars.of_owner(tx, action.owner, team, now)
    history = await told.history_of(tx, Track.OWNER, action.id, action.due_version)
    plan = next_touch(action, history, calendar)
    match plan:
        case Touch():
            await touches.plan(tx, Track.OWNER, action.id, plan, now)
        case Rest():
            await touches.plan(tx, Track.OWNER, action.id, None, now)
        case Stall():
            await touches.plan(tx, Track.OWNER, action.id, None, now)
            match stall(action):
                case Changed(action=stalled):
                    await actions.put(tx, stalled)
                    await show(tx, stalled, now)
                case _:
                    pass
        case _:
            assert_never(plan)


async def replan_owner(tx: Transaction, owner: UserId, now: datetime) -> None:
    """After a person's zone changed: what was not said yet is said by the new one's clock."""
    for action in await actions.open_of_owner(tx, owner, at_most=1000):
        await replan(tx, action, now)


async def show(tx: Transaction, action: ActionPoint, now: datetime) -> None:
    """Has the action's card drawn anew."""
    card = await actions.card_of(tx, action.id)
    await outbox.enqueue_edit(tx, CardEdit(card.id), card.channel, card.id, now)
