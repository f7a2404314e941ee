"""Plan on change: whatever changes an action point computes its next touches, and a tick reads only what is due."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.domain import leading
from bot.domain.actions import ActionPoint, Changed
from bot.domain.decisions import stall
from bot.domain.ids import UserId
from bot.domain.leading import Leading
from bot.domain.notices import CardEdit
from bot.domain.reminders import Manner, next_touch
from bot.domain.teams import Team
from bot.domain.touches import Rest, Settled, Stall, Touch, Track
from bot.services import calendars
from bot.services.calendars import Surroundings
from bot.store import actions, outbox, teams, told, touches
from bot.store.database import Transaction

TO_LEADS = (Track.LEAD, Track.OWNERLESS, Track.HANDOVER)


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that a decision about an action point's touches rests on."""

    action: ActionPoint
    team: Team
    around: Surroundings
    history: tuple[Settled, ...]  # on its owner's track, of its present version

    @property
    def manner(self) -> Manner:
        # What belongs to nobody goes by its lead's days.
        where = self.around.person(self.action.owner or self.team.lead)
        return Manner(where.calendar, where.profile, self.around.digest_day, self.team.lead)


async def standing(tx: Transaction, action: ActionPoint, now: datetime) -> Standing:
    team = await teams.by_id(tx, action.team)
    around = await calendars.around(tx, team, [action.owner], now)
    history = await told.history_of(tx, Track.OWNER, action.id, action.due_version)
    return Standing(action, team, around, tuple(history))


async def replan(tx: Transaction, action: ActionPoint, now: datetime) -> None:
    """Stores the action's next touches; an action whose ladder has ended is stalled from now on."""
    here = await standing(tx, action, now)
    # A team that an admin stopped is not spoken of.
    plan = None if here.team.is_stopped else next_touch(action, here.history, here.manner)
    match plan:
        case Touch() | None:
            await touches.plan(tx, Track.OWNER, action.id, plan, now)
        case Rest():
            await touches.plan(tx, Track.OWNER, action.id, None, now)
        case Stall():
            await touches.plan(tx, Track.OWNER, action.id, None, now)
            await _stall(tx, action, now)
        case _:
            assert_never(plan)
    await _replan_leads(tx, here, now)


async def leading_of(tx: Transaction, here: Standing) -> Leading:
    """What its lead was told of the action's present version, and by whose days each is spoken to."""
    action, lead = here.action, here.team.lead
    return Leading(
        lead,
        here.around.person(lead).calendar,
        here.manner.calendar,
        here.history,
        {track: await told.history_of(tx, track, action.id, action.due_version) for track in TO_LEADS},
    )


async def _replan_leads(tx: Transaction, here: Standing, now: datetime) -> None:
    planned = leading.touches(here.action, await leading_of(tx, here))
    for track, touch in planned.items():
        await touches.plan(tx, track, here.action.id, None if here.team.is_stopped else touch, now)


async def _stall(tx: Transaction, action: ActionPoint, now: datetime) -> None:
    match stall(action):
        case Changed(action=stalled):
            await actions.put(tx, stalled)
            await show(tx, stalled, now)
        case _:
            pass


async def replan_owner(tx: Transaction, owner: UserId, now: datetime) -> None:
    """After a person's zone or wishes changed: what was not said yet is said by the new ones."""
    for action in await actions.open_of_owner(tx, owner, at_most=1000):
        await replan(tx, action, now)


async def show(tx: Transaction, action: ActionPoint, now: datetime) -> None:
    """Has the action's card drawn anew."""
    card = await actions.card_of(tx, action.id)
    await outbox.enqueue_edit(tx, CardEdit(card.id), card.channel, card.id, now)
