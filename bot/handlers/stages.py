"""A stage that went down: what its lead decides."""

from typing import assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.delivery import Message
from bot.domain.ids import AssessmentId
from bot.handlers import homes, request
from bot.handlers.deps import Deps
from bot.handlers.opening import open_place
from bot.handlers.whispering import whisper
from bot.services import announcing
from bot.services.announcing import Decided, Held, NothingHeld, Posting
from bot.slack.gate import Payload
from bot.store import teams
from bot.views import saved, words


async def post_it(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    who = request.asker(context, body)
    async with deps.begin(who.tenant) as tx:
        decided = await announcing.post_now(tx, AssessmentId(request.pressed(body)), who.user, deps.now())
    await ack()
    deps.wake()
    whisper(deps, who, request.spot(body), _said(decided))


async def hold(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    who = request.asker(context, body)
    async with deps.begin(who.tenant) as tx:
        decided = await announcing.hold(tx, AssessmentId(request.pressed(body)), who.user, deps.now())
    await ack()
    whisper(deps, who, request.spot(body), _said(decided))


async def correct(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Opens the answers again; the corrected result takes the place of the first."""
    who, now = request.asker(context, body), deps.now()
    async with homes.changing(deps, who) as tx:
        reopened = await announcing.correct(tx, deps.models, AssessmentId(request.pressed(body)), who.user, now)
        team = await teams.by_id(tx, reopened.team) if reopened else None
    await ack()
    if team is None:
        whisper(deps, who, request.spot(body), _said(NothingHeld()))
    else:
        open_place(deps, who, body, team.place)


def _said(decided: Decided) -> Message:
    match decided:
        case Posting():
            return saved.refused("It is on its way to the channel.")
        case Held(until=until):
            return saved.refused(f"Held. The channel is told {words.instant(until)}, unless you decide otherwise.")
        case NothingHeld():
            return saved.refused("There is nothing to decide any more: it was posted, or the answers were corrected.")
        case _:
            assert_never(decided)
