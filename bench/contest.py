"""So many workers at once on one queue: what they finished in a second, and what more than one of them had in hand."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from bench.measure import Figures
from bench.process import ROOT

AFTERWARDS_SECONDS = 60.0  # a limit only


def contest(module: str, url: str, workers: int, seconds: float) -> Figures:
    """``module``: the one that has a worker to offer."""
    command = [sys.executable, "-m", "bench.claiming", module, url, str(seconds)]
    environment = {"PATH": "/usr/bin:/bin"}
    with ExitStack() as house:
        running = [
            house.enter_context(
                subprocess.Popen(
                    command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
                )
            )
            for _ in range(workers)
        ]
        for process in running:
            house.callback(process.kill)
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in running:  # all of them are ready, and begin together
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        told = [process.communicate(timeout=seconds + AFTERWARDS_SECONDS)[0] for process in running]
    return judged([json.loads(words) for words in told])


def judged(told: Sequence[dict[str, Any]]) -> Figures:
    """Twice is whatever was taken again, by the same worker or by another; doing it at all is no excuse."""
    taken = Counter(name for one in told for name in one["taken"])
    finished = {name for one in told for name in one["finished"]}
    took = max(one["seconds"] for one in told)
    twice = sum(times - 1 for times in taken.values())
    return {"per second": len(finished) / took if took else 0.0, "twice": twice}
