"""The team's channel, as its lead decides about it: another one, or telling a result where outsiders read."""

from typing import assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.ids import AssessmentId, TeamId
from bot.domain.teams import Place
from bot.handlers import homes, request
from bot.handlers.deps import Deps
from bot.handlers.request import Asker
from bot.handlers.showing import at_once
from bot.handlers.whispering import whisper
from bot.services import leading, rights, sharing, visiting
from bot.services.chosen import Already, Chosen, NotYours, Refused
from bot.services.visiting import Unseen
from bot.slack.gate import Payload
from bot.store import teams
from bot.views import lost, saved
from bot.views.blocks import View


async def choose(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Opens the form for another channel; the button's value is the team."""
    who = request.asker(context, body)
    async with deps.db.read(who.tenant) as tx:
        team = await teams.found(tx, TeamId(request.pressed(body)))
        may = team is not None and await rights.may_change(tx, team, who.user, deps.now())
    await ack()
    at_once(deps, who, body, lost.form(team) if team and may else lost.not_theirs())


async def submit(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who = request.asker(context, body)
    match lost.read(view):
        case lost.Fix(problems=problems):
            await ack(response_action="errors", errors=problems)
        case lost.Chosen(team=team, channel=channel):
            place = await visiting.place_of(deps.gateway, who.tenant, channel, who.user)
            if isinstance(place, Unseen):
                await ack(response_action="errors", errors=lost.problem(place.sentence).problems)
            else:
                await _link(deps, ack, who, team, place)


async def post_it(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A result is told although other organisations read the channel; the button's value is the assessment."""
    who = request.asker(context, body)
    async with deps.begin(who.tenant) as tx:
        allowed = await sharing.allow(tx, AssessmentId(request.pressed(body)), who.user, deps.now())
    await ack()
    deps.wake()
    said = "It is on its way to the channel." if allowed else "There is nothing to post any more."
    whisper(deps, who, request.spot(body), saved.refused(said))


async def _link(deps: Deps, ack: AsyncAck, who: Asker, team: TeamId, place: Place) -> None:
    async with homes.changing(deps, who) as tx:
        linked = await leading.link(tx, who.user, team, place, deps.now())
    match linked:
        case Chosen(after=there) | Already(now=there):
            await ack(response_action="update", view=lost.moved(there))
        case Refused():
            await ack(response_action="errors", errors=lost.problem(linked.sentence).problems)
        case NotYours():
            await ack(response_action="update", view=lost.not_theirs())
        case _:
            assert_never(linked)
