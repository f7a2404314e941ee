"""Bolt as its documentation arranges it: AsyncApp with a token, and a listener that does nothing but acknowledge."""

import asyncio
import os

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bench.peers.serving import serve


async def acknowledge(ack: AsyncAck) -> None:
    await ack()


async def main() -> None:
    settings = os.environ  # noqa: TID251  # a process of its own
    client = AsyncWebClient(settings["SLACK_BOT_TOKEN"], base_url=settings["SLACK_API_URL"])
    app = AsyncApp(client=client, signing_secret=settings["SLACK_SIGNING_SECRET"])
    app.view(settings.get("CALLBACK", ""))(acknowledge)
    app.event("message")(acknowledge)
    await serve(app, settings)


if __name__ == "__main__":
    asyncio.run(main())
