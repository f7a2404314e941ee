"""Answers to what somebody pressed on, at the address that Slack gives for that: five of them, for half an hour."""

from aiohttp import ClientError, ClientSession
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.domain.delivery import Message
from bot.slack.calling import SILENT


async def replace(session: ClientSession | None, response_url: str, message: Message) -> bool:
    """Also of what only one person sees, which no other method can change."""
    client = AsyncWebhookClient(response_url, session=session, retry_handlers=[], logger=SILENT)
    blocks = [dict(block) for block in message.blocks]
    try:
        answer = await client.send(text=message.text, blocks=blocks, response_type="ephemeral", replace_original=True)
    except (ClientError, TimeoutError):
        return False
    return answer.status_code == 200
