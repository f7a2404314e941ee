"""Why am I seeing this? Answered to whoever asks, and to nobody else."""

from typing import assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.delivery import Message
from bot.handlers import request
from bot.handlers.deps import Deps
from bot.handlers.whispering import whisper
from bot.services import explaining
from bot.services.chosen import NotYours
from bot.services.explaining import Explained, OfSaid, OfTouches
from bot.slack.gate import Payload
from bot.views import why


async def press(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await ack()
    who, where = request.asker(context, body), request.spot(body)
    channel = where.channel if where else None
    async with deps.db.read(who.tenant) as tx:
        explained = await explaining.why(tx, request.pressed(body), who.user, channel, deps.now())
    whisper(deps, who, where, _words(explained))


def _words(explained: Explained) -> Message:
    match explained:
        case OfTouches(told=told, in_force=in_force):
            return why.of_touches(told, in_force)
        case OfSaid(said=said, about=about, in_force=in_force):
            return why.of_post(said, about, in_force)
        case NotYours():
            return why.not_yours()
        case _:
            assert_never(explained)
