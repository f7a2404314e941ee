"""A process that claims what is due and finishes it, for so long: ``python -m bench.claiming MODULE URL SECONDS``.

It says when it is ready, begins when it is told to, and then says what it had in hand and what it finished.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, field
from importlib import import_module

import uvloop


@dataclass
class Ledger:
    """What a worker did, by the names of the jobs."""

    taken: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    last: float = 0.0  # when the last one was finished

    def take(self, name: str) -> None:
        self.taken.append(name)

    def finish(self, name: str) -> None:
        self.finished.append(name)
        self.last = time.perf_counter()


# Gives the worker's loop, which may go on for ever.
Opened = Callable[[str, Ledger], AbstractAsyncContextManager[Callable[[], Awaitable[object]]]]


async def _worked(opened: Opened, url: str, seconds: float) -> None:
    ledger = Ledger()
    async with opened(url, ledger) as work:
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        began = ledger.last = time.perf_counter()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await work()
    told = {"seconds": ledger.last - began, "taken": ledger.taken, "finished": ledger.finished}
    print(json.dumps(told), flush=True)


def main(module: str, url: str, seconds: str) -> None:
    # All on the loop that the bot and pgqueuer run on.
    uvloop.run(_worked(import_module(module).opened, url, float(seconds)))


if __name__ == "__main__":
    main(*sys.argv[1:])
