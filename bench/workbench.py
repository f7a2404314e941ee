"""What every benchmark is given: how much it may measure, and where there is room and a database for it."""

import os
import platform
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.process import children
from tests import postgres

LIBRARIES = (
    "slack-bolt", "sqlalchemy", "apscheduler", "aiohttp", "aiosqlite", "asyncpg", "psycopg", "pillow", "matplotlib",
    "procrastinate", "pgqueuer",
)  # fmt: skip
NO_SERVER = "there is no PostgreSQL server on this machine"
WHOLE_ONLY = "in the whole form only: it takes minutes"


@dataclass(frozen=True, slots=True)
class Workbench:
    quick: bool
    cluster: postgres.Cluster | None

    @property
    def repeats(self) -> int:
        return 3 if self.quick else 7

    @contextmanager
    def sqlite(self) -> Iterator[str]:
        with TemporaryDirectory(prefix="finops-bench-") as directory:
            yield f"sqlite+aiosqlite:///{directory}/finops.db"

    @contextmanager
    def postgresql(self) -> Iterator[str]:
        assert self.cluster is not None  # whoever asks has looked
        with self.cluster.fresh_database() as url:
            yield url

    def server_pids(self) -> list[int]:
        """Of everything that the server consists of now, a process for each connection among them."""
        assert self.cluster is not None
        first = int(Path(self.cluster.directory, "data", "postmaster.pid").read_text().split()[0])
        return [first, *children(first)]

    def server(self) -> str:
        if self.cluster is None:
            return "none"
        told = subprocess.run(
            [self.cluster.programs / "postgres", "--version"], capture_output=True, text=True, check=True
        )
        return told.stdout.strip()


@contextmanager
def workbench(*, quick: bool) -> Iterator[Workbench]:
    """With a PostgreSQL server that keeps its promises to the disk, where there is one."""
    programs = postgres.programs()
    if programs is None:
        yield Workbench(quick, None)
        return
    with postgres.running(programs, settings={}) as cluster:
        yield Workbench(quick, cluster)


def facts(bench: Workbench) -> Mapping[str, str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    cores = len(os.sched_getaffinity(0))
    return {
        "machine": f"{cores} cores ({_processor()}), {memory:.0f} GB, load when it began {load}",
        "Python": platform.python_version(),
        "libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        "server": bench.server(),
        "form": "short" if bench.quick else "whole",
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")
