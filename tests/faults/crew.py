"""Some workers under one nursery, and what it reports of them."""

import asyncio
import os
import signal
import time
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Workers:
    """The nursery of some workers, and what it reported."""

    process: asyncio.subprocess.Process
    counts: Counter[str] = field(default_factory=Counter)
    pids: dict[int, int] = field(default_factory=dict)
    last_death: float = 0.0  # by the machine's clock

    @property
    def kills(self) -> int:
        return self.counts["killed"]

    async def listen(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            match line.decode().split():
                case ["count", what]:
                    self.counts[what] += 1
                case ["born", slot, pid]:
                    self.pids[int(slot)] = int(pid)
                    self.counts["born"] += 1
                case ["died", _, how]:
                    self.last_death = time.time()  # noqa: TID251  # the tests' own reader
                    self.counts["killed" if int(how) == -signal.SIGKILL else "ended"] += 1
                    if int(how) not in (0, -signal.SIGKILL):
                        self.counts["broken"] += 1
                case other:
                    raise AssertionError(f"the nursery said {other}")

    def kill_all(self) -> None:
        """Nursery and workers at once, as the power button does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.counts["killed"] += len(self.pids)

    async def stop(self) -> None:
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            await self.process.wait()
