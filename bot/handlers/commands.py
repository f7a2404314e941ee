"""The slash command: its first word picks the handler."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.commands.help import overview
from bot.domain.delivery import Message
from bot.handlers import opening
from bot.handlers.deps import Deps
from bot.slack.gate import Payload
from bot.views import help as help_view

START = ""
HELP = "help"


async def dispatch(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    word = next(iter(str(body.get("text") or "").lower().split()), START)
    match word:
        case "" | "start" | "resume":
            await opening.start(deps, ack, body, context)
        case "help":
            await _say(ack, help_view.build(overview()))
        case _:
            await _say(ack, help_view.unknown(word, overview()))


async def _say(ack: AsyncAck, message: Message) -> None:
    blocks = [dict(block) for block in message.blocks]
    await ack(text=message.text, blocks=blocks, response_type="ephemeral")
