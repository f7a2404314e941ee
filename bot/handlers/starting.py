"""Starting and resuming, as it was asked for in words: for whichever team, about what, with or without names."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.commands import parsing
from bot.domain.command_text import text_of
from bot.domain.commands import Resume, Start
from bot.domain.delivery import Message
from bot.domain.ids import ChannelId
from bot.domain.naming import Draft, InChannel, Named
from bot.domain.teams import Team
from bot.domain.turn import Round
from bot.handlers import opening, request
from bot.handlers.asked import Asked, Perform
from bot.handlers.deps import Deps
from bot.handlers.request import Spot
from bot.handlers.whispering import whisper
from bot.services import resuming, visibility, visiting
from bot.services.visibility import NoSuchTeam, SeveralTeams
from bot.services.visiting import Unseen
from bot.slack.gate import Payload
from bot.store import teams
from bot.views import saved
from bot.views import team as team_view
from bot.views.blocks import View

PATIENCE_SECONDS = 1.5  # of the three within which a form has to be opened


async def start(deps: Deps, asked: Asked, command: Start) -> Message | None:
    if asked.trigger is None:
        here = command if command.team else replace(command, team=InChannel(asked.channel))
        return saved.start_here(text_of(here))
    back = command.team.channel if isinstance(command.team, InChannel) else asked.channel
    where = Spot(asked.channel, asked.thread)
    opening.open_later(deps, asked.who, asked.trigger, partial(_first, deps, asked, command), where, back)
    return None


async def resume(deps: Deps, asked: Asked, command: Resume) -> Message | None:
    """Where they left off, else a button to start. A slow store is not waited for: then the form comes in any case."""
    looking = asyncio.ensure_future(_left_off(deps, asked, command))
    done, _ = await asyncio.wait({looking}, timeout=PATIENCE_SECONDS)
    if not done:
        looking.cancel()
        return await start(deps, asked, Start(None if isinstance(command.what, Draft) else command.what))
    team = looking.result()
    if team is None:
        meant = command.what.channel if isinstance(command.what, InChannel) else asked.channel
        return saved.nothing_to_resume(meant)
    return await start(deps, asked, Start(InChannel(team.place.channel)))


PERFORMS: Mapping[type[Any], Perform] = {Start: start, Resume: resume}


async def press(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A button that carries what was asked for in words."""
    await ack()
    who, where = request.asker(context, body), request.spot(body)
    command = parsing.parse(request.pressed(body), deps.now().date(), lambda day, number: day)
    if isinstance(command, Start) and where is not None:
        asked = Asked(who, where.channel, thread=where.thread, trigger=str(body["trigger_id"]))
        whisper(deps, who, where, await start(deps, asked, command))


async def _left_off(deps: Deps, asked: Asked, command: Resume) -> Team | None:
    async with deps.db.read(asked.who.tenant) as tx:
        return await resuming.left_off(tx, command.what, asked.channel, asked.who.user)


async def _first(deps: Deps, asked: Asked, command: Start) -> View:
    meant = Round(command.scope, command.anonymous)
    match command.team:
        case None:
            return await opening.of_channel(deps, asked.who, asked.channel, asked.channel_name, meant)
        case InChannel(channel=channel) if channel == asked.channel:
            return await opening.of_channel(deps, asked.who, channel, asked.channel_name, meant)
        case InChannel(channel=channel):
            return await _elsewhere(deps, asked, channel, meant)
        case Named():
            return await _named(deps, asked, command.team, meant)
        case _:
            assert_never(command.team)


async def _elsewhere(deps: Deps, asked: Asked, channel: ChannelId, meant: Round) -> View:
    """The team of another channel, or a first one there: for whoever may see it."""
    async with deps.db.read(asked.who.tenant) as tx:
        if await teams.of_channel(tx, channel) is not None:
            found = await visibility.meant(tx, InChannel(channel), asked.channel, asked.who.user)
            return await _of(deps, asked, found, meant)
    place = await visiting.place_of(deps.gateway, asked.who.tenant, channel, asked.who.user)
    if isinstance(place, Unseen):
        return await _choose(deps, asked, place.sentence, meant)
    return await opening.of_place(deps, asked.who, place, meant)


async def _named(deps: Deps, asked: Asked, ref: Named, meant: Round) -> View:
    async with deps.db.read(asked.who.tenant) as tx:
        found = await visibility.meant(tx, ref, asked.channel, asked.who.user)
    return await _of(deps, asked, found, meant)


async def _of(deps: Deps, asked: Asked, found: Team | SeveralTeams | NoSuchTeam, meant: Round) -> View:
    match found:
        case Team():
            return await opening.of_place(deps, asked.who, found.place, meant)
        case SeveralTeams(teams=several):
            return team_view.build(several, None, meant)
        case NoSuchTeam():
            return await _choose(deps, asked, team_view.NOT_VISIBLE, meant)
        case _:
            assert_never(found)


async def _choose(deps: Deps, asked: Asked, why: str, meant: Round) -> View:
    async with deps.db.read(asked.who.tenant) as tx:
        known = await teams.visible_to(tx, asked.who.user, visibility.MOST_TEAMS)
    return team_view.build(known, why, meant)
