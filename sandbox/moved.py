"""`python -m sandbox.moved SECONDS -m module …` or `… script …`: a Python program that lives that much later.

Only the wall clock is moved (`time.time`, `datetime.now` and their kin), inside this one process. Timers wait by the
monotonic clock, which stays as it is. libfaketime would do the same for any program, but is not on every machine that
has Python, and makes the timed waits of threads hang once it moves the monotonic clock as well.
"""

import runpy
import sys
import time
from collections.abc import Sequence

import time_machine


def run(words: Sequence[str]) -> None:
    """The rest of the words is what would have followed `python`."""
    seconds, *command = words
    moved = time_machine.travel(time.time() + float(seconds), tick=True)  # noqa: TID251 - it is the clock to move
    with moved:
        match command:
            case ["-m", module, *arguments]:
                sys.argv = [module, *arguments]
                runpy.run_module(module, run_name="__main__", alter_sys=True)
            case [script, *arguments]:
                sys.argv = [script, *arguments]
                runpy.run_path(script, run_name="__main__")
            case _:
                sys.exit(__doc__)


if __name__ == "__main__":
    run(sys.argv[1:])
