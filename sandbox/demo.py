"""A workspace in the browser with an app in it: the stand-in, its page, and the app as a process of its own."""

import asyncio
import json
import shlex
import socket
import sys
import tempfile
from pathlib import Path

import aiohttp

from sandbox import story
from sandbox.child import Child, free_port
from sandbox.control import Control
from sandbox.files import Files
from sandbox.levers import Levers
from sandbox.standin import SlackStandIn
from sandbox.stream import Stream

USUAL_PORT = 8765
COMMAND = (sys.executable, "-m", "bot", "run")


def equip(slack: SlackStandIn, child: Child | None = None) -> Levers:
    """Everything beside the Web API: the page, what it asks for, and the levers."""
    levers = Levers(slack, child)
    doors = (Control(slack), Stream(slack, levers.shown), levers, Files(slack.platform))
    slack.more_routes = [route for door in doors for route in door.routes()]
    return levers


def port_for(host: str, wanted: int) -> int:
    """The wanted one; where none was wanted the usual one, or a free one when it is taken."""
    if wanted:
        return wanted
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, USUAL_PORT))
        except OSError:
            return 0
    return USUAL_PORT


async def verified(slack: SlackStandIn) -> bool:
    """Whether the app answers the question by which a request URL is accepted."""
    body = json.dumps({"type": "url_verification", "challenge": "ready", "token": "-"}).encode()
    headers = slack.sender.signed(body, "application/json")
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(3)) as session,
            session.post(slack.request_url, data=body, headers=headers) as response,
        ):
            return response.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False


def child_of(slack: SlackStandIn, command: list[str], folder: Path) -> Child:
    """The app, with the settings that lead it here instead of to the platform."""
    port = free_port()
    slack.request_url = f"http://127.0.0.1:{port}/slack/events"

    def settings() -> dict[str, str]:  # when it starts: only then the stand-in knows its own port
        return {
            "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.app.signing_secret,
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'app.db'}",
            "HOST": "127.0.0.1",
            "PORT": str(port),
        }

    return Child(command, settings, folder / "app.log", lambda: verified(slack), slack.workspace.changes.happened)


async def run(slack: SlackStandIn, stop: asyncio.Event, command: str, folder: Path | None, empty: bool) -> None:
    """Until it is told to stop; the app goes with it."""
    folder = folder or Path(tempfile.mkdtemp(prefix="sandbox-"))
    folder.mkdir(parents=True, exist_ok=True)
    child = child_of(slack, shlex.split(command) if command else list(COMMAND), folder)
    levers = equip(slack, child)
    async with slack:
        try:
            await _prepared(slack, child, levers, empty)
            print(f"\nThe workspace is ready. Open {slack.origin} in a browser. Ctrl-C ends it.", flush=True)
            await stop.wait()
        finally:
            await child.stop()


async def _prepared(slack: SlackStandIn, child: Child, levers: Levers, empty: bool) -> None:
    print(f"Starting {' '.join(child.command)} (what it says is kept in {child.log})", flush=True)
    if empty or not child.can_move:
        await child.start(slack.clock.offset)
    else:
        await story.play(slack, child, levers.travel)
