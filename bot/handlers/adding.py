"""New action points: by command, and made of a message."""

import asyncio
import re
from collections.abc import Sequence
from functools import partial
from typing import Any, assert_never
from uuid import uuid4

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.action_commands import AddAction
from bot.domain.actions import Confirm, Refused
from bot.domain.adding import TITLE_LIMIT, Wanted
from bot.domain.delivery import Message, NotNow
from bot.domain.ids import ChannelId, MessageTs
from bot.domain.quoting import plain
from bot.domain.teams import Team
from bot.handlers import handling, homes, request
from bot.handlers.asked import Asked
from bot.handlers.deps import Deps
from bot.handlers.request import Asker, Spot
from bot.handlers.settings import COVERS
from bot.handlers.showing import show
from bot.handlers.whispering import whisper
from bot.services import adding, meeting
from bot.services.adding import Added
from bot.services.deciding import By, NotYours
from bot.slack.gate import Payload
from bot.store import teams
from bot.views import blocks, changes, decide, echo, new_action, saved
from bot.views.blocks import View
from bot.views.new_action import Filled, From

TURN = "shortcut.turn_into_action"
MOST_TEAMS = 100
PATIENCE_SECONDS = 1.0  # of the three in which the form has to open
PASSED = "That date has already passed. Please add it with a date to come, or with none."
_MENTION = re.compile(r"<[@#!][^<>]*>")


async def add(deps: Deps, asked: Asked, command: AddAction) -> Message | None:
    """To the channel's team. Where there is none, or something has to be asked, the form opens with what was said."""
    wanted = Wanted(command.text, command.owner, command.due_on)
    await _introduce(deps, asked.who, wanted)
    async with homes.changing(deps, asked.who) as tx:
        team = await teams.of_channel(tx, asked.channel)
        by = By(asked.who.user, deps.now(), asked.channel)
        outcome = await adding.add(tx, team, wanted, by, handling.key() or uuid4().hex) if team else None
    match outcome:
        case Added(action=action, team=team, undo=undo):
            return echo.changed(changes.added(action, team.name), undo)
        case Refused(sentence=sentence):
            return saved.refused(sentence)
        case NotYours():
            return saved.not_yours()
        case Confirm() | None:
            return _ask(deps, asked, wanted, outcome)
        case _:
            assert_never(outcome)


async def turn_into_action(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """From the menu of a message, which becomes the title and the link."""
    await ack()
    who, message = request.asker(context, body), body["message"]
    channel, ts = ChannelId(str(body["channel"]["id"])), MessageTs(str(message["ts"]))
    thread = MessageTs(str(message["thread_ts"])) if message.get("thread_ts") else None
    where, title = Spot(channel, thread), _title(str(message.get("text") or ""))
    show(deps, who, str(body["trigger_id"]), partial(_of_message, deps, who, where, ts, title), where, COVERS)


async def submit(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who = request.asker(context, body)
    match new_action.read(view):
        case decide.Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case Filled() as filled:
            await _introduce(deps, who, filled.wanted)
            await _submit(deps, ack, who, filled, str(view["id"]))


async def _submit(deps: Deps, ack: AsyncAck, who: Asker, filled: Filled, occasion: str) -> None:
    place, wanted = filled.place, filled.wanted
    async with homes.changing(deps, who) as tx:
        team, by = await teams.found(tx, filled.team), By(who.user, deps.now(), place.channel)
        outcome = await adding.add(tx, team, wanted, by, occasion, confirmed=filled.confirmed) if team else NotYours()
    match outcome:
        case Added(action=action, team=of, undo=undo) if place.channel:
            await ack()
            added = echo.changed(changes.added(action, of.name), undo)
            whisper(deps, who, Spot(place.channel, place.thread), added)
        case Added(action=action, team=of, undo=undo):
            said = changes.added(action, of.name)
            await ack(response_action="update", view=decide.changed(action, said, undo))
        case Refused(sentence=sentence):
            await ack(response_action="errors", errors=dict(new_action.problem(sentence, wanted).problems))
        case Confirm() as asked:
            offered = await _teams(deps, who, place.channel)
            chosen = sorted(offered, key=lambda known: known.id != filled.team)
            await ack(response_action="update", view=new_action.build(chosen, wanted, place, asked))
        case NotYours():
            await ack(response_action="update", view=decide.not_yours())
        case _:
            assert_never(outcome)


def _ask(deps: Deps, asked: Asked, wanted: Wanted, confirm: Confirm | None) -> Message | None:
    """In the form, where one can be opened; a mention opens none."""
    if asked.trigger is None:
        return saved.refused(PASSED if confirm else new_action.NO_TEAM)
    form = partial(_form, deps, asked.who, wanted, From(asked.channel, asked.thread), confirm)
    show(deps, asked.who, asked.trigger, form, Spot(asked.channel, asked.thread), COVERS)
    return None


async def _of_message(deps: Deps, who: Asker, where: Spot, ts: MessageTs, title: str) -> View:
    wanted = Wanted(title, who.user, link=await _permalink(deps, who, where.channel, ts))
    return await _form(deps, who, wanted, From(where.channel, where.thread))


async def _form(deps: Deps, who: Asker, wanted: Wanted, place: From, asked: Confirm | None = None) -> View:
    return new_action.build(await _teams(deps, who, place.channel), wanted, place, asked)


async def _teams(deps: Deps, who: Asker, channel: ChannelId | None) -> Sequence[Team]:
    """The channel's; where it has none, those that the person is one of."""
    async with deps.db.read(who.tenant) as tx:
        here = await teams.of_channel(tx, channel) if channel else None
        return [here] if here else await teams.of_person(tx, who.user, MOST_TEAMS)


async def _permalink(deps: Deps, who: Asker, channel: ChannelId, ts: MessageTs) -> str | None:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await deps.gateway.permalink(who.tenant, channel, ts)
    except (NotNow, TimeoutError):
        return None


async def _introduce(deps: Deps, who: Asker, wanted: Wanted) -> None:
    if wanted.owner:
        await meeting.introduce(deps.db, deps.gateway, who.tenant, [wanted.owner], deps.now())


def _title(text: Any) -> str:
    """What the message says, in one line, calling nobody."""
    return blocks.cut(" ".join(plain(_MENTION.sub(" ", text)).split()), TITLE_LIMIT)
