"""Sends ready-made requests over so many connections at once, and says how long each took to be answered.

Bytes over plain sockets: a client that composed and parsed would take more of the machine than some of the servers.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import quantiles

CONTENT_LENGTH = b"content-length:"


class Refused(Exception):
    """What a server answered that was to say 200."""


@dataclass(frozen=True, slots=True)
class Answered:
    seconds: float
    each: Sequence[float]
    bodies: Sequence[bytes]

    @property
    def p99(self) -> float:
        return quantiles(self.each, n=100, method="inclusive")[-1]


async def sent(port: int, requests: Sequence[bytes], in_flight: int) -> Answered:
    waiting, each, bodies = iter(requests), list[float](), list[bytes]()
    began = time.perf_counter()
    async with asyncio.TaskGroup() as connections:
        for _ in range(in_flight):
            connections.create_task(_connection(port, waiting, each, bodies))
    return Answered(time.perf_counter() - began, each, bodies)


async def paced(port: int, requests: Sequence[bytes], per_second: float) -> Answered:
    """Each on a connection of its own, at its time, whatever became of those before; counted from that time."""
    each, bodies = list[float](), list[bytes]()
    began = time.perf_counter()
    async with asyncio.TaskGroup() as people:
        for number, request in enumerate(requests):
            people.create_task(_at(port, request, began + number / per_second, each, bodies))
    return Answered(time.perf_counter() - began, each, bodies)


async def _at(port: int, request: bytes, moment: float, each: list[float], bodies: list[bytes]) -> None:
    await asyncio.sleep(moment - time.perf_counter())
    await _connection(port, iter([request]), [], bodies)
    each.append(time.perf_counter() - moment)


async def _connection(port: int, waiting: Iterator[bytes], each: list[float], bodies: list[bytes]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for request in waiting:
            began = time.perf_counter()
            writer.write(request)
            body = await _answer(reader)
            each.append(time.perf_counter() - began)
            bodies.append(body)
    finally:
        writer.close()
        await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    status, *headers = head.lower().split(b"\r\n")
    body = await _body(reader, headers)
    if b" 200 " not in status + b" ":
        raise Refused(f"{status!r}: {body[:200]!r}")
    return body


async def _body(reader: asyncio.StreamReader, headers: Sequence[bytes]) -> bytes:
    length = next((line[len(CONTENT_LENGTH) :] for line in headers if line.startswith(CONTENT_LENGTH)), None)
    if length is not None:
        return await reader.readexactly(int(length))
    body = b""
    while size := int(await reader.readline(), 16):  # in chunks, each under its size, until there is an empty one
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return body
