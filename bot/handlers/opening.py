"""How the assessment's modal is opened: by the command, by buttons, for a channel's team or one that is chosen."""

from functools import partial
from typing import assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.delivery import NotNow, Undeliverable
from bot.domain.ids import ChannelId, TeamId
from bot.domain.teams import Place
from bot.domain.turn import PLAIN, Round
from bot.handlers import channels, request, turning_away
from bot.handlers.deps import Deps
from bot.handlers.drawing import drawn
from bot.handlers.request import Asker, Spot
from bot.handlers.showing import Covers, Form, show
from bot.services import turning
from bot.slack.answers import ChannelFacts, NotVisible
from bot.slack.gate import Payload
from bot.views import ending, saved, team
from bot.views.blocks import View

NAMELESS = frozenset({"directmessage", "privategroup", ""})


async def start(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The command alone: answered at once, the modal follows."""
    await ack()
    who = request.asker(context, body)
    channel = ChannelId(str(body["channel_id"]))
    first = partial(of_channel, deps, who, channel, str(body.get("channel_name", "")))
    open_later(deps, who, str(body["trigger_id"]), first, Spot(channel), channel)


async def reopen(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A button that opens the modal again: after a late start, or to resume. Its value is the channel."""
    await ack()
    who = request.asker(context, body)
    channel = ChannelId(request.pressed(body))
    first = partial(of_channel, deps, who, channel, "")
    open_later(deps, who, str(body["trigger_id"]), first, request.spot(body), channel)


async def start_team(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The App Home's button; its value is the team."""
    await ack()
    who = request.asker(context, body)
    first = partial(of_team, deps, who, TeamId(request.pressed(body)))
    open_later(deps, who, str(body["trigger_id"]), first, None, None)


def open_place(deps: Deps, who: Asker, body: Payload, place: Place) -> None:
    """Opens the modal for a channel's team from any button."""
    where = request.spot(body)
    open_later(deps, who, str(body["trigger_id"]), partial(of_place, deps, who, place), where, place.channel)


async def choose_team(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who = request.asker(context, body)
    match team.read(view):
        case team.Fix(problems=problems):
            await ack(response_action="errors", errors=problems)
        case team.OfTeam(team=chosen, meant=meant):
            await ack(response_action="update", view=await of_team(deps, who, chosen, meant))
        case team.OfChannel(channel=channel, meant=meant):
            place = await place_of(deps, who, channel, "")
            if place is None:
                await ack(response_action="errors", errors=team.not_visible().problems)
            else:
                await ack(response_action="update", view=await of_place(deps, who, place, meant))


def open_later(deps: Deps, who: Asker, trigger: str, first: Form, where: Spot | None, back: ChannelId | None) -> None:
    """``back``: the channel that it is about, whose team may have been suspended: somebody is there."""
    again = saved.too_late(back) if back else None
    form = partial(_healing, deps, who, back, first)
    show(deps, who, trigger, form, where, Covers(ending.opening(), ending.away(), again))


async def _healing(deps: Deps, who: Asker, back: ChannelId | None, first: Form) -> View:
    """Only once the form is there: a store that is away is told of once."""
    view = await turning_away.admitted(deps, who, back, first)
    if back is not None:
        deps.afterwards.begin(channels.heal(deps, who.tenant, back))
    return view


async def of_channel(deps: Deps, who: Asker, channel: ChannelId, name: str, meant: Round = PLAIN) -> View:
    """The first view for a channel: its team's, or the question which team this is about."""
    now = deps.now()
    async with deps.db.read(who.tenant) as tx:
        here = await turning.of_channel(tx, deps.models, channel, who.user, meant)
        if here is not None:
            return await drawn(deps, tx, here, who.user, now)
    is_conversation = channel.startswith("D") or name == "directmessage"
    place = None if is_conversation else await place_of(deps, who, channel, name)
    if place is not None:
        return await of_place(deps, who, place, meant)
    async with deps.db.read(who.tenant) as tx:
        asked = await turning.choices(tx, who.user)
    return team.build(asked.teams, None if is_conversation else team.NOT_INVITED, meant)


async def of_place(deps: Deps, who: Asker, place: Place, meant: Round = PLAIN) -> View:
    async with deps.db.read(who.tenant) as tx:
        here = await turning.of_place(tx, deps.models, place, who.user, meant)
        return await drawn(deps, tx, here, who.user, deps.now())


async def of_team(deps: Deps, who: Asker, chosen: TeamId, meant: Round = PLAIN) -> View:
    async with deps.db.read(who.tenant) as tx:
        here = await turning.of_team(tx, deps.models, chosen, who.user, meant)
        if here is None:
            asked = await turning.choices(tx, who.user)
            return team.build(asked.teams, team.NOT_VISIBLE, meant)
        return await drawn(deps, tx, here, who.user, deps.now())


async def place_of(deps: Deps, who: Asker, channel: ChannelId, name: str) -> Place | None:
    """The channel as the bot sees it; None where it does not. Asked of Slack once: then the team is known."""
    try:
        facts = await deps.gateway.channel(who.tenant, channel)
    except (NotNow, Undeliverable):
        return None if name in NAMELESS else Place(channel, name, is_private=False)
    match facts:
        case ChannelFacts(is_private=True, is_member=False) | NotVisible():
            return None
        case ChannelFacts():
            return Place(channel, facts.name, facts.is_private)
        case _:
            assert_never(facts)
