"""What the peers of Bolt have in common: their page for readiness, and being served until they are ended."""

import asyncio
from collections.abc import Mapping

from aiohttp import web
from slack_bolt.async_app import AsyncApp


async def serve(app: AsyncApp, settings: Mapping[str, str]) -> None:
    pages = app.web_app(path="/slack/events", port=int(settings["PORT"]))
    pages.router.add_get("/readyz", _readyz)
    runner = web.AppRunner(pages, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, settings["HOST"], int(settings["PORT"])).start()
    await asyncio.Event().wait()


async def _readyz(_: web.Request) -> web.Response:
    return web.Response(text="ready")
