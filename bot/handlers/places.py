"""The team's channel, as its lead decides about it: another one, or telling a result where outsiders read."""

from typing import assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.delivery import NotNow, Undeliverable
from bot.domain.ids import AssessmentId, ChannelId, TeamId
from bot.domain.teams import Place
from bot.handlers import request
from bot.handlers.deps import Deps
from bot.handlers.request import Asker
from bot.handlers.whispering import whisper
from bot.services import moving, sharing
from bot.services.moving import Moved, NotTheirs, Taken
from bot.slack.answers import ChannelFacts, NotVisible
from bot.slack.gate import Payload
from bot.views import lost, saved
from bot.views.blocks import View

NOT_VISIBLE = "I cannot see that channel. Please invite me there first: /invite @FinOps"
ARCHIVED = "That channel is archived. Please choose one that is open."
BUSY = "Slack does not answer just now. Please try again in a minute."
TAKEN = "Another team is in that channel. A channel has one team."


async def choose(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Opens the form for another channel; the button's value is the team."""
    who = request.asker(context, body)
    async with deps.db.read(who.tenant) as tx:
        team = await moving.may_move(tx, TeamId(request.pressed(body)), who.user)
    await ack()
    shown = lost.not_theirs() if isinstance(team, NotTheirs) else lost.form(team)
    deps.afterwards.begin(_open(deps, who, body, shown))


async def submit(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who = request.asker(context, body)
    match lost.read(view):
        case lost.Fix(problems=problems):
            await ack(response_action="errors", errors=problems)
        case lost.Chosen(team=team, channel=channel):
            place = await _place(deps, who, channel)
            if isinstance(place, str):
                await ack(response_action="errors", errors=lost.problem(place).problems)
            else:
                await _move(deps, ack, who, team, place)


async def post_it(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A result is told although other organisations read the channel; the button's value is the assessment."""
    who = request.asker(context, body)
    async with deps.db.begin(who.tenant) as tx:
        allowed = await sharing.allow(tx, AssessmentId(request.pressed(body)), who.user, deps.now())
    await ack()
    deps.wake()
    said = "It is on its way to the channel." if allowed else "There is nothing to post any more."
    whisper(deps, who, request.spot(body), saved.refused(said))


async def _move(deps: Deps, ack: AsyncAck, who: Asker, team: TeamId, place: Place) -> None:
    async with deps.db.begin(who.tenant) as tx:
        moved = await moving.move(tx, team, place, who.user, deps.now())
    deps.wake()
    match moved:
        case Moved(team=now_there):
            await ack(response_action="update", view=lost.moved(now_there))
        case Taken():
            await ack(response_action="errors", errors=lost.problem(TAKEN).problems)
        case NotTheirs():
            await ack(response_action="update", view=lost.not_theirs())
        case _:
            assert_never(moved)


async def _place(deps: Deps, who: Asker, channel: ChannelId) -> Place | str:
    """The channel as the bot sees it, or why it will not do."""
    try:
        seen = await deps.gateway.channel(who.tenant, channel)
    except (NotNow, Undeliverable):
        return BUSY
    match seen:
        case NotVisible() | ChannelFacts(is_private=True, is_member=False):
            return NOT_VISIBLE
        case ChannelFacts(is_archived=True):
            return ARCHIVED
        case ChannelFacts(name=name, is_private=is_private):
            return Place(channel, name, is_private)
        case _:
            assert_never(seen)


async def _open(deps: Deps, who: Asker, body: Payload, view: View) -> None:
    await deps.gateway.open_view(who.tenant, str(body["trigger_id"]), view)
