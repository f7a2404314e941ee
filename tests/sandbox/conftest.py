"""An app of no importance on the other side of the stand-in: it remembers what it gets and answers as it is told."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Clock, SlackStandIn

SECRET = "a-secret-that-only-tests-know-0123"


@dataclass
class Got:
    body: bytes
    headers: dict[str, str]

    @property
    def fields(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.body.decode(), keep_blank_values=True).items()}

    @property
    def payload(self) -> Any:
        return json.loads(self.fields["payload"] if b"payload=" in self.body else self.body)


@dataclass
class PlainApp:
    """`answers` are given one after the other, then 200 with nothing."""

    url: str = ""
    got: list[Got] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)
    delay: float = 0.0

    def will_answer(self, body: Any = None, status: int = 200, **headers: str) -> None:
        text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        kind = "text/plain" if isinstance(body, str) else "application/json"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append(web.Response(text=text, status=status, content_type=kind, headers=named))

    async def handle(self, request: web.Request) -> web.Response:
        self.got.append(Got(await request.read(), {name.lower(): value for name, value in request.headers.items()}))
        if self.delay:
            await asyncio.sleep(self.delay)
        return self.answers.pop(0) if self.answers else web.Response()


@pytest.fixture
async def plain_app() -> AsyncIterator[PlainApp]:
    plain = PlainApp()
    server = web.Application()
    server.router.add_post("/slack/events", plain.handle)
    runner = web.AppRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    plain.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield plain
    await runner.cleanup()


class Hand:
    """Time that moves only when it is told to."""

    def __init__(self) -> None:
        self.at = 1_800_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    hand = Hand()
    return Clock(hand, hand)


@pytest.fixture
async def slack(plain_app: PlainApp, clock: Clock) -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(plain_app.url, SECRET, clock=clock, burst=0, retry_delays=(0, 0, 0)) as stand_in:
        yield stand_in


@pytest.fixture
def client(slack: SlackStandIn) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
