"""The verbs of a channel's team. Each says back what it understood, with a way back."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.domain.delivery import Message
from bot.domain.ids import TeamId, UserId
from bot.domain.remind_commands import RemindDigest
from bot.domain.team_commands import (
    TeamAdd,
    TeamCommand,
    TeamLead,
    TeamLink,
    TeamRemove,
    TeamRename,
    TeamShow,
    TeamUnlink,
)
from bot.domain.teams import Team
from bot.handlers import homes
from bot.handlers.asked import Asked, Perform
from bot.handlers.deps import Deps
from bot.handlers.settings import meet
from bot.services import inforce, joining, leading, rights, visibility, visiting
from bot.services.chosen import Already, Chosen, NotYours, Outcome, Refused
from bot.services.visiting import Unseen
from bot.store import teams
from bot.store.database import Transaction
from bot.views import echo, saved, settings_saved, team_changed, team_shown, which

Change = Callable[[Transaction, TeamId, datetime], Awaitable[Outcome[Team]]]
Say = Callable[[Team], str]


async def show(deps: Deps, asked: Asked, command: TeamShow) -> Message:
    await meet(deps, asked.who)
    now = deps.now()
    async with deps.db.read(asked.who.tenant) as tx:
        team = await teams.of_channel(tx, asked.channel)
        if team is None or not await visibility.may_see(tx, team, asked.who.user, asked.channel):
            return which.no_such_team()
        may_change = await rights.may_change(tx, team, asked.who.user, now)
        return team_shown.build(await inforce.of_team(tx, deps.models, team, now), may_change=may_change)


async def rename(deps: Deps, asked: Asked, command: TeamRename) -> Message:
    user = asked.who.user
    return await _change(
        deps, asked, lambda tx, team, now: leading.rename(tx, user, team, command.name, now), team_changed.renamed
    )


async def link(deps: Deps, asked: Asked, command: TeamLink) -> Message:
    user = asked.who.user
    place = await visiting.place_of(deps.gateway, asked.who.tenant, command.channel, user)
    if isinstance(place, Unseen):
        return saved.refused(place.sentence)
    return await _change(
        deps, asked, lambda tx, team, now: leading.link(tx, user, team, place, now), team_changed.linked
    )


async def unlink(deps: Deps, asked: Asked, command: TeamUnlink) -> Message:
    user = asked.who.user
    return await _change(deps, asked, lambda tx, team, now: leading.unlink(tx, user, team, now), team_changed.unlinked)


async def lead(deps: Deps, asked: Asked, command: TeamLead) -> Message:
    user, new = asked.who.user, command.user
    return await _change(
        deps, asked, lambda tx, team, now: joining.lead(tx, user, team, new, now), team_changed.led, [new]
    )


async def add(deps: Deps, asked: Asked, command: TeamAdd) -> Message:
    user, new = asked.who.user, command.user
    return await _change(
        deps,
        asked,
        lambda tx, team, now: joining.add(tx, user, team, new, now),
        lambda team: team_changed.added(team, new),
        [new],
    )


async def remove(deps: Deps, asked: Asked, command: TeamRemove) -> Message:
    user, gone = asked.who.user, command.user
    return await _change(
        deps,
        asked,
        lambda tx, team, now: joining.remove(tx, user, team, gone, now),
        lambda team: team_changed.removed(team, gone),
    )


async def digest(deps: Deps, asked: Asked, command: RemindDigest) -> Message:
    """The week of the channel's team: its day and its hour, and that there is one."""
    await meet(deps, asked.who)
    now = deps.now()
    async with deps.begin(asked.who.tenant) as tx:
        team = await teams.of_channel(tx, asked.channel)
        if team is None:
            return saved.refused(settings_saved.NOT_YOURS)
        outcome = await leading.choose(
            tx,
            asked.who.user,
            team.id,
            lambda chosen: replace(chosen, digests=True, digest_day=command.day, digest_at=command.at),
            now,
        )
        holds = await inforce.of_team(tx, deps.models, team, now)
    deps.wake()
    match outcome:
        case Chosen(before=before, undo=undo):
            return team_shown.changed(before, holds, undo)
        case Already():
            return saved.refused(team_changed.so_already(team))
        case Refused():
            return saved.refused(outcome.sentence)
        case NotYours():
            return saved.refused(settings_saved.NOT_YOURS)
        case _:
            assert_never(outcome)


PERFORMS: Mapping[type[TeamCommand | RemindDigest], Perform] = {
    RemindDigest: digest,
    TeamAdd: add,
    TeamLead: lead,
    TeamLink: link,
    TeamRemove: remove,
    TeamRename: rename,
    TeamShow: show,
    TeamUnlink: unlink,
}


async def _change(deps: Deps, asked: Asked, change: Change, say: Say, named: Collection[UserId] = ()) -> Message:
    """``named``: whom Slack is asked about before they are given something."""
    await meet(deps, asked.who, named)
    async with deps.begin(asked.who.tenant) as tx:
        team = await teams.of_channel(tx, asked.channel)
        outcome = await change(tx, team.id, deps.now()) if team else NotYours()
    deps.wake()
    if isinstance(outcome, Chosen):
        homes.refresh(deps, asked.who)
    return told(outcome, say)


def told(outcome: Outcome[Team], say: Say) -> Message:
    match outcome:
        case Chosen(after=after, undo=undo):
            return echo.changed(say(after), undo)
        case Already(now=team):
            return saved.refused(team_changed.so_already(team))
        case Refused():
            return saved.refused(outcome.sentence)
        case NotYours():
            return saved.refused(settings_saved.NOT_YOURS)
        case _:
            assert_never(outcome)
