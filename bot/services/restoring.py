"""How each change of a setting is taken back: put as it was, where it still is as the change left it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain import remembered
from bot.domain.audited import Audited
from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.preferences import Role, TeamSettings
from bot.domain.remembered import Values
from bot.domain.teams import Place, Team
from bot.services import joining, leading, moving, replanning, rights, taking_back
from bot.services.undoing import Kind, Restore
from bot.store import audits, choices, leads, members, outbox, people, teams
from bot.store.database import Transaction
from bot.store.undos import Undo

UNDONE = "taken back before it was told"


async def person(tx: Transaction, undo: Undo, now: datetime) -> bool:
    user = UserId(undo.subject)
    known = await people.hold(tx, user)
    present = remembered.of_person(known.chosen) if known else {}
    restored = remembered.put_back(present, undo.before, undo.after)
    if restored is None:
        return False
    await people.choose(tx, user, remembered.person(restored))
    await replanning.of_person(tx, user, now)
    return True


async def team(tx: Transaction, undo: Undo, now: datetime) -> bool:
    """Its settings, its name and its channel alike: each by its own name."""
    held = await rights.team_to_change(tx, TeamId(undo.subject), undo.actor, now)
    if held is None:
        return False
    settings = await choices.of_team(tx, held.id)
    present = {**remembered.of_team(settings), **leading.values_of(held)}
    restored = remembered.put_back(present, undo.before, undo.after)
    if restored is None or not await _is_free(tx, held, restored):
        return False
    await _put(tx, undo, held, settings, restored, now)
    return True


async def lead(tx: Transaction, undo: Undo, now: datetime) -> bool:
    """Whoever gave the lead away may take that back, although they lead no more: nobody has changed it since."""
    held = await teams.hold(tx, TeamId(undo.subject))
    before = UserId(undo.before["lead"])
    if held is None or held.lead != undo.after["lead"] or await rights.has_left(tx, before):
        return False
    await leads.give(tx, held.id, before)
    await outbox.cancel_each(tx, [joining.told_of(undo.id)], UNDONE, now)
    await audits.note(tx, undo.actor, Audited.LEAD_CHANGED, held.id, now)
    await replanning.of_team(tx, replace(held, lead=before), now)
    return True


async def member(tx: Transaction, undo: Undo, now: datetime) -> bool:
    held = await rights.team_to_change(tx, TeamId(undo.subject), undo.actor, now)
    if held is None:
        return False
    user = UserId(undo.after["user"])
    if undo.after["is_member"]:
        await outbox.cancel_each(tx, [joining.told_of(undo.id)], UNDONE, now)
        return await members.remove(tx, held.id, user)
    return not await rights.has_left(tx, user) and await members.add(tx, held.id, user, undo.actor, now)


async def policy(tx: Transaction, undo: Undo, now: datetime) -> bool:
    present = remembered.of_workspace(await choices.of_workspace(tx))
    restored = remembered.put_back(present, undo.before, undo.after)
    if restored is None or not await rights.is_admin(tx, undo.actor, now):
        return False
    await choices.choose_for_workspace(tx, remembered.workspace(restored))
    return True


async def role(tx: Transaction, undo: Undo, now: datetime) -> bool:
    if not await rights.is_admin(tx, undo.actor, now):
        return False
    if not await members.revoke(tx, Role(undo.after["role"]), UserId(undo.subject)):
        return False
    await audits.note(tx, undo.actor, Audited.ROLE_REVOKED, undo.subject, now)
    return True


RESTORES: Mapping[Kind, Restore] = {
    Kind.ACTION: taking_back.action,
    Kind.PERSON: person,
    Kind.TEAM: team,
    Kind.LEAD: lead,
    Kind.MEMBER: member,
    Kind.POLICY: policy,
    Kind.ROLE: role,
}


async def _is_free(tx: Transaction, held: Team, restored: Values) -> bool:
    """Another team may have the channel by now."""
    there = await teams.of_channel(tx, ChannelId(restored["channel"]))
    return there is None or there.id == held.id


async def _put(
    tx: Transaction, undo: Undo, held: Team, settings: TeamSettings, restored: Values, now: datetime
) -> None:
    place = Place(ChannelId(restored["channel"]), restored["name"], restored["private"])
    was = replace(held, place=place, is_stopped=restored["stopped"], suspended=restored["suspended"])
    if was != held:
        await teams.put(tx, was, now)
        await leading.note_stop(tx, undo.actor, held, was, now)
        await moving.settled(tx, held, was, now)
    if (chosen := remembered.team(restored)) != settings:
        await choices.choose_for_team(tx, held.id, chosen)
    await replanning.of_team(tx, was, now)
