"""Shortcuts: from the menu of a message that stands for action points, and from anywhere to one's own."""

from functools import partial

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.ids import ChannelId, MessageTs
from bot.handlers import mine, performing, request
from bot.handlers.action_forms import by_of
from bot.handlers.deps import Deps
from bot.handlers.request import Spot
from bot.handlers.settings import COVERS
from bot.handlers.showing import show
from bot.handlers.whispering import whisper
from bot.services import acting, pointing
from bot.slack.gate import Payload
from bot.views import marking

MARK_DONE = "shortcut.mark_done"
MY_ACTIONS = "shortcut.my_actions"


async def mark_done(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """What the message is about; of several it is asked which."""
    who, message = request.asker(context, body), body["message"]
    channel, ts = ChannelId(str(body["channel"]["id"])), MessageTs(str(message["ts"]))
    thread = MessageTs(str(message["thread_ts"])) if message.get("thread_ts") else None
    async with deps.db.read(who.tenant) as tx:
        found = await pointing.of_message(tx, channel, ts, thread)
    where = Spot(channel, thread)
    match found:
        case []:
            said = marking.of_none()
        case [action]:
            by = by_of(deps, who, where)
            said = performing.told(*await performing.perform(deps, who, action.id, by, acting.mark_done))
        case several:
            said = marking.which([action for action in several if not action.state.closed])
    await ack()
    whisper(deps, who, where, said)


async def my_actions(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await ack()
    who = request.asker(context, body)
    show(deps, who, str(body["trigger_id"]), partial(mine.drawn, deps, who), None, COVERS)
