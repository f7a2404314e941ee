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
    """A process of Python that serves HTTP on a port of its own."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
        self.process = process
        self.port = port
        self.log = log
        self.began = time.monotonic()

    @property
    def cpu_seconds(self) -> float:
        """Of all its threads, since it began."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

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


@contextmanager
def started(arguments: Sequence[str], settings: Mapping[str, str], directory: Path) -> Iterator[Started]:
    """``python -m ...`` with these settings and none of ours. Ended with the block."""
    port = free_port()
    environment = {"PATH": "/usr/bin:/bin", "HOST": "127.0.0.1", "PORT": str(port), **settings}
    log = directory / f"{port}.log"
    command = [sys.executable, "-m", *arguments]
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
