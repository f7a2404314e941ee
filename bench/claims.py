"""Claims and finishes per second, few due among very many waiting, by one, two and four workers."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from importlib import import_module

from bench.contest import contest
from bench.databases import executed, migrated
from bench.measure import Figures, Run, Spread, interleaved
from bench.rows import Bound, Limit, Line, NotRun, Row, at_least
from bench.workbench import NO_SERVER, Workbench

PEERS = ("procrastinate", "pgqueuer")
MODULES = {name: f"bench.peers.claims_{name}" for name in ("bot", *PEERS)}
DUE, WAITING, SECONDS, WORKERS = 20_000, 1_000_000, 10.0, (1, 2, 4)
DUE_QUICK, WAITING_QUICK, SECONDS_QUICK = 200, 4_000, 0.5
REPEATS, REPEATS_QUICK = 3, 1
MORE = at_least(1)


def lines(bench: Workbench) -> Iterator[Line]:
    if bench.cluster is None:
        yield NotRun("claims and finishes, PostgreSQL", NO_SERVER)
        return
    due, waiting, seconds = (DUE_QUICK, WAITING_QUICK, SECONDS_QUICK) if bench.quick else (DUE, WAITING, SECONDS)
    workers = WORKERS[:1] if bench.quick else WORKERS
    with ExitStack() as house:
        runs: dict[str, Run] = {}
        for name, module in MODULES.items():
            url = house.enter_context(migrated(bench, "PostgreSQL") if name == "bot" else bench.postgresql())
            import_module(module).fill(url, waiting)
            for many in workers:
                runs[f"{name} {many}"] = partial(_run, module, url, (waiting, due), many, seconds)
        found = interleaved(runs, REPEATS_QUICK if bench.quick else REPEATS)
    for many in workers:
        yield from _rows(found, many, f"{due:,} due among {waiting:,}")


def _rows(found: Mapping[str, Mapping[str, Spread]], many: int, among: str) -> Iterator[Line]:
    ours, plural = found[f"bot {many}"], "s" if many > 1 else ""
    for peer in PEERS:
        theirs = found[f"{peer} {many}"]
        what = f"claims and finishes, {many} worker{plural}, {among}"
        yield Row(what, "per s", ours["per second"], peer, theirs["per second"], MORE)
        yield Row("claimed more than once", "jobs", ours["twice"], peer, theirs["twice"], Limit(Bound.AT_MOST, 0))


def _run(module: str, url: str, sizes: tuple[int, int], workers: int, seconds: float) -> Figures:
    import_module(module).make_due(url, *sizes)
    executed(url, "VACUUM ANALYZE")  # what the run before has left behind
    return contest(module, url, workers, seconds)
