"""The whole bot against the stand-in for Slack, with a clock that is moved by hand: what conversations run in."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import web_app
from sqlalchemy import func, select

from bot.catalogue import loading
from bot.catalogue.loading import Models
from bot.domain import pacing
from bot.domain.ids import ChannelId
from bot.domain.touches import Reason
from bot.handlers import entrance
from bot.handlers.deps import Deps
from bot.metrics import Deliveries, Metrics
from bot.services import reminding
from bot.services.correspondence import turns
from bot.services.delivering import Delivering, Means
from bot.services.picturing import Gallery
from bot.services.telling import Telling
from bot.services.workspaces import OneWorkspace
from bot.slack import http
from bot.slack.binding import Binding
from bot.slack.gateway import Gateway
from bot.slack.http import Server, SlackDoor
from bot.store.away import STORE_AWAY
from bot.store.database import Database
from bot.store.schema import TouchRow, TouchState
from sandbox import Clock, SlackStandIn
from sandbox import manifest as manifests
from tests.flows.ports import free_port

SECRET = "a-signing-secret-of-32-characters"
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # 09:00 in Paris, where Ada is
ANNOUNCED = "C_DATA"  # where stage changes of every team are told, too
MODELS = loading.published()
# With the rights and the events that the app really has, and no others.
APP = manifests.read(Path(__file__).resolve().parents[2] / "manifest.yml")
MAX_ROUNDS = 200
# Of the one who waits for an answer: far beyond Slack's three seconds, for machines with much else to do.
PATIENCE = 20.0


@dataclass
class Hand:
    """Time that moves only when it is told to."""

    at: float = MONDAY.timestamp()

    def __call__(self) -> float:
        return self.at


@dataclass
class World:
    slack: SlackStandIn
    db: Database
    clock: Clock
    delivering: Delivering
    gateway: Gateway
    metrics: Metrics
    deps: Deps

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock.now(), UTC)

    async def settle(self) -> None:
        """Lets the worker do everything that is due, the pauses between posts included."""
        for _ in range(MAX_ROUNDS):
            await self.answered()
            late = await reminding.tick(self.db, self.gateway, self.now())
            self.metrics.reminded(late)
            if await self._drained() or late:
                continue
            if not await self._stands_in_line():
                return
            self.clock.advance(pacing.APART.total_seconds())
        raise AssertionError("the outbox never came to rest")

    async def answered(self) -> None:
        """What the bot does after it has answered Slack is done."""
        await self.deps.afterwards.finish(10)
        await self.slack.sender.settled()

    async def pass_time(self, span: timedelta, step: timedelta = timedelta(hours=1)) -> None:
        """Moves the clock on in steps, the worker at work at each."""
        end = self.now() + span
        while self.now() < end:
            self.clock.advance(min(step, end - self.now()).total_seconds())
            await self.settle()

    async def until(self, moment: datetime, step: timedelta = timedelta(days=365)) -> None:
        """To that moment: at one leap, unless asked to go in steps."""
        await self.pass_time(moment - self.now(), step)

    async def _stands_in_line(self) -> bool:
        async with self.db.read_for_all() as tx:
            query = select(func.count()).where(TouchRow.state == TouchState.PLANNED, TouchRow.reason == Reason.IN_LINE)
            return bool(await tx.session.scalar(query))

    async def _drained(self) -> bool:
        """Whether anything was done; a pause of a second between posts is waited for by the clock."""
        taken = await self.delivering.drain(self.now())
        await self.delivering.idle()
        if taken:
            self.clock.advance(1.0)
        return taken > 0


@asynccontextmanager
async def world(
    db: Database, announce_to: str | None = ANNOUNCED, start: datetime = MONDAY, models: Models = MODELS
) -> AsyncIterator[World]:
    hand = Hand(start.timestamp())
    clock = Clock(hand, hand)
    slack = SlackStandIn("", SECRET, app=APP, clock=clock, burst=0, patience=PATIENCE, retry_delays=(0, 0, 0))
    async with slack, AsyncExitStack() as house:
        # aiohttp remembers every application that has served, and through it whatever a world is made of.
        house.callback(web_app._cached_build_middleware.cache_clear)
        built = await _built(house, slack, db, clock, announce_to, models)
        yield built
        await built.answered()


async def _built(
    house: AsyncExitStack, slack: SlackStandIn, db: Database, clock: Clock, announce_to: str | None, models: Models
) -> World:
    def now() -> datetime:
        return datetime.fromtimestamp(clock.now(), UTC)

    workspaces = OneWorkspace(db, slack.bot_token, now)
    gateway = Gateway(slack.api_url, workspaces.token_of)
    await gateway.start()
    house.push_async_callback(gateway.close)
    await workspaces.meet(gateway)
    metrics = Metrics()
    gallery, binding = Gallery(db), Binding(SECRET, metrics.forms_refused.inc)
    announced = ChannelId(announce_to) if announce_to else None
    deps = Deps(db, models, gateway, now, announced, lambda: None, gallery, binding)

    async def ready() -> dict[str, str | None]:
        return {}

    port = free_port()
    door = SlackDoor(SECRET, entrance.dispatch(deps, workspaces, STORE_AWAY, PATIENCE), now)
    pages = http.build(metrics, ready, door, (), STORE_AWAY)
    server = Server(pages, "127.0.0.1", port)
    await server.start()
    house.push_async_callback(server.stop)
    slack.request_url = f"http://127.0.0.1:{port}/slack/events"
    means = Means(db, gateway, Telling(models), Deliveries(metrics), now, clock.steady, lambda: 0.0, gallery, turns(db))
    delivering = Delivering(means)
    house.push_async_callback(delivering.stop, 5)
    return World(slack, db, clock, delivering, gateway, metrics, deps)
