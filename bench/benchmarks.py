"""Every benchmark there is, by its name on the command line, and what was asked for and is not there yet."""

from collections.abc import Callable, Iterator, Mapping

from bench import charts, claims, dispatch, killed, limits, plans, slash, start, submissions, ticks, webs, writes
from bench.rows import Line, NotRun
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
    "slash": slash.lines,
    "writes": writes.lines,
    "plans": plans.lines,
    "webs": webs.lines,
}

MISSING = (NotRun("10,000 reminders at 09:00 in 200 workspaces, beside the limit", "not built yet"),)
