"""`python -m sandbox`: a workspace in the browser with an app in it; with `--events` for an app that runs elsewhere."""

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sandbox import demo, manifest, seed
from sandbox.child import WillNotStart
from sandbox.standin import SlackStandIn
from sandbox.values import App

USUAL_MANIFEST = Path("manifest.yml")


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help=f"else {demo.USUAL_PORT}, or a free one if that is taken")
    parser.add_argument("--manifest", type=Path, help="the app's manifest, as YAML or JSON")
    parser.add_argument("--workspace", type=Path, help="YAML with team, users and channels")
    ours = parser.add_argument_group("an app that is started here")
    ours.add_argument(
        "--run", default="", metavar="COMMAND", help=f"instead of {' '.join(('python', *demo.COMMAND[1:]))}"
    )
    ours.add_argument("--data", type=Path, metavar="FOLDER", help="for its database and log; else a temporary one")
    ours.add_argument("--empty", action="store_true", help="without the story of a year that is told otherwise")
    other = parser.add_argument_group("an app that runs elsewhere")
    other.add_argument("--events", metavar="URL", help="its request URL; empty for one that uses Socket Mode")
    other.add_argument("--signing-secret", default="")
    other.add_argument("--bot-token", default="xoxb-sandbox")
    other.add_argument("--app-token", default="xapp-sandbox")
    parser.add_argument("--burst", type=int, default=3, help="messages at once in a channel; 0 for no limit at all")
    parser.add_argument("--retry-delays", type=float, nargs="*", default=[0.0, 60.0, 300.0], metavar="SECONDS")
    return parser.parse_args(words)


def stand_in(options: argparse.Namespace) -> SlackStandIn:
    described = options.manifest or (USUAL_MANIFEST if options.events is None and USUAL_MANIFEST.exists() else None)
    return SlackStandIn(
        options.events or "",
        options.signing_secret,
        app=manifest.read(described) if described else App(),
        bot_token=options.bot_token,
        app_token=options.app_token,
        fill=partial(seed.settle_from, path=options.workspace) if options.workspace else seed.settle,
        burst=options.burst,
        retry_delays=options.retry_delays,
        host=options.host,
        port=options.port if options.events is not None else demo.port_for(options.host, options.port),
    )


async def serve(slack: SlackStandIn, stop: asyncio.Event) -> None:
    """For an app that runs elsewhere; the first line of output says where everything is."""
    demo.equip(slack)
    async with slack:
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
        print(f"The workspace is ready. Open {slack.origin} in a browser. Ctrl-C ends it.", file=sys.stderr, flush=True)
        await stop.wait()


async def main(options: argparse.Namespace) -> None:
    """Until the process is told to stop."""
    stop = asyncio.Event()
    slack = stand_in(options)
    work = (
        demo.run(slack, stop, options.run, options.data, options.empty)
        if options.events is None
        else serve(slack, stop)
    )
    task = asyncio.ensure_future(work)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, _end, task, stop)
    try:
        await task
    except asyncio.CancelledError:
        if not stop.is_set():
            raise


def _end(task: "asyncio.Future[None]", stop: asyncio.Event) -> None:
    """At once, also in the middle of the preparations."""
    stop.set()
    task.cancel()


if __name__ == "__main__":
    try:
        asyncio.run(main(arguments()))
    except WillNotStart as reason:
        sys.exit(str(reason))
