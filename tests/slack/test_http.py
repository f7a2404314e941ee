"""The HTTP door over real sockets: what passes, what is refused, and that stopping loses nothing (B01, B12, A03)."""

import asyncio
import contextlib
import gzip
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from time import perf_counter

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.metrics import Metrics
from bot.slack import http
from bot.slack.gate import PATH, Payload
from bot.slack.http import IDLE_SECONDS, PortTaken, Server, SlackDoor
from bot.slack.replies import Reply
from tests.slack.requests import FORM, NOW, SECRET, in_form, in_json, signed

Headers = dict[str, str]
HELLO = in_form({"type": "block_actions"})


class Away(Exception):
    pass


@dataclass
class Bot:
    """Stands for Bolt: remembers what reached it, answers as told."""

    reply: Reply = field(default_factory=Reply)
    pause: float = 0
    met: list[Payload] = field(default_factory=list)
    problem: str | None = None
    error: Exception | None = None
    twenty: asyncio.Event = field(default_factory=asyncio.Event)

    async def dispatch(self, payload: Payload) -> Reply:
        self.met.append(payload)
        if len(self.met) == 20:
            self.twenty.set()
        await asyncio.sleep(self.pause)
        if self.error:
            raise self.error
        return self.reply

    async def ready(self) -> Mapping[str, str | None]:
        return {"database": self.problem, "clock": None}


@dataclass
class Place:
    bot: Bot
    metrics: Metrics
    server: Server
    port: int
    client: aiohttp.ClientSession

    def url(self, path: str = PATH) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def post(self, body: bytes, headers: Headers, path: str = PATH) -> tuple[int, str]:
        async with self.client.post(self.url(path), data=body, headers=headers) as response:
            return response.status, await response.text()

    async def get(self, path: str) -> tuple[int, str]:
        async with self.client.get(self.url(path)) as response:
            return response.status, await response.text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.asynccontextmanager
async def serving(idle_seconds: float = IDLE_SECONDS) -> AsyncIterator[Place]:
    bot, metrics, port = Bot(), Metrics(), free_port()
    door = SlackDoor(SECRET, bot.dispatch, lambda: NOW, read_seconds=0.3)
    server = Server(http.build(metrics, bot.ready, door, store_away=(Away,)), "127.0.0.1", port, "PORT", idle_seconds)
    await server.start()
    async with aiohttp.ClientSession(skip_auto_headers=["Content-Type"]) as client:
        yield Place(bot, metrics, server, port, client)
    await server.stop()


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with serving() as made:
        yield made


def headers_of(body: bytes, content_type: bytes = FORM) -> Headers:
    return {name.decode(): value.decode() for name, value in signed(body, content_type)}


async def test_a_signed_request_gets_bolts_answer(place: Place) -> None:
    place.bot.reply = Reply(200, '{"ok": 1}', {"Content-Type": "application/json"})
    assert await place.post(HELLO, headers_of(HELLO)) == (200, '{"ok": 1}')
    assert place.bot.met == [{"type": "block_actions"}]
    page = (await place.get("/metrics"))[1]
    assert 'inbound_total{outcome="answered",type="block_actions"} 1.0' in page
    assert "process_open_fds " in page
    assert "process_max_fds " in page


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
@pytest.mark.parametrize("path", [PATH, "/", "/slack/install", "/healthz", "/readyz", "/metrics", "/slack/events/x"])
async def test_b01_unsigned_requests_reach_nothing(place: Place, method: str, path: str) -> None:
    async with place.client.request(method, place.url(path), data=HELLO if method != "HEAD" else None) as response:
        pages = path in ("/healthz", "/readyz", "/metrics") and method in ("GET", "HEAD")
        assert response.status in ((200,) if pages else (401, 404, 405))
        assert "aiohttp" not in response.headers["Server"]
    assert place.bot.met == []


async def test_a_refusal_is_quick_counted_and_one_short_line(place: Place) -> None:
    with capture_logs() as lines:
        started = perf_counter()
        status, text = await place.post(b"canary" * 1000, {"Content-Type": "application/json"})
        assert perf_counter() - started < 0.5
    assert (status, text) == (401, "timestamp")
    assert len(lines) == 1
    assert len(str(lines[0])) < 300
    assert "canary" not in str(lines)
    assert 'signature_rejected_total{reason="timestamp"} 1.0' in place.metrics.page().decode()


async def in_raw(port: int, *pieces: bytes, pause: float = 0) -> bytes:
    """Bytes as nobody's HTTP client would send them; the whole answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with contextlib.suppress(ConnectionError):
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)
    answer = b""
    with contextlib.suppress(ConnectionError):
        answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()
    return answer


HEAD = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
CHUNK = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"


@pytest.mark.parametrize(
    ("pieces", "status"),
    [
        pytest.param([HEAD + b"Content-Length: 10000000\r\n\r\n", *[b"a" * 100_000] * 100], b"413", id="10 MB"),
        pytest.param([HEAD + b"Content-Length: 1000000\r\n\r\n", *[b"a" * 100_000] * 10], b"413", id="1 MB"),
        pytest.param([HEAD + b"Content-Length: 10000000\r\n\r\n"], b"413", id="10 MB announced"),
        pytest.param([HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[CHUNK] * 6], b"413", id="no length, too much"),
        pytest.param([HEAD + b"Content-Length: 100\r\n\r\n", b"a"], b"408", id="the rest never comes"),
        pytest.param([HEAD + b"Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\n"], b"415", id="compressed"),
        pytest.param([HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"zz\r\n"], b"400", id="broken chunks"),
        pytest.param([b"\x16\x03\x01 not HTTP at all\r\n\r\n"], b"400", id="no HTTP"),
    ],
)
async def test_b12_too_much_or_too_slow_is_refused(place: Place, pieces: list[bytes], status: bytes) -> None:
    answer = await in_raw(place.port, *pieces)
    assert answer.split(b" ")[1:2] == [status]
    assert place.bot.met == []
    assert await place.get("/healthz") == (200, "ok")


async def test_b12_a_byte_at_a_time_is_cut_off(place: Place) -> None:
    drops = [b"a"] * 20
    answer = await in_raw(place.port, HEAD + b"Content-Length: 100\r\n\r\n", *drops, pause=0.05)
    assert answer.split(b" ")[1] == b"408"


async def test_b12_a_bomb_is_not_unfolded(place: Place) -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    status, _ = await place.post(bomb, {**headers_of(bomb), "Content-Encoding": "gzip"})
    assert status == 415


async def test_b04_repeated_headers_are_seen(place: Place) -> None:
    lines = b"".join(b"%s: %s\r\n" % header for header in signed(HELLO, FORM)[1:] * 2)
    head = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Type: " + FORM + b"\r\n" + lines
    answer = await in_raw(place.port, head + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(HELLO) + HELLO)
    assert answer.split(b" ")[1] == b"401"


async def test_readiness_tells_no_detail(place: Place) -> None:
    assert await place.get("/readyz") == (200, "ready")
    place.bot.problem = "canary"
    assert await place.get("/readyz") == (503, "not ready")
    assert await place.get("/healthz") == (200, "ok")


@pytest.mark.parametrize(("error", "status"), [(Away(), 503), (RuntimeError("canary"), 500)])
async def test_i03_an_error_shows_no_detail(place: Place, error: Exception, status: int) -> None:
    place.bot.error = error
    got, text = await place.post(HELLO, headers_of(HELLO))
    assert got == status
    assert "canary" not in text


@pytest.mark.parametrize(
    "pieces",
    [[], [b"POST /sla"], [HEAD], [HEAD + b"X-Slow: ", *[b"x"] * 20], [b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"]],
    ids=["nothing", "half a line", "half a head", "a head that never ends", "nothing after an answer"],
)
async def test_f18_who_says_nothing_more_is_let_go(pieces: list[bytes]) -> None:
    async with serving(idle_seconds=0.2) as place:
        started = perf_counter()
        await in_raw(place.port, *pieces, pause=0.05)
        assert perf_counter() - started >= 0.2


async def test_f18_who_waits_for_an_answer_is_not_let_go_and_may_ask_again() -> None:
    async with serving(idle_seconds=0.2) as place:
        place.bot.pause = 0.5
        for _ in range(2):
            assert await place.post(HELLO, headers_of(HELLO)) == (200, "")


async def test_the_worker_has_no_door_for_slack() -> None:
    app = http.build(Metrics(), Bot().ready)
    assert {route.resource.canonical for route in app.router.routes() if route.resource} == {
        "/healthz",
        "/readyz",
        "/metrics",
    }


async def test_a03_stopping_answers_what_is_running_and_takes_nothing_new(place: Place) -> None:
    place.bot.pause = 0.2
    body = in_json({"type": "event_callback"})
    running = [asyncio.create_task(place.post(body, headers_of(body, b"application/json"))) for _ in range(20)]
    await place.bot.twenty.wait()
    await place.server.stop()
    assert [status for status, _ in await asyncio.gather(*running)] == [200] * 20
    with pytest.raises(aiohttp.ClientConnectionError):
        await place.get("/healthz")


async def test_a_taken_port_is_named(place: Place) -> None:
    second = Server(http.build(Metrics(), place.bot.ready), "127.0.0.1", place.port, setting="HEALTH_PORT")
    with pytest.raises(PortTaken, match=rf"^HEALTH_PORT {place.port} cannot be opened on 127\.0\.0\.1: .+") as taken:
        await second.start()
    assert "\n" not in str(taken.value)
