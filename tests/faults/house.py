"""A fault case's world: a strict Slack that is the judge, a database, workers that die and are started again."""

import asyncio
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select, update

from bot.domain.audited import OPERATOR, Audited
from bot.domain.ids import CardId, ChannelId, DeliveryId, TenantId
from bot.domain.notices import CardPost, Notice
from bot.services import redriving
from bot.store import failures, lanes, outbox
from bot.store.database import Database, open_database
from bot.store.schema import DeliveryRow
from sandbox import SlackStandIn
from sandbox.clock import Clock
from sandbox.faults import Fault
from sandbox.values import Channel
from tests.faults import invariants
from tests.faults.crew import Workers
from tests.faults.life import Life, Time, hasten
from tests.services.post_office import HERE, add_tenant

ROOT = Path(__file__).parents[2]
OTHER = TenantId("T0OTHER")
LOOK_SECONDS = 0.2
LOOK_FOR_SECONDS = 60.0
BATCH = 200


@dataclass
class House:
    slack: SlackStandIn
    database: Database
    database_url: str
    time: Time
    log: Path
    seed: int = 0
    crews: list[Workers] = field(default_factory=list)
    redriven: int = 0
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def channels(self, how_many: int) -> list[str]:
        """Ada is in them, and the bot."""
        made = [f"C_FAULT{number:04}" for number in range(how_many)]
        members = frozenset({"U_ADA", self.slack.app.bot_user})
        self.slack.workspace.add(*(Channel(name, name.lower(), members=members) for name in made))
        return made

    async def put(self, channels: Sequence[str], how_many: int, notice: Notice | None = None, name: str = "d") -> None:
        """So many deliveries, dealt out among the channels."""
        for start in range(0, how_many, BATCH):
            numbers = range(start, min(start + BATCH, how_many))
            async with self.database.begin(HERE) as tx:
                # In the order of the channels, so that two who put at once never wait in a ring.
                for channel, number in sorted((channels[number % len(channels)], number) for number in numbers):
                    key = f"{name}-{number}"
                    said = notice or CardPost(CardId(key))
                    await outbox.enqueue(tx, key, said, ChannelId(channel), f"about-{key}", self.time.now())

    async def put_in_thread(self, channel: str, parent: str, key: str) -> None:
        async with self.database.begin(HERE) as tx:
            subject = f"thread:{parent}/{key}"
            await outbox.enqueue(tx, key, CardPost(CardId(key)), ChannelId(channel), subject, self.time.now())

    async def start(
        self,
        fault: str = "",
        workers: int = 1,
        hands: int = 1,
        deaths: int | None = None,
        *,
        plans: bool = False,
        client: Sequence[str] = (),
    ) -> Workers:
        life = Life(
            self.database_url,
            self.slack.api_url,
            self.slack.bot_token,
            fault,
            workers,
            hands,
            deaths,
            self.seed + len(self.crews),
            self.time.since,
            self.time.speed,
            self.time.start,
            plans,
            client,
        )
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.faults.nursery",
                life.written(),
                cwd=ROOT,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        crew = Workers(process)
        self.crews.append(crew)
        self._tasks.append(asyncio.create_task(crew.listen()))
        return crew

    async def end(self) -> None:
        for crew in self.crews:
            await crew.stop()
        await asyncio.gather(*self._tasks)

    def breaks(self, **fault: object) -> None:
        self.slack.faults.add(Fault(**fault))  # type: ignore[arg-type]

    async def waiting(self) -> int:
        async with self.database.read_for_all() as tx:
            query = select(func.count()).select_from(DeliveryRow).where(lanes.waiting(DeliveryRow))
            return await tx.session.scalar(query) or 0

    async def redrive(self) -> int:
        """What was taken for poison after three deaths goes once more, as an operator has it."""
        async with self.database.begin(HERE) as tx:
            dead = [one for one in await failures.latest(tx, BATCH) if one.reason in ("poison", "attempts spent")]
            now = self.time.now()
            again = [await redriving.requeue(tx, DeliveryId(one.id), one.key, OPERATOR, now) for one in dead]
        self.redriven += sum(again)
        return sum(again)

    async def settled(self, within: float, *, redrives: bool = False) -> float:
        """Until nothing waits any more; how many seconds of the machine's it took."""
        began = time.monotonic()
        async with asyncio.timeout(within):
            while True:
                # In this order: what dies between the two would be neither waiting nor driven again.
                waiting = await self.waiting()
                again = await self.redrive() if redrives else 0
                if not waiting and not again:
                    return time.monotonic() - began
                await asyncio.sleep(LOOK_SECONDS)

    async def settled_after(self, moment: float) -> float:
        """How many of their seconds after that moment of the machine's the last delivery ended."""
        async with self.database.read_for_all() as tx:
            last: datetime | None = await tx.session.scalar(select(func.max(DeliveryRow.settled_at)))
        assert last is not None
        return last.timestamp() - self.time.unix_at(moment)

    async def until_stopped(self, crew: Workers) -> None:
        await _until(lambda: bool(crew.pids) and _is_stopped(crew.pids[0]))

    def thaw(self, crew: Workers) -> None:
        os.kill(crew.pids[0], signal.SIGCONT)

    async def until_logged(self, words: str) -> None:
        await _until(lambda: words in self.said())

    async def until_counted(self, crew: Workers, what: str) -> None:
        await _until(lambda: bool(crew.counts[what]))

    async def settled_at(self, how_many: int, within: float) -> None:
        """Until so many have been decided, and nothing waits any more."""
        query = select(func.count()).select_from(DeliveryRow)
        async with asyncio.timeout(within):
            while True:
                async with self.database.read_for_all() as tx:
                    decided = await tx.session.scalar(query) or 0
                if decided >= how_many and not await self.waiting():
                    return
                await asyncio.sleep(LOOK_SECONDS)

    async def swept(self, within: float) -> None:
        """Until everything of which a second copy may stand has been looked for once more; a quarter of an hour on."""
        query = select(func.count()).select_from(DeliveryRow).where(DeliveryRow.sweep_at.is_not(None))
        await self.sweep_is_due()
        async with asyncio.timeout(within):
            while True:
                async with self.database.read_for_all() as tx:
                    if not await tx.session.scalar(query):
                        return
                await asyncio.sleep(LOOK_SECONDS)

    async def sweep_is_due(self) -> None:
        """As if a quarter of an hour had passed."""
        async with self.database.begin_for_all() as tx:
            due = update(DeliveryRow).where(DeliveryRow.sweep_at.is_not(None)).values(sweep_at=self.time.now())
            await tx.session.execute(due)

    async def check(self) -> invariants.Findings:
        found = await invariants.check(self.database, self.slack, self.time.now(), self.log)
        await invariants.noted(found, self.database, Audited.DELIVERY_REQUEUED, self.redriven)
        return found

    async def figures(self) -> tuple[dict[str, int], list[str]]:
        """What became of everything, in numbers, and what is broken, in words."""
        found = await self.check()
        counts = sum((crew.counts for crew in self.crews), Counter[str]())
        numbers = {
            "deliveries": sum(found.states.values()),
            "kills": counts["killed"],
            "posts": len([called for called in self.slack.calls("chat.postMessage") if called.performed]),
            "visible": found.visible,
            "lost": found.lost,
            "doubled": found.doubled,
            "broken": len(found.broken),
            "reconciled": counts["reconciled"],
            "in doubt": counts["in_doubt"],
            "copies deleted": counts["duplicate_deleted"],
            "driven again": self.redriven,
        }
        return numbers, found.broken

    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""


@asynccontextmanager
async def house(
    database_url: str, directory: Path, speed: float = 20.0, seed: int = 0, start: datetime | None = None
) -> AsyncIterator[House]:
    """``database_url``: of a PostgreSQL database with the schema, and for this case alone."""
    since = time.time()  # noqa: TID251  # the tests' own reader
    at = Time(since, speed, start.timestamp() if start else since)
    database = open_database(database_url)
    if speed != 1.0:
        await hasten(database, since, speed)
    for tenant in (HERE, OTHER):
        await add_tenant(database, tenant, at.now())
    try:
        async with SlackStandIn(clock=Clock(at.unix, at.steady), burst=1) as slack:
            made = House(slack, database, database_url, at, directory / "workers.log", seed)
            try:
                yield made
            finally:
                await made.end()
    finally:
        await database.close()


async def _until(is_so: Callable[[], bool]) -> None:
    """For what a process shows only to those who look."""
    async with asyncio.timeout(LOOK_FOR_SECONDS):
        while not is_so():  # noqa: ASYNC110
            await asyncio.sleep(LOOK_SECONDS)


def _is_stopped(pid: int) -> bool:
    return " T " in Path(f"/proc/{pid}/stat").read_text()
