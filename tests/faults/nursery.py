"""Supervises the workers of a fault case: who dies is started again, at once, from a process that has read all code.

A process of its own (`python -m tests.faults.nursery LIFE`). It reports on its standard output, one line for each
thing; what workers log goes to its standard error.
"""

import contextlib
import ctypes
import os
import random
import signal
import sys

import uvloop

from bot import logs
from tests.faults import life as lives
from tests.faults import worker
from tests.faults.life import Life

PR_SET_PDEATHSIG = 1


class Nursery:
    def __init__(self, life: Life, reports: int) -> None:
        self._life = life
        self._reports = reports
        self._living: dict[int, int] = {}
        self._started = 0
        self._deaths = 0
        self._is_ending = False

    def run(self) -> None:
        signal.signal(signal.SIGTERM, lambda *_: self._end())
        for slot in range(self._life.workers):
            self._start(slot)
        while self._living:
            pid, status = os.wait()
            slot = self._living.pop(pid)
            how = os.waitstatus_to_exitcode(status)
            self._report(f"died {slot} {how}")
            self._deaths += how == -signal.SIGKILL
            if not self._is_ending:
                self._start(slot)

    def _start(self, slot: int) -> None:
        self._started += 1
        is_spared = self._life.deaths is not None and self._deaths >= self._life.deaths
        # Told before it lives: whoever is told can be sure that its first word comes later.
        if pid := os.fork():
            self._living[pid] = slot
            self._report(f"born {slot} {pid}")
            return
        code = 1
        try:
            _dies_with_its_parent()
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            random.seed(f"{self._life.seed}/{slot}/{self._started}")
            uvloop.run(worker.live(self._life, self._reports, is_spared))
            code = 0
        finally:
            os._exit(code)

    def _end(self) -> None:
        self._is_ending = True
        for pid in self._living:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)

    def _report(self, line: str) -> None:
        os.write(self._reports, f"{line}\n".encode())


def _dies_with_its_parent() -> None:
    """Nobody outlives the case, whatever becomes of it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def main() -> None:
    _dies_with_its_parent()
    reports = os.dup(1)
    os.dup2(2, 1)
    logs.configure("WARNING", sys.stderr)
    Nursery(lives.read(sys.argv[1]), reports).run()


if __name__ == "__main__":
    main()
