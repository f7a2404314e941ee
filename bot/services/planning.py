"""Plan on change: whatever changes an action point computes its next touches, and a tick reads only what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.domain import leading
from bot.domain.actions import ActionPoint, Changed
from bot.domain.decisions import stall
from bot.domain.ids import UserId
from bot.domain.leading import Leading
from bot.domain.notices import CardEdit
from bot.domain.reminders import Manner, next_touch
from bot.domain.teams import Team
from bot.domain.touches import Settled, Stall, Touch, Track
from bot.services import calendars, drafting, rhythm
from bot.services.calendars import Surroundings
from bot.store import actions, cards, outbox, teams, told, touches
from bot.store.database import Transaction

TO_LEADS = (Track.LEAD, Track.OWNERLESS, Track.HANDOVER)


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that a decision about an action point's touches rests on."""

    action: ActionPoint
    team: Team
    around: Surroundings
    told: Mapping[Track, Sequence[Settled]]  # of its present version

    @property
    def history(self) -> tuple[Settled, ...]:
        return tuple(self.told.get(Track.OWNER, ()))

    @property
    def manner(self) -> Manner:
        # What belongs to nobody goes by its lead's days.
        where = self.around.person(self.action.owner or self.team.lead)
        return Manner(where.calendar, where.profile, self.around.digest_day, self.team.lead)

    @property
    def leading(self) -> Leading:
        lead = self.team.lead
        return Leading(lead, self.around.person(lead).calendar, self.manner.calendar, self.history, self.told)


async def standing(tx: Transaction, action: ActionPoint, now: datetime) -> Standing:
    team = await tx.once(("team", action.team), partial(teams.by_id, tx, action.team))
    around = await calendars.around(tx, team, [action.owner], now)
    return Standing(action, team, around, await told.histories_of(tx, action.id, action.due_version))


async def replan(tx: Transaction, action: ActionPoint, now: datetime) -> None:
    """Stores the action's next touches; an action whose ladder has ended is stalled from now on."""
    await replan_where(tx, await standing(tx, action, now), now)


async def replan_where(tx: Transaction, here: Standing, now: datetime) -> None:
    """The same, where it is known how the action stands."""
    action = here.action
    if here.team.is_stopped:
        # A team that an admin stopped is not spoken of.
        await touches.plan(tx, action.id, dict.fromkeys((Track.OWNER, *TO_LEADS)), now)
        return
    plan = next_touch(action, here.history, here.manner)
    own = plan if isinstance(plan, Touch) else None
    await touches.plan(tx, action.id, {Track.OWNER: own, **leading.touches(action, here.leading)}, now)
    if isinstance(plan, Stall):
        await _stall(tx, action, now)


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
    await drafting.replan_of(tx, owner, now)
    await rhythm.replan_led(tx, owner, now)


async def show(tx: Transaction, action: ActionPoint, now: datetime) -> None:
    """Has the action's card drawn anew."""
    card = await cards.of_action(tx, action.id)
    await outbox.enqueue_edit(tx, CardEdit(card.id), card.channel, card.id, now)
