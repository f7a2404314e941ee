"""Every benchmark there is, by its name on the command line."""

from collections.abc import Callable, Iterator, Mapping

from bench import (
    charts,
    claims,
    dispatch,
    killed,
    limits,
    morning,
    overheard,
    plans,
    slash,
    start,
    steady,
    submissions,
    ticks,
    webs,
    writes,
)
from bench.rows import Line
from bench.workbench import Workbench

Benchmark = Callable[[Workbench], Iterator[Line]]

BENCHMARKS: Mapping[str, Benchmark] = {
    "start": start.lines,
    "charts": charts.lines,
    "ticks": ticks.lines,
    "submissions": submissions.lines,
    "claims": claims.lines,
    "limits": limits.lines,
    "killed": killed.lines,
    "dispatch": dispatch.lines,
    "overheard": overheard.lines,
    "slash": slash.lines,
    "writes": writes.lines,
    "plans": plans.lines,
    "webs": webs.lines,
    "morning": morning.lines,
    "steady": steady.lines,
}
