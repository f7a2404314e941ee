"""Where everything real is made and handed down, started in order, and stopped in the opposite one."""

import random
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

import structlog

from bot import clock, failpoints, watching
from bot.catalogue import loading
from bot.clock import Alarm
from bot.domain.delivery import TenantGone
from bot.handlers import entrance
from bot.handlers.deps import Deps
from bot.lasting import between, keep_what_is_made, stopping
from bot.metrics import Deliveries, Metrics
from bot.services import health, readiness, reminding, retaining
from bot.services.correspondence import turns
from bot.services.delivering import Delivering, Means
from bot.services.picturing import Gallery
from bot.services.rotating import Rotating
from bot.services.skew import Skew
from bot.services.telling import Telling
from bot.services.workspaces import ManyWorkspaces, OneWorkspace
from bot.settings import Part, Settings
from bot.slack import http
from bot.slack.access import Access
from bot.slack.binding import Binding
from bot.slack.gateway import Gateway
from bot.slack.http import PortTaken, Server
from bot.slack.secrets import KeyRing
from bot.slack.socket import SocketDoor
from bot.store import migrating
from bot.store.away import STORE_AWAY
from bot.store.database import Database, open_database
from bot.store.oneworker import SecondWorker, the_only_worker

log = structlog.get_logger(__name__)

# Together with the doors' ten seconds well within the 25 in which a platform expects the process to be gone.
AFTERWARDS_SECONDS = 3.0
DELIVERING_SECONDS = 8.0
WEB_PATIENCE_SECONDS = 2.0
WORKER_PATIENCE_SECONDS = 5.0


def utc_now() -> datetime:
    """The one reader of the clock."""
    return datetime.now(UTC)  # noqa: TID251


class WillNotStart(Exception):  # what the world is, not a mistake of ours
    """Something outside is not as it must be; the text is one line that says what to do."""


@dataclass(slots=True)
class Bot:
    """The parts that the web and the worker share."""

    settings: Settings
    db: Database
    gateway: Gateway
    workspaces: OneWorkspace | ManyWorkspaces
    metrics: Metrics
    models: loading.Models
    gallery: Gallery
    rotating: Rotating | None
    skew: Skew
    # Rung after each commit that put something in the outbox.
    alarm: Alarm = field(default_factory=lambda: Alarm(utc_now))
    planned_at: datetime | None = None  # when the worker last looked what had come due

    async def plan(self) -> None:
        if await self.skew.forbids(self.db):
            return
        now = utc_now()
        await health.beat(self.db, now)
        self.metrics.reminded(await reminding.tick(self.db, self.gateway, now))
        self.planned_at = now
        self.alarm.ring()


async def serve(settings: Settings, part: Part) -> None:
    """Runs a part of the bot until it is told to stop. Raises WillNotStart."""
    failpoints.arm(settings.fault)
    stop = stopping()
    async with AsyncExitStack() as house:
        bot = await _build(house, settings, part)
        worker = part in (Part.RUN, Part.WORKER)
        if worker:
            await _work(house, bot)
        await _open_doors(house, bot, part, _checks(bot, worker))
        log.info("started", part=part.value)
        keep_what_is_made()
        await stop.wait()
        log.info("stopping", part=part.value)
    log.info("stopped", part=part.value)


async def _build(house: AsyncExitStack, settings: Settings, part: Part) -> Bot:
    # Slack waits for three seconds, and a person is better told to try again than left with its own error.
    patience = WEB_PATIENCE_SECONDS if part is Part.WEB else WORKER_PATIENCE_SECONDS
    db = open_database(settings.database_url, patience)
    house.push_async_callback(db.close)
    await ready_to_use(db, migrates=part is Part.RUN)
    if part in (Part.RUN, Part.WORKER):
        try:
            house.enter_context(the_only_worker(db))
        except SecondWorker as other:
            line = f"DATABASE_URL: another worker is running on {other}; SQLite takes one, PostgreSQL takes many"
            raise WillNotStart(line) from None
    metrics = Metrics()
    rotating = _rotating(settings, db, metrics)
    workspaces = _workspaces(settings, db, rotating)
    await house.enter_async_context(between(watching.watch(metrics.loop_blocked.observe)))
    gateway = Gateway(
        settings.slack_api_url,
        workspaces.token_of,
        lambda method: metrics.slack_429.labels(method).inc(),
        another_token=workspaces.another_token if isinstance(workspaces, ManyWorkspaces) else None,
    )
    await gateway.start()
    house.push_async_callback(gateway.close)
    if isinstance(workspaces, OneWorkspace):
        try:
            await workspaces.meet(gateway)
        except TenantGone as refused:
            raise WillNotStart(f"SLACK_BOT_TOKEN is refused by Slack ({refused.reason})") from None
    skew = Skew(utc_now, metrics.clock_skew.set, settings.most_clock_skew)
    return Bot(settings, db, gateway, workspaces, metrics, loading.published(), Gallery(db), rotating, skew)


def _rotating(settings: Settings, db: Database, metrics: Metrics) -> Rotating | None:
    if not settings.many_workspaces:
        return None
    access = Access(settings.slack_api_url, settings.slack_client_id or "", settings.slack_client_secret or "")
    keys = KeyRing(settings.encryption_keys)
    return Rotating(db, keys, access, utc_now, lambda outcome: metrics.token_refresh.labels(outcome).inc())


def _workspaces(settings: Settings, db: Database, rotating: Rotating | None) -> OneWorkspace | ManyWorkspaces:
    if settings.many_workspaces:
        return ManyWorkspaces(db, KeyRing(settings.encryption_keys), rotating)
    return OneWorkspace(db, settings.slack_bot_token or "", utc_now)


async def ready_to_use(db: Database, *, migrates: bool) -> None:
    try:
        if migrates:
            await migrating.migrate(db)
        state = await migrating.state(db)
    except migrating.TooNew as newer:
        raise WillNotStart(str(newer)) from None
    except STORE_AWAY as away:
        raise WillNotStart(f"DATABASE_URL: the database cannot be reached ({type(away).__name__})") from None
    match state:
        case migrating.UpToDate():
            pass
        case migrating.Behind():
            raise WillNotStart("the database is not up to date: run `python -m bot migrate` first")
        case migrating.Ahead(current=current):
            raise WillNotStart(str(migrating.TooNew(current)))


async def _work(house: AsyncExitStack, bot: Bot) -> None:
    means = Means(
        bot.db,
        bot.gateway,
        Telling(bot.models),
        Deliveries(bot.metrics),
        utc_now,
        partial(time.clock_gettime, time.CLOCK_BOOTTIME),
        random.random,
        bot.gallery,
        turns(bot.db),
        bot.alarm.ring_at,
    )
    delivering = Delivering(means)
    house.push_async_callback(delivering.stop, DELIVERING_SECONDS)

    async def drain() -> None:
        if not await bot.skew.forbids(bot.db):
            await delivering.drain(utc_now())

    async def sweep() -> None:
        await delivering.sweep(utc_now())

    async def retain() -> None:
        await retaining.tick(bot.db, utc_now())

    async def rotate() -> None:
        if bot.rotating is not None:
            await bot.rotating.tick(utc_now())

    ticks: Mapping[str, tuple[float, clock.Tick]] = {
        "plan": (clock.PLAN_SECONDS, bot.plan),
        "drain": (clock.DRAIN_SECONDS, drain),
        "sweep": (clock.SWEEP_SECONDS, sweep),
        "rotate": (clock.ROTATE_SECONDS, rotate),
        "retain": (clock.RETAIN_SECONDS, retain),
    }
    running = clock.ticking(ticks, utc_now())
    house.callback(running.shutdown, wait=False)
    await house.enter_async_context(between(clock.on_time(running, utc_now)))
    await house.enter_async_context(between(bot.alarm.answered(drain)))


async def _open_doors(house: AsyncExitStack, bot: Bot, part: Part, ready: http.Ready) -> None:
    settings, dispatch = bot.settings, None
    if part is not Part.WORKER:
        binding = Binding(settings.shared_with_slack, bot.metrics.forms_refused.inc)
        announce_to = settings.announce_channel
        deps = Deps(bot.db, bot.models, bot.gateway, utc_now, announce_to, bot.alarm.ring, bot.gallery, binding)
        house.push_async_callback(deps.afterwards.finish, AFTERWARDS_SECONDS)
        dispatch = entrance.dispatch(deps, bot.workspaces, STORE_AWAY)
    pages = entrance.pages(settings, bot.db, bot.metrics, ready, dispatch, utc_now, STORE_AWAY)
    name, port = entrance.port_of(settings, part)
    server = Server(pages, settings.host, port, name)
    try:
        await server.start()
    except PortTaken as taken:
        raise WillNotStart(str(taken)) from None
    house.push_async_callback(server.stop)
    if dispatch and settings.slack_app_token:
        door = SocketDoor(settings.slack_app_token, settings.slack_api_url, dispatch, bot.metrics)
        await door.start()
        house.push_async_callback(door.stop)


def _checks(bot: Bot, worker: bool) -> http.Ready:
    started_at = utc_now()

    async def ready() -> Mapping[str, str | None]:
        planned = (bot.planned_at or started_at) if worker else None
        return await readiness.checks(bot.db, planned, utc_now, bot.skew)

    return ready
