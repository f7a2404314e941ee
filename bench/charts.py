"""A chart that is drawn again and again, the import of the library that draws it, and the event loop meanwhile."""

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

from bench.measure import Figures, interleaved
from bench.process import ROOT
from bench.rows import Bound, Limit, Line, Row, at_most
from bench.workbench import Workbench

PEER = "matplotlib"
CONTENDERS = {
    "bot": ("bench.peers.bot_chart", "PIL.Image", "PIL.ImageDraw", "PIL.ImageFont"),
    PEER: ("bench.peers.matplotlib_chart", "matplotlib.backends.backend_agg", "matplotlib.figure", "matplotlib.dates"),
}
A_THIRD = 1 / 3


def lines(bench: Workbench) -> Iterator[Line]:
    times = 5 if bench.quick else 30
    runs = {name: partial(_run, *what, times=times) for name, what in CONTENDERS.items()}
    for run in runs.values():
        run()  # bytecode, and what the disk holds
    found = interleaved(runs, bench.repeats)
    ours, theirs = found["bot"], found[PEER]
    yield Row("a chart (trend), warm", "ms", ours["draw"], PEER, theirs["draw"], at_most(A_THIRD))
    yield Row("import of its library", "ms", ours["import"], PEER, theirs["import"], at_most(A_THIRD))
    limit = Limit(Bound.AT_MOST, 5)
    yield Row("event loop late while it is drawn in a thread, p99", "ms", ours["lag"], PEER, theirs["lag"], limit)


def _run(module: str, *libraries: str, times: int) -> Figures:
    command = [sys.executable, "-m", "bench.drawing", module, str(times), *libraries]
    environment = {"PATH": "/usr/bin:/bin"}
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=120)
    figures: dict[str, float] = json.loads(told.stdout)
    return figures
