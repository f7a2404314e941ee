"""What a team's lead, or an admin, chooses for the team: its settings, its name, its channel."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import bounds, remembered
from bot.domain.audited import Audited
from bot.domain.bounds import Field, Problems
from bot.domain.channels import Lost
from bot.domain.ids import TeamId, UserId
from bot.domain.preferences import TeamSettings
from bot.domain.remembered import Values
from bot.domain.teams import Place, Team
from bot.services import moving, replanning, rights, undoing
from bot.services.choosing import zone_or_problem
from bot.services.chosen import Already, Chosen, NotYours, Outcome, Refused
from bot.services.undoing import Kind
from bot.store import audits, choices, housing, teams
from bot.store.database import Transaction

Wanted = Callable[[TeamSettings], TeamSettings]
Change = Callable[[Team], Awaitable[Team | Refused]]


@dataclass(frozen=True, slots=True)
class Settled:
    settings: Chosen[TeamSettings] | Already[TeamSettings]
    stopped: Chosen[Team] | None


async def choose(
    tx: Transaction, actor: UserId, team_id: TeamId, wanted: Wanted, now: datetime
) -> Outcome[TeamSettings]:
    """``wanted``: what was chosen before, with what is chosen now. The zone may be as it was typed."""
    team = await rights.team_to_change(tx, team_id, actor, now)
    if team is None:
        return NotYours()
    before = await choices.of_team(tx, team_id)
    wish = wanted(before)
    zone, no_zone = zone_or_problem(wish.zone)
    problems = {**bounds.of_team(wish, is_private=team.place.is_private), **no_zone}
    if problems:
        return Refused(problems)
    own_channel = wish.announce_to == team.place.channel
    after = replace(wish, zone=zone, announce_to=None if own_channel else wish.announce_to)
    if after == before:
        return Already(before)
    await choices.choose_for_team(tx, team_id, after)
    changed = remembered.difference(remembered.of_team(before), remembered.of_team(after))
    undo = await undoing.remember(tx, actor, Kind.TEAM, team_id, *changed, now)
    moves = (before.zone, before.digest_day) != (after.zone, after.digest_day)
    await replanning.of_team(tx, team, now, reminders=moves)
    return Chosen(before, after, undo)


async def settle(
    tx: Transaction, actor: UserId, team_id: TeamId, wanted: Wanted, starts: bool | None, now: datetime
) -> Settled | Refused | NotYours:
    """What one form asks for. ``starts``: whether an admin stops the team or lets it go on; None: neither."""
    settings = await choose(tx, actor, team_id, wanted, now)
    if isinstance(settings, Refused | NotYours):
        return settings
    stopped = None if starts is None else await stop(tx, actor, team_id, now, starts=starts)
    return Settled(settings, stopped if isinstance(stopped, Chosen) else None)


async def rename(tx: Transaction, actor: UserId, team_id: TeamId, typed: str, now: datetime) -> Outcome[Team]:
    name = bounds.name(typed)

    async def renamed(team: Team) -> Team | Refused:
        problems = bounds.of_name(name)
        return Refused(problems) if problems else replace(team, place=replace(team.place, name=name))

    return await _change(tx, actor, team_id, renamed, now)


async def link(tx: Transaction, actor: UserId, team_id: TeamId, place: Place, now: datetime) -> Outcome[Team]:
    """``place``: a channel that the bot can speak in, and the actor see. The team keeps its name."""

    async def linked(team: Team) -> Team | Refused:
        if problems := await taken(tx, team, place):
            return Refused(problems)
        await housing.call(tx, team.id, place.name)
        return replace(team, place=replace(place, name=team.place.name), suspended=None)

    return await _change(tx, actor, team_id, linked, now)


async def taken(tx: Transaction, team: Team, place: Place) -> Problems:
    """A team is where a channel is: two cannot share one."""
    there = await teams.of_channel(tx, place.channel)
    sentence = "That channel has a team of its own already. Please choose another one."
    return {} if there is None or there.id == team.id else {Field.CHANNEL: sentence}


async def unlink(tx: Transaction, actor: UserId, team_id: TeamId, now: datetime) -> Outcome[Team]:
    """Nothing is said in the channel any more; everything that is stored stays."""

    async def unlinked(team: Team) -> Team:
        return replace(team, suspended=Lost.UNLINKED)

    return await _change(tx, actor, team_id, unlinked, now)


async def stop(
    tx: Transaction, actor: UserId, team_id: TeamId, now: datetime, *, starts: bool = False
) -> Outcome[Team]:
    """For admins alone: everything that the bot says by itself about a team, until it is started again."""
    if not await rights.is_admin(tx, actor, now):
        return NotYours()

    async def stopped(team: Team) -> Team:
        return replace(team, is_stopped=not starts)

    return await _change(tx, actor, team_id, stopped, now)


async def note_stop(tx: Transaction, actor: UserId, before: Team, after: Team, now: datetime) -> None:
    if before.is_stopped != after.is_stopped:
        what = Audited.TEAM_STOPPED if after.is_stopped else Audited.TEAM_STARTED
        await audits.note(tx, actor, what, after.id, now)


def values_of(team: Team) -> Values:
    """What can be changed of a team beside its settings and its lead."""
    place = team.place
    return {
        "channel": place.channel,
        "name": place.name,
        "private": place.is_private,
        "stopped": team.is_stopped,
        "suspended": team.suspended,
    }


async def _change(tx: Transaction, actor: UserId, team_id: TeamId, change: Change, now: datetime) -> Outcome[Team]:
    before = await rights.team_to_change(tx, team_id, actor, now)
    if before is None:
        return NotYours()
    after = await change(before)
    if isinstance(after, Refused):
        return after
    if after == before:
        return Already(before)
    await teams.put(tx, after, now)
    await note_stop(tx, actor, before, after, now)
    await moving.settled(tx, before, after, now)
    changed = remembered.difference(values_of(before), values_of(after))
    undo = await undoing.remember(tx, actor, Kind.TEAM, team_id, *changed, now)
    is_only_renamed = replace(before, place=replace(before.place, name=after.name)) == after
    await replanning.of_team(tx, after, now, reminders=not is_only_renamed)
    return Chosen(before, after, undo)
