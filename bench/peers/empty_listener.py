"""Bolt as its documentation arranges it: AsyncApp with a token, and a listener that does nothing but acknowledge."""

import asyncio
import os

from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


async def acknowledge(ack: AsyncAck) -> None:
    await ack()


async def readyz(_: web.Request) -> web.Response:
    return web.Response(text="ready")


async def main() -> None:
    settings = os.environ  # noqa: TID251  # a process of its own
    client = AsyncWebClient(settings["SLACK_BOT_TOKEN"], base_url=settings["SLACK_API_URL"])
    app = AsyncApp(client=client, signing_secret=settings["SLACK_SIGNING_SECRET"])
    app.view(settings["CALLBACK"])(acknowledge)
    pages = app.web_app(path="/slack/events", port=int(settings["PORT"]))
    pages.router.add_get("/readyz", readyz)
    runner = web.AppRunner(pages, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, settings["HOST"], int(settings["PORT"])).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
