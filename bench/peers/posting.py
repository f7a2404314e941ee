"""What the jobs of the peers do: one message each, with the job's number in its metadata, as the bot's own have."""

import asyncio
import os

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import DeliveryId
from bot.slack.search import label

settings = os.environ  # noqa: TID251  # of a process of its own
AT_A_TIME = 10  # who sent everything at once would be told to slow down
turns = asyncio.Semaphore(AT_A_TIME)


async def post(number: int) -> None:
    slack = AsyncWebClient(settings["SLACK_BOT_TOKEN"], base_url=settings["SLACK_API_URL"])
    channel, metadata = f"C_{number}", label(DeliveryId(str(number)))
    async with turns:
        await slack.chat_postMessage(channel=channel, text="An action point is yours now.", metadata=metadata)
