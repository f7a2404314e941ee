"""A process that imports a library and then draws a chart: how long each takes, and how long the event loop waits.

``python -m bench.drawing MODULE REPEATS LIBRARY...``: MODULE has a function `draw`, which makes a PNG.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from statistics import median, quantiles

from bench.lag import lags


async def _late(draw: Callable[[], bytes], times: int) -> list[float]:
    return await lags(asyncio.create_task(_drawn(draw, times)))


async def _drawn(draw: Callable[[], bytes], times: int) -> None:
    for _ in range(times):
        await asyncio.to_thread(draw)


def main(module: str, times: int, *libraries: str) -> None:
    began = time.perf_counter()
    for library in libraries:
        import_module(library)
    imported = time.perf_counter() - began
    draw: Callable[[], bytes] = import_module(module).draw
    assert draw().startswith(b"\x89PNG")  # and warm from here on
    took = []
    for _ in range(times):
        began = time.perf_counter()
        draw()
        took.append(time.perf_counter() - began)
    p99 = quantiles(asyncio.run(_late(draw, times)), n=100)[-1]
    print(json.dumps({"import": imported * 1000, "draw": median(took) * 1000, "lag": p99 * 1000}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
