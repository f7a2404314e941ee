"""Runs a process of the bot at another time: the clock it reads is moved, the clock it waits by is not."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

# The build for programs with threads comes first: aiosqlite and the resolver use some.
NAMES = ("libfaketimeMT.so.1", "libfaketime.so.1")
PLACES = ("/usr/lib/*/faketime", "/usr/lib/faketime", "/usr/lib64/faketime", "/usr/local/lib/faketime")


def library() -> Path | None:
    """The library that is loaded in front of libc, or None where it is not installed."""
    return next(_installed(), None)


def write(clock: Path, offset: timedelta) -> None:
    """Whoever reads this clock lives `offset` from now, within two seconds."""
    # In one go: a half written file would be another time.
    new = clock.with_suffix(".new")
    new.write_text(f"{offset // timedelta(seconds=1):+d}\n")
    new.replace(clock)


def environment(clock: Path) -> dict[str, str] | None:
    """What to add to a process's environment so that it lives by that clock, or None without libfaketime."""
    preload = library()
    if preload is None:
        return None
    return {
        "LD_PRELOAD": os.fspath(preload),
        "FAKETIME_TIMESTAMP_FILE": os.fspath(clock),
        # Once in a second. Read at each look at the clock, it slows a process until it cannot answer in time.
        "FAKETIME_CACHE_DURATION": "0",
        # With a moved monotonic clock the timed waits of threads never end. With a true one `time.sleep` is refused
        # by the library: what runs here waits in an event loop only.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        # Files keep their true dates, else Python takes every cached module for stale and writes it anew.
        "NO_FAKE_STAT": "1",
    }


def _installed() -> Iterator[Path]:
    root = Path("/")
    for name in NAMES:
        for place in PLACES:
            yield from sorted(root.glob(f"{place[1:]}/{name}"))
