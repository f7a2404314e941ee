"""What handlers are given: the means to store, to speak to Slack, and to go on after Slack was answered."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog

from bot import logs
from bot.catalogue.loading import Models
from bot.domain.delivery import Message, NotNow, TenantGone, Uncertain, Undeliverable
from bot.domain.ids import ChannelId, TenantId
from bot.handlers import handling
from bot.services.picturing import Gallery
from bot.slack.binding import Binding
from bot.slack.gateway import Gateway
from bot.slack.replies import NOT_NOW
from bot.store.away import is_away
from bot.store.database import Database, Transaction
from bot.views import saved

log = structlog.get_logger(__name__)

# So many connections at most are with those who read much: the others are there for people who save something.
MOST_READERS = 3
Apology = Callable[[Message], None]  # tells the person, who was promised something


class Afterwards:
    """Work that Slack is not kept waiting for. Nothing that must not be lost: that is stored before the answer."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None], apologise: Apology | None = None) -> None:
        if handling.is_repeat():
            work.close()
            return
        handling.is_followed()
        task = asyncio.get_running_loop().create_task(_guarded(work, apologise))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, within: float) -> None:
        """Waits for what is under way, and for what that begins, so many seconds at most."""
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + within
        while self._tasks and (left := ends_at - loop.time()) > 0:
            await asyncio.wait(set(self._tasks), timeout=left)
        for task in set(self._tasks):
            task.cancel()


async def _guarded(work: Coroutine[Any, Any, None], apologise: Apology | None) -> None:
    try:
        await work
    except (NotNow, Undeliverable, Uncertain, TenantGone) as trouble:
        log.info("slack did not take it", reason=str(trouble))
    except Exception as mistake:  # an outermost edge: nobody else would hear of it
        reference = logs.reference()
        known = {"error": type(mistake).__name__} if is_away(mistake) else {"exc_info": mistake}
        log.error("work after the answer failed", reference=reference, **known)
        if apologise is not None:
            apologise(saved.refused(NOT_NOW) if is_away(mistake) else saved.error(reference))


@dataclass(frozen=True, slots=True)
class Deps:
    db: Database  # to read from, and for services that begin by themselves; the effect of a request has `begin`
    models: Models
    gateway: Gateway
    now: Callable[[], datetime]
    announce_to: ChannelId | None
    wake: Callable[[], None]  # something was put into the outbox
    gallery: Gallery
    binding: Binding
    afterwards: Afterwards = field(default_factory=Afterwards)
    readers: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_READERS))

    @asynccontextmanager
    async def read_much(self, tenant: TenantId) -> AsyncIterator[Transaction]:
        """For an export: whoever asks for one waits, and not whoever saves an answer."""
        async with self.readers, self.db.read(tenant) as tx:
            yield tx

    @asynccontextmanager
    async def begin(self, tenant: TenantId) -> AsyncIterator[Transaction]:
        """The transaction of what a request is to bring about: of one that comes again, nothing stays."""
        with handling.kept():
            async with self.db.begin(tenant) as tx, handling.noted(tx, self.now()):
                yield tx

    async def say_once(self, tenant: TenantId) -> bool:
        """Before words, or files, that are the whole effect of a request. False where they were said already."""
        with handling.kept():
            async with self.db.begin(tenant) as tx, handling.noted(tx, self.now(), only_said=True):
                return not handling.is_repeat()
