"""Every benchmark there is, by its name on the command line."""

from collections.abc import Callable, Iterator, Mapping

from bench import charts, start, submissions, ticks
from bench.rows import Line
from bench.workbench import Workbench

Benchmark = Callable[[Workbench], Iterator[Line]]

BENCHMARKS: Mapping[str, Benchmark] = {
    "start": start.lines,
    "charts": charts.lines,
    "ticks": ticks.lines,
    "submissions": submissions.lines,
}
