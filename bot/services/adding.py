"""A new action point by command, or made of a message: it has its card at once."""

import hashlib
from dataclasses import dataclass

from bot.domain import adding
from bot.domain.actions import ActionPoint, Confirm, Refused
from bot.domain.adding import Wanted
from bot.domain.ids import ActionId, CardId, UndoId
from bot.domain.teams import Team
from bot.services import acting, calendars, carding, deciding, planning, rights
from bot.services.deciding import By, NotYours
from bot.store import actions, members, people, teams
from bot.store.database import Transaction

ORIGIN = "added:"


@dataclass(frozen=True, slots=True)
class Added:
    action: ActionPoint
    team: Team
    undo: UndoId


async def add(
    tx: Transaction, team: Team, wanted: Wanted, by: By, occasion: str, *, confirmed: bool = False
) -> Added | Refused | Confirm | NotYours:
    """``occasion``: what the form or the request is known by; told of it twice, one action point is made."""
    if not await _may_add(tx, team, by):
        return NotYours()
    if wanted.owner and not await acting.can_own(tx, wanted.owner):
        return Refused(acting.GUESTS)
    calendar = await calendars.of_owner(tx, wanted.owner or by.user, team, by.now)
    flaw = adding.flaw(wanted, calendar.local_date(by.now), confirmed=confirmed)
    if flaw is not None:
        return flaw
    await teams.hold(tx, team.id)
    action_id = _id_of(tx, occasion)
    made, card = await actions.by_id(tx, action_id), None
    if made is None:
        made, card = await _make(tx, action_id, team, wanted, by)
    queued = [carding.key_of(card)] if card else []
    return Added(made, team, await deciding.remember(tx, None, made, by, queued))


async def _may_add(tx: Transaction, team: Team, by: By) -> bool:
    here = by.here == team.place.channel
    return here or await members.belongs(tx, team.id, by.user) or await rights.is_admin(tx, by.user, by.now)


async def _make(
    tx: Transaction, action_id: ActionId, team: Team, wanted: Wanted, by: By
) -> tuple[ActionPoint, CardId | None]:
    """The card is None where it shares one that is there."""
    (number,) = await teams.take_numbers(tx, team.id, 1)
    action = adding.made(action_id, team.id, number, wanted, by.user, by.now)
    shared = await carding.crowded(tx, team, by.now)
    card = shared or await carding.post(tx, team, by.now)
    await actions.add(tx, None, card, f"{ORIGIN}{action_id}", action, by.now)
    if action.owner:
        await people.meet(tx, action.owner, by.now)
    await planning.replan(tx, action, by.now)
    if shared:
        await planning.show(tx, action, by.now)
    return action, None if shared else card


def _id_of(tx: Transaction, occasion: str) -> ActionId:
    return ActionId(hashlib.sha256(f"{tx.tenant}:{occasion}".encode()).hexdigest()[:32])
