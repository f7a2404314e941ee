"""The slash command: its first word picks the handler."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.commands import parsing
from bot.commands.help import overview
from bot.domain.commands import Start
from bot.domain.delivery import Message
from bot.domain.ids import ChannelId
from bot.handlers import request, starting
from bot.handlers.asked import Asked
from bot.handlers.deps import Deps
from bot.handlers.request import Spot
from bot.handlers.whispering import whisper
from bot.slack.gate import Payload
from bot.views import help as help_view

START = ""
HELP = "help"


async def dispatch(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    word = next(iter(str(body.get("text") or "").lower().split()), START)
    match word:
        case "" | "start" | "resume":
            await _start(deps, ack, body, context)
        case "help":
            await _say(ack, help_view.build(overview()))
        case _:
            await _say(ack, help_view.unknown(word, overview()))


async def _start(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Answered at once: the form follows, or a few words."""
    await ack()
    who, channel = request.asker(context, body), ChannelId(str(body["channel_id"]))
    asked = Asked(who, channel, str(body.get("channel_name", "")), trigger=str(body["trigger_id"]))
    command = parsing.parse(str(body.get("text") or ""), deps.now().date(), lambda day, number: day)
    perform = starting.PERFORMS.get(type(command), starting.start)
    said = await perform(deps, asked, command if type(command) in starting.PERFORMS else Start())
    whisper(deps, who, Spot(channel), said)


async def _say(ack: AsyncAck, message: Message) -> None:
    blocks = [dict(block) for block in message.blocks]
    await ack(text=message.text, blocks=blocks, response_type="ephemeral")
