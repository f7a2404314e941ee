"""What time it is in the workspace, and the one place here that asks the machine."""

import time
from collections.abc import Callable


class Clock:
    """Wall time for stamps and signatures, steady time for everything that runs out; both can be moved on together."""

    def __init__(self, now: Callable[[], float] | None = None, steady: Callable[[], float] = time.monotonic) -> None:
        self._now = now or time.time  # noqa: TID251 - the stand-in's one reader of the clock
        self._steady = steady
        self.offset = 0.0

    def now(self) -> float:
        return self._now() + self.offset

    def steady(self) -> float:
        return self._steady() + self.offset

    def advance(self, seconds: float) -> None:
        """Time passes at once: triggers run out, limits relax, stamps are later."""
        self.offset += seconds
