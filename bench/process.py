"""Starts a process, waits until it answers, and says what that took and what it holds."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
START_SECONDS = 120.0  # a limit only
STOP_SECONDS = 30.0
BETWEEN_SECONDS = 0.005
MEGABYTE = 1024  # of kilobytes
TICKS = os.sysconf("SC_CLK_TCK")


class DidNotStart(Exception):
    """What the process said before it ended, or until it was given up."""


class Started:
    """A process that serves HTTP on a port of its own."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
        self.process = process
        self.port = port
        self.log = log
        self.began = time.monotonic()

    @property
    def cpu_seconds(self) -> float:
        return cpu_seconds(self.process.pid)

    @property
    def megabytes(self) -> float:
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / MEGABYTE for line in lines if line.startswith("VmRSS"))

    def wait_until_ready(self) -> None:
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise DidNotStart(self.log.read_text())
            time.sleep(BETWEEN_SECONDS)  # between two questions; START_SECONDS is the limit

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def cpu_seconds(pid: int) -> float:
    """Of all its threads, since it began, and of its children that have ended."""
    return sum(int(field) for field in _stat(pid)[11:15]) / TICKS


def machine_seconds() -> float:
    """What all processors together have worked so far, for whomever."""
    user, nice, system, _, _, *interrupts = Path("/proc/stat").read_text().splitlines()[0].split()[1:8]
    return sum(int(ticks) for ticks in (user, nice, system, *interrupts)) / TICKS


def children(pid: int) -> list[int]:
    numbers = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [number for number in numbers if _is_child(number, pid)]


def _is_child(pid: int, parent: int) -> bool:
    try:
        return int(_stat(pid)[1]) == parent
    except OSError:  # it has ended meanwhile
        return False


def _stat(pid: int) -> list[str]:
    """From its state on: what comes before may hold anything."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


@contextmanager
def started(
    arguments: Sequence[str],
    settings: Mapping[str, str],
    directory: Path,
    program: Sequence[str] = (sys.executable, "-m"),
) -> Iterator[Started]:
    """``python -m ...``, or another program, with these settings and none of ours. Ended with the block."""
    port = free_port()
    environment = {"PATH": "/usr/bin:/bin", "HOST": "127.0.0.1", "PORT": str(port), **settings}
    log = directory / f"{port}.log"
    command = [*program, *arguments]
    with (
        log.open("wb") as told,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=told, stderr=told) as process,
    ):
        try:
            yield Started(process, port, log)
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])
