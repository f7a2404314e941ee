"""Plan on change: whatever changes an action point computes its next touches, and a tick reads only what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import leading
from bot.domain.actions import ActionPoint, Changed
from bot.domain.decisions import stall
from bot.domain.ids import TeamId, UserId
from bot.domain.leading import Leading
from bot.domain.notices import CardEdit
from bot.domain.reminders import Manner, next_touch
from bot.domain.teams import Team
from bot.domain.touches import Settled, Stall, Touch, Track
from bot.services import calendars, drafting, rhythm
from bot.services.calendars import Surroundings
from bot.store import actions, cards, outbox, plans, told
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
    (here,) = await standings(tx, [action], now)
    return here


async def standings(tx: Transaction, some: Sequence[ActionPoint], now: datetime) -> Sequence[Standing]:
    """How each of them stands: a team's are read together."""
    if not some:
        return []
    owners: dict[TeamId, set[UserId | None]] = {}
    for action in some:
        owners.setdefault(action.team, set()).add(action.owner)
    around = {team: await calendars.around_team(tx, team, people, now) for team, people in owners.items()}
    said = await told.histories(tx, {action.id: action.due_version for action in some})
    return [Standing(action, *around[action.team], said[action.id]) for action in some]


async def replan(tx: Transaction, action: ActionPoint, now: datetime) -> None:
    """Stores the action's next touches; an action whose ladder has ended is stalled from now on."""
    await replan_all(tx, [action], now)


async def replan_all(tx: Transaction, some: Sequence[ActionPoint], now: datetime) -> None:
    """The same for many: what hangs on a change of a person, a team or a workspace."""
    await replan_where(tx, await standings(tx, some, now), now)


async def replan_where(tx: Transaction, some: Sequence[Standing], now: datetime) -> None:
    """The same, where it is known how they stand."""
    wanted, ended = dict[str, plans.Wanted](), list[ActionPoint]()
    for here in some:
        action = here.action
        if here.team.is_stopped:
            # A team that an admin stopped is not spoken of.
            wanted[action.id] = dict.fromkeys((Track.OWNER, *TO_LEADS))
            continue
        plan = next_touch(action, here.history, here.manner)
        own = plan if isinstance(plan, Touch) else None
        wanted[action.id] = {Track.OWNER: own, **leading.touches(action, here.leading)}
        if isinstance(plan, Stall):
            ended.append(action)
    await plans.put_all(tx, wanted, now)
    for action in ended:
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
    await replan_all(tx, await actions.open_of_owner(tx, owner, at_most=1000), now)
    await drafting.replan_of(tx, owner, now)
    await rhythm.replan_led(tx, owner, now)


async def show(tx: Transaction, action: ActionPoint, now: datetime) -> None:
    """Has the action's card drawn anew."""
    card = await cards.of_action(tx, action.id)
    await outbox.enqueue_edit(tx, CardEdit(card.id), card.channel, card.id, now)
