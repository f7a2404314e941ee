"""Watches over the one thread that answers everybody: what holds it up is a mistake of ours, and is measured."""

import asyncio
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

LOOK_SECONDS = 0.25
TOO_LONG_SECONDS = 1.0  # of the three that Slack waits


async def watch(tell: Callable[[float], None]) -> None:
    """Until it is cancelled; ``tell`` of every time that nobody else had a turn for too long."""
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        await asyncio.sleep(LOOK_SECONDS)
        late = loop.time() - began - LOOK_SECONDS
        if late >= TOO_LONG_SECONDS:
            tell(late)
            log.warning("event loop blocked", seconds=round(late, 1))
