"""Every route that there is, by every method, without a signature: B01. And what hostile bytes cost: B12, B13."""

import json
import resource
import time
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot import settings
from bot.handlers import entrance
from bot.metrics import Metrics
from bot.settings import Part
from bot.slack import gate
from bot.slack.gate import PATH, Payload, check
from bot.slack.replies import Reply
from bot.store.away import STORE_AWAY
from bot.store.database import Database
from tests.slack.requests import JSON, NOW, SECRET, signed

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "PROPFIND")
PAGES = {"/healthz", "/readyz", "/metrics"}
OAUTH = {"/slack/install": 302, "/slack/oauth_redirect": 400}
MEGABYTE = 1024  # as the kernel counts
BUSY_SECONDS = 0.05  # of the one thread that answers everybody
GIVEN = {
    "SLACK_SIGNING_SECRET": SECRET,
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "client-secret",
    "ENCRYPTION_KEYS": urlsafe_b64encode(b"k" * 32).decode(),
}


async def never(payload: Payload) -> Reply:
    raise AssertionError("a handler ran")


@pytest.fixture
async def server(db: Database) -> AsyncIterator[TestServer]:
    async def ready() -> dict[str, str | None]:
        return {}

    def now() -> datetime:
        return datetime.now(UTC)  # noqa: TID251  # as the door of a process does: requests are signed at this time

    given = settings.read(GIVEN, Part.WEB)
    pages = entrance.pages(given, db, Metrics(), ready, never, now, STORE_AWAY)
    served = TestServer(pages)
    async with served:
        yield served


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_b01_no_route_does_anything_for_whoever_cannot_sign(server: TestServer) -> None:
    routes = {route.resource.canonical for route in server.app.router.routes() if route.resource}
    assert routes == PAGES | set(OAUTH) | {PATH}
    body = json.dumps({"type": "event_callback", "team_id": "T1", "event": {"type": "app_uninstalled"}}).encode()

    async with aiohttp.ClientSession() as session:
        for path in sorted(routes | {"/", "/slack", "/slack/events/", "/slack/events/x", "/debug", "/admin"}):
            for method in METHODS:
                url = server.make_url(path)
                async with session.request(method, url, data=body, allow_redirects=False) as answer:
                    assert (path, method, answer.status) == (path, method, expected(path, method))


def expected(path: str, method: str) -> int:
    if path in PAGES:
        return 200 if method in ("GET", "HEAD") else 405
    if path in OAUTH:
        return OAUTH[path] if method == "GET" else 405
    if path == PATH:
        return 401 if method == "POST" else 405
    return 404


HOSTILE = {
    "very deep": b'{"a": ' + b"[" * 130_000 + b"]" * 130_000 + b"}",
    "very many keys": ("{" + ",".join(f'"{n}":1' for n in range(27_000)) + "}").encode(),
    "a million keys": ("{" + ",".join(f'"{n}":1' for n in range(1_000_000)) + "}").encode(),
    "one long text": b'{"a": "' + b"x" * 262_000 + b'"}',
    "escapes": b'{"a": "' + b"\\u0041" * 43_000 + b'"}',
    "digits": b'{"a": ' + b"9" * 262_000 + b"}",
    "quotes": b'"' * 262_000,
    "brackets": b'{"a": [' + b"[]," * 87_000 + b"[]]}",
    "as many brackets as are allowed": b'{"a": [' + b"[]," * 24_900 + b"[]]}",
    "short texts": b'{"a": [' + b'"",' * 87_000 + b'""]}',
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_b12_b13_no_bytes_keep_everybody_else_waiting(body: bytes) -> None:
    """What is signed costs the most: it is parsed. Measured as work, however busy the machine is."""
    headers = signed(body, JSON)
    spent = min(_spent(headers, body) for _ in range(3))

    assert spent < BUSY_SECONDS


def _spent(headers: gate.RawHeaders, body: bytes) -> float:
    started = time.thread_time()
    check("POST", PATH, headers, body, SECRET, NOW)
    return time.thread_time() - started


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_b12_ten_megabytes_thirty_times_take_no_memory(server: TestServer) -> None:
    async def pour() -> AsyncIterator[bytes]:
        for _ in range(160):
            yield b"a" * 65_536

    async def poured() -> None:
        async with aiohttp.ClientSession() as session:
            try:
                async with session.post(server.make_url(PATH), data=pour()) as answer:
                    assert answer.status == 413
            except aiohttp.ClientError:
                pass  # it does not read on after its answer

    await poured()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(30):
        await poured()

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 5 * MEGABYTE
