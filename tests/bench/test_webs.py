"""What is said to be full, and what a process is said to have worked."""

import os
import subprocess
import sys

import pytest

from bench.process import children, cpu_seconds, machine_seconds
from bench.webs import full

WORKS = "import sys, time\nwhile time.process_time() < 0.3: pass\nprint('done', flush=True)\nsys.stdin.read()"


@pytest.mark.parametrize(
    ("busy", "said"),
    [
        pytest.param(1.9, "the cores are full", id="almost all there is"),
        pytest.param(1.0, "nothing is full: 1.0 of 2 cores are busy", id="half of it"),
    ],
)
def test_what_is_full(busy: float, said: str) -> None:
    assert full(busy, 2) == said


def test_a_process_has_worked_and_so_has_the_machine() -> None:
    before, machine = cpu_seconds(os.getpid()), machine_seconds()
    with subprocess.Popen([sys.executable, "-c", WORKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        assert process.pid in children(os.getpid())
        assert cpu_seconds(process.pid) >= 0.2
        process.stdin.close()
    assert process.pid not in children(os.getpid())
    assert cpu_seconds(os.getpid()) - before >= 0.2, "what an ended child has worked is not forgotten"
    assert machine_seconds() - machine >= 0.15
