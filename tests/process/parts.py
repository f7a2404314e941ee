"""The bot's parts as real processes, started as `Procfile` says, at a moved clock, and killed without warning."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
import pytest

from sandbox import SlackStandIn
from tests import faketime
from tests.flows.ports import free_port
from tests.flows.world import PATIENCE

SECRET = "a-signing-secret-of-32-characters"
ROOT = Path(__file__).parents[2]
START_SECONDS = 90.0  # a limit only: on a machine with much else to do it takes long
STOP_SECONDS = 25.0
SAME_TIME_SECONDS = 3.0
# On a machine with much else to do nobody is told to try again for that.
PATIENT = "answer.too_late=pause:6"


@dataclass
class Parts:
    """The web and the worker of one bot."""

    slack: SlackStandIn
    database_url: str
    log: Path
    clock: Path  # what the parts read their time from
    settings: Mapping[str, str] = field(default_factory=dict)
    root: Path = ROOT  # of the bot's own files
    offset: timedelta = timedelta(0)
    running: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        faketime.write(self.clock, self.offset)

    async def migrate(self) -> None:
        process = await self._started("migrate", {})
        assert await asyncio.wait_for(process.wait(), START_SECONDS) == 0, self.log.read_text()

    async def start(self, *parts: str) -> None:
        """Starts parts and waits until each says that it is ready."""
        await self.launch(*parts)
        await self.ready()
        if "web" in parts or "run" in parts:
            web = self.ports.get("web") or self.ports["run"]
            self.slack.request_url = f"http://127.0.0.1:{web}/slack/events"

    async def launch(self, *parts: str) -> None:
        for part in parts:
            port = self.ports[part] = free_port()
            setting = "HEALTH_PORT" if part == "worker" else "PORT"
            self.running[part] = await self._started(part, {setting: str(port)})

    async def ready(self) -> None:
        """Until every part says so."""
        for part in self.running:
            await self._until(part, _is_ready)

    async def unready(self) -> None:
        """Until every part says that it is not."""
        for part in self.running:
            await self._until(part, lambda answer: answer.status == 503)

    async def kill(self, *parts: str) -> None:
        """As the power button does."""
        for part in parts:
            process = self.running.pop(part)
            with suppress(ProcessLookupError):  # it may have died by itself
                process.kill()
            await process.wait()

    async def stop(self, *parts: str) -> list[int]:
        """As a platform does on deploys: SIGTERM, and time to finish. The exit codes."""
        stopped = [self.running.pop(part) for part in parts]
        for process in stopped:
            process.send_signal(signal.SIGTERM)
        return [await asyncio.wait_for(process.wait(), STOP_SECONDS) for process in stopped]

    async def travel(self, span: timedelta, *, by_kill: bool = False) -> None:
        """All parts end and come back later; Slack's clock goes along."""
        parts = tuple(self.running)
        if by_kill:
            await self.kill(*parts)
        else:
            assert set(await self.stop(*parts)) == {0}, self.log.read_text()
        self.shift(span)
        await self.start(*parts)

    def shift(self, span: timedelta) -> None:
        """For Slack at once, and for the parts when they are started the next time, or have `followed`."""
        self.offset += span
        self.slack.clock.advance(span.total_seconds())
        faketime.write(self.clock, self.offset)

    async def followed(self) -> None:
        """The parts that were running when the clock was moved live by it."""
        for part in self.running:
            await self._until(part, self._goes_along)

    async def _started(self, part: str, ports: Mapping[str, str]) -> asyncio.subprocess.Process:
        moved = faketime.environment(self.clock)
        if moved is None:
            pytest.skip("there is no libfaketime on this machine")
        environment = {
            "PATH": os.environ["PATH"],  # noqa: TID251  # of the test's own process
            "HOST": "127.0.0.1",
            "DATABASE_URL": self.database_url.replace("+asyncpg", "").replace("+aiosqlite", ""),
            "SLACK_API_URL": self.slack.api_url,
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_SIGNING_SECRET": SECRET,
            "APP_ENV": "test",
            "FAULT": PATIENT,
            **self.settings,
            **moved,
            **ports,
        }
        with self.log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", part, cwd=self.root, env=environment, stdout=log, stderr=log
            )

    async def _until(self, part: str, holds: Callable[[aiohttp.ClientResponse], bool]) -> None:
        """Until the part's answer to whether it is ready is such a one."""
        async with asyncio.timeout(START_SECONDS), aiohttp.ClientSession() as session:
            while True:
                if self.running[part].returncode is not None:
                    raise AssertionError(f"{part} ended:\n{self.log.read_text()}")
                try:
                    async with session.get(f"http://127.0.0.1:{self.ports[part]}/readyz") as answer:
                        if holds(answer):
                            return
                except aiohttp.ClientError:
                    pass  # not listening yet
                await asyncio.sleep(0.05)  # between two questions; the time-out is the limit

    def _goes_along(self, answer: aiohttp.ClientResponse) -> bool:
        """The hour that it stamps its answers with is Slack's."""
        there = parsedate_to_datetime(answer.headers["Date"]).timestamp()
        return abs(self.slack.clock.now() - there) < SAME_TIME_SECONDS


def _is_ready(answer: aiohttp.ClientResponse) -> bool:
    return answer.status == 200


@asynccontextmanager
async def parts(database_url: str, directory: Path, **settings: str) -> AsyncIterator[Parts]:
    async with SlackStandIn("", SECRET, retry_delays=(0, 0.2, 0.5), patience=PATIENCE) as slack:
        made = Parts(slack, database_url, directory / "bot.log", directory / "clock", settings)
        try:
            await made.migrate()
            yield made
        finally:
            await made.kill(*made.running)
