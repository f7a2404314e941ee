"""How a team stands and how it came there, for whoever asks and may see it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.commands import History, Status
from bot.domain.delivery import Message
from bot.domain.ids import TeamId
from bot.domain.notices import HistoryPost, StatusPost
from bot.domain.teams import Team
from bot.handlers import request
from bot.handlers.asked import Asked, Perform
from bot.handlers.choosing import unclear
from bot.handlers.deps import Deps
from bot.handlers.whispering import whisper
from bot.services import meeting, sharing, surveying, visibility
from bot.slack.gate import Payload
from bot.store import outbox, teams
from bot.store.database import Transaction
from bot.views import history as history_view
from bot.views import saved, which
from bot.views import status as status_view

ON_ITS_WAY = "It is on its way to this channel."
ONLY_THERE = "A private team is shown in its own channel only, and to you alone. Leave out `--public` to see it here."
SHARED = "People of another organisation read this channel, so no score is shown in it. Leave out `--public` to see it."
Draw = Callable[[Transaction, Deps, Team], Awaitable[Message]]
DIRECT = "D"  # with which the id of a conversation between two begins: there is nobody else to show it to


async def status(deps: Deps, asked: Asked, command: Status) -> Message | None:
    await _meet(deps, asked)
    async with deps.db.read(asked.who.tenant) as tx:
        team = await visibility.meant(tx, command.team, asked.channel, asked.who.user)
        if not isinstance(team, Team):
            return unclear(team, lambda ref: replace(command, team=ref))
        if not _is_public(command, asked):
            return status_view.build(await surveying.status(tx, deps.models, team, deps.now()))
    return await _post(deps, asked, team, StatusPost(team.id))


async def history(deps: Deps, asked: Asked, command: History) -> Message | None:
    await _meet(deps, asked)
    async with deps.db.read(asked.who.tenant) as tx:
        team = await visibility.meant(tx, command.team, asked.channel, asked.who.user)
        if not isinstance(team, Team):
            return unclear(team, lambda ref: replace(command, team=ref))
        if not _is_public(command, asked):
            return history_view.build(await surveying.history(tx, team, command.last, deps.now()))
    return await _post(deps, asked, team, HistoryPost(team.id, command.last))


PERFORMS: Mapping[type[Any], Perform] = {Status: status, History: history}


async def show_status(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The button below a digest; its value is the team."""
    await _show(deps, ack, body, context, _drawn_status)


async def show_history(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The button below a status; its value is the team."""
    await _show(deps, ack, body, context, _drawn_history)


async def _show(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, draw: Draw) -> None:
    await ack()
    who, where = request.asker(context, body), request.spot(body)
    async with deps.db.read(who.tenant) as tx:
        team = await teams.found(tx, TeamId(request.pressed(body)))
        if team is None or not await visibility.may_see(tx, team, who.user, where.channel if where else None):
            told = which.no_such_team()
        else:
            told = await draw(tx, deps, team)
    whisper(deps, who, where, told)


async def _drawn_status(tx: Transaction, deps: Deps, team: Team) -> Message:
    return status_view.build(await surveying.status(tx, deps.models, team, deps.now()))


async def _drawn_history(tx: Transaction, deps: Deps, team: Team) -> Message:
    return history_view.build(await surveying.history(tx, team, None, deps.now()))


async def _meet(deps: Deps, asked: Asked) -> None:
    """Slack says whether somebody is a guest."""
    await meeting.introduce(deps.db, deps.gateway, asked.who.tenant, [asked.who.user], deps.now())


def _is_public(command: Status | History, asked: Asked) -> bool:
    return command.public and not asked.channel.startswith(DIRECT)


async def _post(deps: Deps, asked: Asked, team: Team, notice: StatusPost | HistoryPost) -> Message:
    if not visibility.may_be_told_in(team, asked.channel):
        return saved.refused(ONLY_THERE)
    if await sharing.asked_of_slack(deps.db, deps.gateway, asked.who.tenant, asked.channel):
        return saved.refused(SHARED)
    key = f"asked:{notice.team}:{uuid4().hex}"
    async with deps.begin(asked.who.tenant) as tx:
        await outbox.enqueue(tx, key, notice, asked.channel, notice.team, deps.now())
    deps.wake()
    return saved.refused(ON_ITS_WAY)
