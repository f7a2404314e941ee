"""How long the process goes on: until it is told to stop, with what is at work beside it."""

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

EXIT_IN_A_HURRY = 1


@asynccontextmanager
async def between(work: Awaitable[None]) -> AsyncIterator[None]:
    task = asyncio.ensure_future(work)
    try:
        yield
    finally:
        task.cancel()


def stopping() -> asyncio.Event:
    """Set at the first SIGTERM or SIGINT; at the second the process ends at once."""
    stop = asyncio.Event()

    def asked() -> None:
        if stop.is_set():
            os._exit(EXIT_IN_A_HURRY)
        stop.set()

    for wanted in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(wanted, asked)
    return stop


def keep_what_is_made() -> None:
    """What was made by now lasts as long as the process: to look at it in every collection was a tenth of a request."""
    gc.collect()
    gc.freeze()
