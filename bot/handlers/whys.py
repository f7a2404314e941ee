"""Why am I seeing this? Answered to whoever asks, and to nobody else."""

from functools import partial
from typing import assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.delivery import Message
from bot.handlers import request
from bot.handlers.deps import Deps
from bot.handlers.request import Asker, Spot
from bot.handlers.showing import Covers, show
from bot.handlers.whispering import whisper
from bot.services import explaining
from bot.services.chosen import NotYours
from bot.services.explaining import Explained, OfSaid, OfTouches
from bot.slack.gate import Payload
from bot.views import why
from bot.views.blocks import View

COVERS = Covers(why.opening(), why.away(), None)


async def press(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Below the message; in the Home, where there is none, in a view of its own."""
    await ack()
    who, where, value = request.asker(context, body), request.spot(body), request.pressed(body)
    if where is not None:
        whisper(deps, who, where, await _answer(deps, who, value, where))
    else:
        show(deps, who, str(body["trigger_id"]), partial(_view, deps, who, value), None, COVERS)


async def _view(deps: Deps, who: Asker, value: str) -> View:
    return why.view(await _answer(deps, who, value, None))


async def _answer(deps: Deps, who: Asker, value: str, where: Spot | None) -> Message:
    async with deps.db.read(who.tenant) as tx:
        explained = await explaining.why(tx, value, who.user, where.channel if where else None, deps.now())
    return _words(explained, planned=where is None)


def _words(explained: Explained, *, planned: bool) -> Message:
    match explained:
        case OfTouches(told=told, in_force=in_force):
            return why.of_touches(told, in_force, planned=planned)
        case OfSaid(said=said, about=about, in_force=in_force):
            return why.of_post(said, about, in_force)
        case NotYours():
            return why.not_yours()
        case _:
            assert_never(explained)
