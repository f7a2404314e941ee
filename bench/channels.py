"""Slack's channels, as light as they can be: what was posted where, at one message a second and one more at a time."""

import asyncio
import json
import re
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bench.slack import IDENTITY

PER_SECOND, BURST = 1.0, 2.0
CONTENT_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
CHANNEL = re.compile(rb'"channel": *"([^"]+)"|[?&]channel=([^&]+)')
DELIVERY = re.compile(rb'"d": *"([^"]+)"')
REFUSED = json.dumps({"ok": False, "error": "ratelimited"}).encode()


@dataclass
class Bucket:
    tokens: float = BURST
    filled_at: float = 0.0

    def take(self, now: float) -> bool:
        self.tokens = min(BURST, self.tokens + (now - self.filled_at) * PER_SECOND)
        self.filled_at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


@dataclass
class Channels:
    """``answers_after``: how many seconds a message is there already while its sender does not know it."""

    answers_after: float = 0.0
    posted: Counter[str] = field(default_factory=Counter)
    # When something came into each channel last, by the system's clock.
    last_at: dict[str, float] = field(default_factory=dict)
    taken: int = 0
    refused: int = 0
    opened: list[tuple[float, bytes]] = field(default_factory=list)  # modals: when, by `perf_counter`, and what
    messages: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    _buckets: dict[str, Bucket] = field(default_factory=lambda: defaultdict(Bucket))

    @property
    def twice(self) -> int:
        return sum(times - 1 for times in self.posted.values())

    def post(self, channel: str, delivery: str | None, now: float) -> str | None:
        """Where it stands; None: not so soon after the last one."""
        if not self._buckets[channel].take(now):
            self.refused += 1
            return None
        self.taken += 1
        self.last_at[channel] = time.time()  # noqa: TID251  # a server's own clock
        ts = f"{1_000_000 + self.taken}.000100"
        if delivery is not None:
            self.posted[delivery] += 1
            told = {"event_type": "finops_delivery_v1", "event_payload": {"d": delivery}}
            self.messages[channel].append({"ts": ts, "bot_id": IDENTITY["bot_id"], "metadata": told})
        return ts


class _Connection(asyncio.Protocol):
    def __init__(self, channels: Channels) -> None:
        self._channels = channels
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (request := self._request()) is not None:
            answer = self._answered(*request)
            asyncio.get_running_loop().call_later(self._channels.answers_after, self._transport.write, answer)

    def _request(self) -> tuple[bytes, bytes] | None:
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return None
        said = CONTENT_LENGTH.search(head)
        length = int(said.group(1)) if said else 0
        if len(rest) < length:
            return None
        self._buffer = rest[length:]
        return head.split(b" ", 2)[1], rest[:length]

    def _answered(self, path: bytes, body: bytes) -> bytes:
        found = CHANNEL.search(body) or CHANNEL.search(path)  # what only reads is asked for by its address
        channel = (found.group(1) or found.group(2)).decode() if found else ""
        method = path.partition(b"?")[0]
        if method.endswith(b"chat.postMessage"):
            known = DELIVERY.search(body)
            ts = self._channels.post(channel, known.group(1).decode() if known else None, time.monotonic())
            return _http(b'{"ok":true,"channel":"%b","ts":"%b"}' % (channel.encode(), ts.encode()) if ts else None)
        if method.endswith(b"views.open"):
            self._channels.opened.append((time.perf_counter(), body))
        if method.endswith((b"conversations.history", b"conversations.replies")):
            return _http(json.dumps({"ok": True, "messages": self._channels.messages[channel]}).encode())
        return _http(json.dumps(IDENTITY).encode())


def _http(body: bytes | None) -> bytes:
    status = b"200 OK" if body is not None else b"429 Too Many Requests\r\nRetry-After: 1"
    told = REFUSED if body is None else body
    return b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (status, len(told), told)


@contextmanager
def listening(channels: Channels) -> Iterator[str]:
    """The address of the Web API, for as long as the block lasts; in a thread, so that the caller may wait."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    opening = loop.create_server(lambda: _Connection(channels), "127.0.0.1", 0, backlog=1000)
    server = asyncio.run_coroutine_threadsafe(opening, loop).result()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/"
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
