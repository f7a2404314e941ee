"""Stands in front of PostgreSQL, and cuts a connection off when the answer to some words is on its way back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import make_url

MOST_BYTES = 65536


@dataclass
class Cutting:
    url: str
    host: str
    port: int
    cuts: int = 0
    _words: bytes | None = None
    _after: bytes = b""
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @classmethod
    @asynccontextmanager
    async def before(cls, database_url: str) -> AsyncIterator["Cutting"]:
        address = make_url(database_url)
        assert address.host is not None
        assert address.port is not None
        made = cls("", address.host, address.port)
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

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
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
