"""Stands in front of PostgreSQL: answers are cut off, come late, or do not come at all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import make_url

MOST_BYTES = 65536


@dataclass
class Proxy:
    url: str
    host: str
    port: int
    cuts: int = 0
    latency: float = 0.0  # seconds from what is said to its answer
    _is_open: asyncio.Event = field(default_factory=asyncio.Event)
    _words: bytes | None = None
    _after: bytes = b""
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @classmethod
    @asynccontextmanager
    async def before(cls, database_url: str) -> AsyncIterator["Proxy"]:
        address = make_url(database_url)
        assert address.host is not None
        assert address.port is not None
        made = cls("", address.host, address.port)
        made.clears()
        server = await asyncio.start_server(made._serve, "127.0.0.1", 0)
        made.url = address.set(port=server.sockets[0].getsockname()[1]).render_as_string(hide_password=False)
        try:
            yield made
        finally:
            server.close()
            for task in list(made._tasks):
                task.cancel()
            await asyncio.gather(*made._tasks, return_exceptions=True)

    def cuts_at(self, words: bytes, after: bytes) -> None:
        """The connection that says the words, once it has said the others: its answer does not come through."""
        self._words, self._after = words, after

    def swallows(self) -> None:
        """Whoever says something waits: connections are taken, and nothing ever comes back."""
        self._is_open.clear()

    def clears(self) -> None:
        self.latency = 0.0
        self._is_open.set()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with suppress(asyncio.CancelledError):  # at the end of the test, and nobody waits for this task
                await self._between(reader, writer)
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _between(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection(self.host, self.port)
        answering = asyncio.create_task(_copy(back, writer))
        is_near = False
        try:
            with suppress(ConnectionError):
                while said := await reader.read(MOST_BYTES):
                    await asyncio.sleep(self.latency)
                    await self._is_open.wait()
                    is_near = is_near or (self._words is not None and self._after in said)
                    is_last = is_near and self._words is not None and self._words in said
                    if is_last:
                        self._words = None
                        answering.cancel()
                        await asyncio.gather(answering, return_exceptions=True)
                    forth.write(said)
                    await forth.drain()
                    if is_last:
                        await back.read(MOST_BYTES)  # it is done, and nobody learns it
                        self.cuts += 1
                        return
        finally:
            answering.cancel()
            forth.close()


async def _copy(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while said := await source.read(MOST_BYTES):
            to.write(said)
            await to.drain()
        to.close()
