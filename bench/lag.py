"""By how much an event loop is late while something goes on in it, or in a thread beside it."""

import asyncio
import time
from typing import Any

BETWEEN_SECONDS = 0.001


async def lags(going_on: "asyncio.Task[Any]") -> list[float]:
    """In seconds, one for each sleep until it has ended, and one at least."""
    late = []
    while not going_on.done():
        began = time.perf_counter()
        await asyncio.sleep(BETWEEN_SECONDS)  # whatever it takes beyond that is what is asked for
        late.append(time.perf_counter() - began - BETWEEN_SECONDS)
    return late
