"""The slash command: understood, done, and answered to who typed it."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.commands import Resume, Start
from bot.domain.delivery import Message
from bot.domain.ids import ChannelId
from bot.domain.understanding import Parsed
from bot.handlers import request, speaking
from bot.handlers.asked import Asked
from bot.handlers.deps import Deps
from bot.handlers.request import Spot
from bot.handlers.whispering import whisper
from bot.slack.gate import Payload


async def dispatch(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    text = str(body.get("text") or "")
    asked = Asked(
        request.asker(context, body),
        ChannelId(str(body["channel_id"])),
        str(body.get("channel_name", "")),
        trigger=str(body["trigger_id"]),
    )
    # With nothing to read there is nothing to wait for.
    said: Parsed = await speaking.understood(deps, asked, text) if text.strip() else Start()
    if isinstance(said, Start | Resume):
        await ack()
        whisper(deps, asked.who, Spot(asked.channel), await speaking.answer(deps, asked, said))
        return
    told = await speaking.answer(deps, asked, said)
    if told is not None and told.pictures:
        # They have to be uploaded first, which is not waited for.
        await ack()
        whisper(deps, asked.who, Spot(asked.channel), told)
    else:
        await _say(ack, told)


async def _say(ack: AsyncAck, message: Message | None) -> None:
    if message is None:
        await ack()
        return
    blocks = [dict(block) for block in message.blocks]
    await ack(text=message.text, blocks=blocks, response_type="ephemeral")
