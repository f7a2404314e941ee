"""Pictures in messages and views: drawn beside the event loop, uploaded, and put where they belong.

Whatever goes wrong with a picture, the rest is shown without it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.charts import table
from bot.domain.charted import Charted, ChartFacts
from bot.domain.delivery import Message, NotNow, Picture, TenantGone, Undeliverable
from bot.domain.ids import FileId, TenantId
from bot.slack.gateway import Gateway
from bot.views import picture

log = structlog.get_logger(__name__)

SECONDS = 6.0  # for all pictures of a message together
MOST_KNOWN = 500

BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_arguments"})

Say = Callable[[Message], Awaitable[object]]
Uploaded = Sequence[tuple[Picture, FileId]]


class Gallery:
    """Pictures with the files that they became: the same facts are drawn and uploaded once, however often shown."""

    def __init__(
        self, seconds: float = SECONDS, draw: Callable[[ChartFacts], bytes] = table.draw, most: int = MOST_KNOWN
    ) -> None:
        self._seconds = seconds
        self._draw = draw
        self._most = most
        self._known: dict[tuple[TenantId, ChartFacts], FileId] = {}

    async def illustrated(self, gateway: Gateway, tenant: TenantId, message: Message) -> Message:
        """The message with those of its pictures that could be had."""
        uploaded = await self.uploaded(gateway, tenant, message.pictures)
        return Message(message.text, picture.illustrated(message.blocks, uploaded))

    async def said(self, gateway: Gateway, tenant: TenantId, message: Message, say: Say) -> None:
        """What the outbox does not deliver, an answer or a Home: with its pictures, or without where Slack refuses."""
        shown = await self.illustrated(gateway, tenant, message)
        try:
            await say(shown)
        except Undeliverable as refused:
            if refused.reason not in BLOCKS_REFUSED or shown.blocks == message.blocks:
                raise
            self.forget(tenant, message.pictures)
            await say(message)

    async def uploaded(self, gateway: Gateway, tenant: TenantId, pictures: Sequence[Picture]) -> Uploaded:
        """Those that could be had, for `views/picture.illustrated`."""
        found: Uploaded = []
        try:
            async with asyncio.timeout(self._seconds):
                for wanted in pictures:
                    found = [*found, *await self._hung(gateway, tenant, wanted)]
        except (NotNow, Undeliverable, TenantGone, TimeoutError) as trouble:
            log.warning("picture_left_out", reason=str(trouble) or "too slow")
        return found

    def forget(self, tenant: TenantId, pictures: Sequence[Picture]) -> None:
        """Slack does not take them any more: their files were deleted, perhaps."""
        for shown in pictures:
            self._known.pop((tenant, shown.chart.facts), None)

    async def _hung(self, gateway: Gateway, tenant: TenantId, wanted: Picture) -> Uploaded:
        file = await self._file(gateway, tenant, wanted.chart)
        return [(wanted, file)] if file else []

    async def _file(self, gateway: Gateway, tenant: TenantId, chart: Charted) -> FileId | None:
        key = (tenant, chart.facts)
        if key in self._known:
            return self._known[key]
        png = await self._drawn(chart)
        if png is None:
            return None
        file = await gateway.upload(tenant, _name(chart), png, chart.alt)
        self._remember(key, file)
        return file

    async def _drawn(self, chart: Charted) -> bytes | None:
        # A mistake in drawing costs its picture, and is told to us as any other of ours.
        (drawn,) = await asyncio.gather(asyncio.to_thread(self._draw, chart.facts), return_exceptions=True)
        if isinstance(drawn, bytes):
            return drawn
        log.error("picture_not_drawn", chart=chart.title, exc_info=drawn)
        return None

    def _remember(self, key: tuple[TenantId, ChartFacts], file: FileId) -> None:
        while len(self._known) >= self._most:
            self._known.pop(next(iter(self._known)))
        self._known[key] = file


def _name(chart: Charted) -> str:
    return f"{chart.title.lower().replace(' ', '-')}.png"
