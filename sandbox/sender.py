"""Sends the app what happens in the workspace, signed, and minds the three seconds that it has to answer."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

import aiohttp

from sandbox.values import Json
from sandbox.workspace import Workspace

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Sent:
    """One request to the app, and what came back; status 0 when nothing did."""

    kind: str  # "command", "interaction" or "event"
    payload: Json
    headers: Mapping[str, str]
    body: bytes
    status: int = 0
    answer: bytes = b""
    answer_headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    failure: str = ""  # http_timeout, connection_failed or http_error
    at: float = 0.0  # by the workspace's clock

    @property
    def ok(self) -> bool:
        return not self.failure

    def json(self) -> Any:
        """What the app answered, or None where that is not JSON."""
        try:
            return json.loads(self.answer) if self.answer.strip() else None
        except ValueError:
            return None


def signature(secret: str, timestamp: str, body: bytes) -> str:
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


Socket = Callable[[str, Json, float], Awaitable[bytes | None]]  # None: not acknowledged in time


class Sender:
    """Over HTTP, or over the app's WebSocket while it holds one open."""

    def __init__(self, workspace: Workspace, request_url: str = "", patience: float = 3.0) -> None:
        self._workspace = workspace
        self.request_url = request_url
        self.patience = patience
        self.retry_delays: Sequence[float] = (0.0, 60.0, 300.0)
        self.sent: list[Sent] = []
        self.socket: Callable[[], Socket | None] = lambda: None
        self.flowing = asyncio.Event()  # cleared: events wait, as while the app is being moved to another time
        self.flowing.set()
        self._session: aiohttp.ClientSession | None = None
        self._later: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        for task in self._later:
            task.cancel()
        await asyncio.gather(*self._later, return_exceptions=True)
        if self._session:
            await self._session.close()

    def signed(self, body: bytes, kind: str = FORM, secret: str = "") -> dict[str, str]:
        timestamp = str(int(self._workspace.clock.now()))
        secret = secret or self._workspace.app.signing_secret
        return {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(secret, timestamp, body),
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        }

    async def command(self, fields: Json) -> Sent:
        return await self._send("command", fields, urlencode(fields).encode(), FORM)

    async def interaction(self, payload: Json) -> Sent:
        return await self._send("interaction", payload, urlencode({"payload": json.dumps(payload)}).encode(), FORM)

    async def event(self, envelope: Json) -> Sent:
        """The first attempt is awaited; the others follow by themselves, as late as the platform makes them."""
        await self.flowing.wait()
        body = json.dumps(envelope).encode()
        first = await self._send("event", envelope, body, "application/json")
        if self._again(first):
            self.later(self._retry(envelope, body, first))
        return first

    async def resend(self, place: int = -1) -> Sent:
        """The very same bytes once more, signature and all."""
        before = self.sent[place]
        return await self.post(before.kind, before.payload, before.body, before.headers)

    async def settled(self) -> None:
        """Everything that was to be sent, and sent again, has been."""
        while self._later:
            await asyncio.gather(*self._later, return_exceptions=True)

    def later(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def post(self, kind: str, payload: Json, body: bytes, headers: Mapping[str, str]) -> Sent:
        """Any bytes with any headers; nothing is held against the app for its answer."""
        steady = self._workspace.clock.steady
        started = steady()
        status, answer, heard, failure = 0, b"", {}, ""
        try:
            async with asyncio.timeout(self.patience):
                request = self._http().post(self.request_url, data=body, headers=headers, allow_redirects=False)
                async with request as response:
                    status, answer, heard = response.status, await response.read(), dict(response.headers)
        except TimeoutError:
            failure = "http_timeout"
        except aiohttp.ClientError:
            failure = "connection_failed"
        if status and not 200 <= status < 300:
            failure = "http_error"
        return self._kept(Sent(kind, payload, headers, body, status, answer, heard, steady() - started, failure))

    def _kept(self, sent: Sent) -> Sent:
        sent = replace(sent, at=self._workspace.clock.now())
        self.sent.append(sent)
        self._workspace.changes.happened()
        return sent

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    async def _send(self, kind: str, payload: Json, body: bytes, content: str, **more: str) -> Sent:
        if socket := self.socket():
            sent = await self._over_socket(socket, kind, payload, body)
        else:
            sent = await self.post(kind, payload, body, self.signed(body, content) | more)
        match sent.failure:
            case "http_timeout":
                self._workspace.complain("late", f"{kind} not acknowledged within {self.patience} s")
            case "connection_failed":
                self._workspace.complain("unreachable", f"{kind} could not be delivered to {self.request_url}")
            case "http_error":
                self._workspace.complain("answered badly", f"{kind} answered with {sent.status}: {sent.answer[:200]!r}")
        return sent

    async def _over_socket(self, socket: Socket, kind: str, payload: Json, body: bytes) -> Sent:
        started = self._workspace.clock.steady()
        answer = await socket(kind, payload, self.patience)
        seconds = self._workspace.clock.steady() - started
        if answer is None:
            return self._kept(Sent(kind, payload, {}, body, seconds=seconds, failure="http_timeout"))
        return self._kept(Sent(kind, payload, {}, body, 200, answer, seconds=seconds))

    def _again(self, sent: Sent) -> bool:
        no_more = any(
            name.lower() == "x-slack-no-retry" and value == "1" for name, value in sent.answer_headers.items()
        )
        return not sent.ok and not no_more

    async def _retry(self, envelope: Json, body: bytes, last: Sent) -> None:
        for number, delay in enumerate(self.retry_delays, 1):
            await asyncio.sleep(delay)
            again = {"x-slack-retry-num": str(number), "x-slack-retry-reason": last.failure}
            last = await self._send("event", envelope, body, "application/json", **again)
            if not self._again(last):
                return
