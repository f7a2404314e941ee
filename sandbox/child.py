"""The app as a process of ours: started at any time of the workspace, stopped as a platform would, or killed."""

import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

START_SECONDS = 60.0
STOP_SECONDS = 20.0
TAIL = 4_000


class State(StrEnum):
    STARTING = "starting"
    RUNNING = "running"
    STOPPED = "stopped"
    DIED = "died"  # without having been asked to


class WillNotStart(Exception):
    """The app ended, or never answered."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Child:
    """`answers` is asked until it is true: then the app is ready."""

    def __init__(
        self,
        command: Sequence[str],
        settings: Callable[[], Mapping[str, str]],
        log: Path,
        answers: Callable[[], Awaitable[bool]],
        changed: Callable[[], None],
    ) -> None:
        self.command = list(command)
        self.log = log
        self.state = State.STOPPED
        self.code: int | None = None
        self._settings = settings
        self._answers = answers
        self._changed = changed
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def can_move(self) -> bool:
        """Whether it can live at another time: a Python program can."""
        return Path(self.command[0]).name.startswith("python")

    async def start(self, offset: float) -> None:
        """Returns when the app answers."""
        self._become(State.STARTING)
        # What leads to a real workspace stays out; everything else the child has as we have it.
        ours = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}  # noqa: TID251
        environment = {**ours, **self._settings()}
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._moved(offset), env=environment, stdout=log, stderr=log, start_new_session=True
            )
        self._watch = asyncio.create_task(self._wait_for_end(self._process))
        try:
            async with asyncio.timeout(START_SECONDS):
                while not await self._answers():
                    if self.state is State.DIED:
                        raise WillNotStart(f"{' '.join(self.command)} ended with {self.code}:\n{self.tail()}")
                    await asyncio.sleep(0.05)  # between two questions; the time-out is the limit
        except TimeoutError:
            await self.kill()
            raise WillNotStart(f"{' '.join(self.command)} did not answer:\n{self.tail()}") from None
        self._become(State.RUNNING)

    async def stop(self) -> None:
        """SIGTERM, and time to finish."""
        if process := self._running():
            self._become(State.STOPPED)
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), STOP_SECONDS)
            except TimeoutError:
                process.kill()
        await self._ended()

    async def kill(self) -> None:
        """As the power button does."""
        if process := self._running():
            process.kill()
        await self._ended()

    def tail(self) -> str:
        """The end of what it said."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-TAIL:] if self.log.exists() else ""

    def _moved(self, offset: float) -> list[str]:
        if not self.can_move or abs(offset) < 1:
            return self.command
        python, *rest = self.command
        return [python, "-m", "sandbox.moved", str(offset), *rest]

    def _running(self) -> asyncio.subprocess.Process | None:
        return self._process if self._process and self._process.returncode is None else None

    async def _wait_for_end(self, process: asyncio.subprocess.Process) -> None:
        self.code = await process.wait()
        if self.state is not State.STOPPED:
            self._become(State.DIED)

    async def _ended(self) -> None:
        if self._watch:
            await self._watch

    def _become(self, state: State) -> None:
        self.state = state
        self._changed()
