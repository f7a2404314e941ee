"""Pictures in messages and views: drawn beside the event loop, uploaded, and put where they belong.

Whatever goes wrong with a picture, the rest is shown without it.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping
from typing import Any, TypeVar
from weakref import WeakValueDictionary

import structlog

from bot.charts import table
from bot.domain.charted import Charted, ChartFacts
from bot.domain.delivery import Message, NotNow, TenantGone, Undeliverable
from bot.domain.ids import FileId, TenantId
from bot.slack.gateway import Gateway
from bot.store import pictures
from bot.store.database import Database
from bot.views import picture

log = structlog.get_logger(__name__)

SECONDS = 6.0  # for all pictures of a message together
# People's requests and deliveries go first: pictures never take more of the database than this.
TURNS = 2

BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_arguments"})

Say = Callable[[Message], Awaitable[object]]
Files = Mapping[Charted, FileId]
T = TypeVar("T")


class Gallery:
    """Charts with the files that they became: the same facts are drawn and uploaded once, however often shown."""

    def __init__(
        self, db: Database, seconds: float = SECONDS, draw: Callable[[ChartFacts], bytes] = table.draw
    ) -> None:
        self._db = db
        self._seconds = seconds
        self._draw = draw
        self._turns = asyncio.Semaphore(TURNS)
        self._under_way = WeakValueDictionary[tuple[TenantId, str], asyncio.Lock]()

    async def illustrated(self, gateway: Gateway, tenant: TenantId, message: Message) -> Message:
        """The message with those of its pictures that could be had."""
        files = await self.files(gateway, tenant, [shown.chart for shown in message.pictures])
        return Message(message.text, picture.illustrated(message.blocks, message.pictures, files))

    async def said(self, gateway: Gateway, tenant: TenantId, message: Message, say: Say) -> None:
        """What the outbox does not deliver: with its pictures, or without where Slack refuses."""
        shown = await self.illustrated(gateway, tenant, message)
        try:
            await say(shown)
        except Undeliverable as refused:
            if refused.reason not in BLOCKS_REFUSED or shown.blocks == message.blocks:
                raise
            await self.forget(tenant, [gone.chart for gone in message.pictures])
            await say(message)

    async def files(self, gateway: Gateway, tenant: TenantId, charts: Collection[Charted]) -> Files:
        """Those that could be had, the new ones drawn and uploaded."""
        found = dict(await self.known(tenant, charts))
        try:
            async with asyncio.timeout(self._seconds):
                for wanted in charts:
                    if wanted not in found and (file := await self._hung(gateway, tenant, wanted)):
                        found[wanted] = file
        except (NotNow, Undeliverable, TenantGone, TimeoutError) as trouble:
            log.warning("picture_left_out", reason=str(trouble) or "too slow")
        return found

    async def known(self, tenant: TenantId, charts: Collection[Charted]) -> Files:
        """Those that were uploaded before, for a message or a view of whichever process; Slack is not asked."""
        if not charts:
            return {}

        async def look() -> Mapping[str, FileId]:
            async with self._turns, self._db.read(tenant) as tx:
                return await pictures.known(tx, [_digest(chart) for chart in charts])

        files = await _stored("pictures_not_looked_up", look()) or {}
        return {chart: files[_digest(chart)] for chart in charts if _digest(chart) in files}

    async def forget(self, tenant: TenantId, charts: Collection[Charted]) -> None:
        """Slack does not take them any more: their files were deleted, perhaps."""

        async def drop() -> None:
            async with self._turns, self._db.begin(tenant) as tx:
                await pictures.forget(tx, [_digest(chart) for chart in charts])

        await _stored("pictures_not_forgotten", drop())

    async def _hung(self, gateway: Gateway, tenant: TenantId, chart: Charted) -> FileId | None:
        """Once, where a message and a Home want the same at the same time."""
        async with self._under_way.setdefault((tenant, _digest(chart)), asyncio.Lock()):
            known = await self.known(tenant, [chart])
            return known.get(chart) or await self._uploaded(gateway, tenant, chart)

    async def _uploaded(self, gateway: Gateway, tenant: TenantId, chart: Charted) -> FileId | None:
        png = await _attempted(asyncio.to_thread(self._draw, chart.facts))
        if isinstance(png, BaseException):
            # A mistake in drawing costs its picture, and is told to us as any other of ours.
            log.error("picture_not_drawn", chart=chart.title, exc_info=png)
            return None
        file = await gateway.upload(tenant, _name(chart), png, chart.alt)

        async def keep() -> None:
            async with self._turns, self._db.begin(tenant) as tx:
                await pictures.keep(tx, _digest(chart), file)

        await _stored("picture_not_kept", keep())
        return file


async def _stored(trouble: str, work: Coroutine[Any, Any, T]) -> T | None:
    """A database that is away costs a drawing or an upload more, and no message."""
    done = await _attempted(work)
    if isinstance(done, BaseException):
        log.warning(trouble, error=type(done).__name__)
        return None
    return done


async def _attempted(work: Coroutine[Any, Any, T]) -> T | BaseException:
    done: T | BaseException = (await asyncio.gather(work, return_exceptions=True))[0]
    return done


def _digest(chart: Charted) -> str:
    return hashlib.sha256(repr(chart.facts).encode()).hexdigest()


def _name(chart: Charted) -> str:
    return f"{chart.title.lower().replace(' ', '-')}.png"
