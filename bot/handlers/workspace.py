"""The verbs of admins about the workspace: its defaults, its admins, and teams that are stopped."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from bot.domain.admin_commands import (
    AdminCommand,
    AdminGrant,
    AdminHolidays,
    AdminRoles,
    AdminStart,
    AdminStop,
    PolicyDigest,
    PolicyProfile,
    PolicyZone,
)
from bot.domain.delivery import Message
from bot.domain.teams import Team
from bot.handlers.asked import Asked, Perform
from bot.handlers.choosing import unclear
from bot.handlers.deps import Deps
from bot.handlers.settings import meet
from bot.handlers.team import told
from bot.services import governing, inforce, leading, replanning, rights, visibility
from bot.services.chosen import Already, Chosen, NotYours, Refused
from bot.services.governing import Wanted
from bot.views import echo, saved, settings_saved, team_changed, workspace_shown


async def roles(deps: Deps, asked: Asked, command: AdminRoles) -> Message:
    await meet(deps, asked.who)
    async with deps.db.read(asked.who.tenant) as tx:
        if not await rights.is_admin(tx, asked.who.user, deps.now()):
            return saved.refused(settings_saved.NOT_YOURS)
        return workspace_shown.roles(await inforce.of_workspace(tx))


async def grant(deps: Deps, asked: Asked, command: AdminGrant) -> Message:
    who, now = asked.who, deps.now()
    await meet(deps, who, [command.user])
    async with deps.begin(who.tenant) as tx:
        outcome = await governing.grant(tx, who.user, command.role, command.user, now)
    match outcome:
        case Chosen(undo=undo):
            return echo.changed(workspace_shown.granted(command.user), undo)
        case Already():
            return saved.refused(workspace_shown.is_admin_already(command.user))
        case Refused():
            return saved.refused(outcome.sentence)
        case NotYours():
            return saved.refused(settings_saved.NOT_YOURS)
        case _:
            assert_never(outcome)


async def holidays(deps: Deps, asked: Asked, command: AdminHolidays) -> Message:
    return await _choose(deps, asked, lambda policy: replace(policy, country=command.country))


async def profile(deps: Deps, asked: Asked, command: PolicyProfile) -> Message:
    return await _choose(deps, asked, lambda policy: replace(policy, profile=command.profile))


async def zone(deps: Deps, asked: Asked, command: PolicyZone) -> Message:
    return await _choose(deps, asked, lambda policy: replace(policy, zone=command.name))


async def digest(deps: Deps, asked: Asked, command: PolicyDigest) -> Message:
    return await _choose(deps, asked, lambda policy: replace(policy, digest_day=command.day, digest_at=command.at))


async def stop(deps: Deps, asked: Asked, command: AdminStop | AdminStart) -> Message:
    """Stops what the bot says by itself about a team, or lets it go on."""
    await meet(deps, asked.who)
    starts, now = isinstance(command, AdminStart), deps.now()
    async with deps.begin(asked.who.tenant) as tx:
        if not await rights.is_admin(tx, asked.who.user, now):
            return saved.refused(settings_saved.NOT_YOURS)
        team = await visibility.meant_by_admin(tx, command.team)
        if not isinstance(team, Team):
            return unclear(team, lambda ref: replace(command, team=ref))
        outcome = await leading.stop(tx, asked.who.user, team.id, now, starts=starts)
    deps.wake()
    return told(outcome, team_changed.started if starts else team_changed.stopped)


PERFORMS: Mapping[type[AdminCommand], Perform] = {
    AdminGrant: grant,
    AdminHolidays: holidays,
    AdminRoles: roles,
    AdminStart: stop,
    AdminStop: stop,
    PolicyDigest: digest,
    PolicyProfile: profile,
    PolicyZone: zone,
}


async def _choose(deps: Deps, asked: Asked, wanted: Wanted) -> Message:
    await meet(deps, asked.who)
    who, now = asked.who, deps.now()
    async with deps.begin(who.tenant) as tx:
        outcome = await governing.choose(tx, who.user, wanted, now)
        holds = await inforce.of_workspace(tx)
    match outcome:
        case Chosen(before=before, undo=undo):
            deps.afterwards.begin(replanning.of_workspace(deps.db, who.tenant, now))
            return workspace_shown.changed(before, holds, undo)
        case Already():
            return saved.refused("Nothing was changed: it is so already.")
        case Refused():
            return saved.refused(outcome.sentence)
        case NotYours():
            return saved.refused(settings_saved.NOT_YOURS)
        case _:
            assert_never(outcome)
