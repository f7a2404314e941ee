"""`python -m sandbox`: the stand-in as a process, driven over HTTP."""

import argparse
import asyncio
import json
import signal
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sandbox import manifest, seed
from sandbox.control import Control
from sandbox.standin import SlackStandIn
from sandbox.values import App


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--events", default="", help="the app's request URL")
    parser.add_argument("--manifest", type=Path, help="the app's manifest, as YAML or JSON")
    parser.add_argument("--workspace", type=Path, help="YAML with team, users and channels")
    parser.add_argument("--signing-secret", default="")
    parser.add_argument("--bot-token", default="xoxb-sandbox")
    parser.add_argument("--app-token", default="xapp-sandbox")
    parser.add_argument("--burst", type=int, default=3, help="messages at once in a channel; 0 for no limit at all")
    parser.add_argument("--retry-delays", type=float, nargs="*", default=[0.0, 60.0, 300.0], metavar="SECONDS")
    return parser.parse_args(words)


def stand_in(options: argparse.Namespace) -> SlackStandIn:
    slack = SlackStandIn(
        options.events,
        options.signing_secret,
        app=manifest.read(options.manifest) if options.manifest else App(),
        bot_token=options.bot_token,
        app_token=options.app_token,
        fill=partial(seed.settle_from, path=options.workspace) if options.workspace else seed.settle,
        burst=options.burst,
        retry_delays=options.retry_delays,
        host=options.host,
        port=options.port,
    )
    slack.more_routes = Control(slack).routes()
    return slack


async def serve(options: argparse.Namespace) -> None:
    """Until the process is told to stop; the first line of output says where."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with stand_in(options) as slack:
        told = {
            "origin": slack.origin,
            "api_url": slack.api_url,
            "control": f"{slack.origin}/sandbox/",
            "request_url": slack.request_url,
            "signing_secret": slack.app.signing_secret,
            "bot_token": slack.bot_token,
            "app_token": slack.app_token,
        }
        print(json.dumps(told), flush=True)
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(serve(arguments()))
