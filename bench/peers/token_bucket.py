"""The least that keeps Slack's limit: in each channel a message, and the next one a second after it left."""

import asyncio
import os
import time

from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

PACE_SECONDS = 1.0


async def speak(client: AsyncWebClient, channel: str) -> None:
    while True:
        next_at = time.monotonic() + PACE_SECONDS
        try:
            await client.chat_postMessage(channel=channel, text="An action point is yours now.", thread_ts="1.000100")
        except SlackApiError:
            next_at += PACE_SECONDS  # too soon: the only thing that it can be
        await asyncio.sleep(next_at - time.monotonic())


async def main() -> None:
    settings = os.environ  # noqa: TID251  # a process of its own
    async with ClientSession() as session, asyncio.TaskGroup() as tasks:
        client = AsyncWebClient(settings["SLACK_BOT_TOKEN"], base_url=settings["SLACK_API_URL"], session=session)
        for number in range(int(settings["CHANNELS"])):
            tasks.create_task(speak(client, f"C_{number}"))


if __name__ == "__main__":
    asyncio.run(main())
