"""Bolt with a command that does nothing but open a modal."""

import asyncio
import os
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bench.peers.serving import serve

VIEW = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Step 1 of 5"},
    "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "Hello"}}],
}


async def open_modal(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=VIEW)


async def main() -> None:
    settings = os.environ  # noqa: TID251  # a process of its own
    client = AsyncWebClient(settings["SLACK_BOT_TOKEN"], base_url=settings["SLACK_API_URL"])
    app = AsyncApp(client=client, signing_secret=settings["SLACK_SIGNING_SECRET"])
    app.command("/finops-assess")(open_modal)
    await serve(app, settings)


if __name__ == "__main__":
    asyncio.run(main())
