"""The Socket Mode door against a WebSocket server of our own: acknowledged, repeated, cut off, stopped (B10, B19)."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from bot.metrics import Metrics
from bot.slack.gate import Payload
from bot.slack.replies import Reply
from bot.slack.socket import SocketDoor
from tests.slack.requests import a_command

T = TypeVar("T")
JSON_REPLY = Reply(200, '{"response_action": "clear"}', {"Content-Type": "application/json"})


@dataclass
class Slack:
    """apps.connections.open and the WebSocket behind it."""

    tokens: list[str] = field(default_factory=list)
    refuse: int = 0
    burnt: set[str] = field(default_factory=set)
    sockets: asyncio.Queue[web.WebSocketResponse] = field(default_factory=asyncio.Queue)
    received: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    url: str = ""

    async def open(self, request: web.Request) -> web.Response:
        self.tokens.append(request.headers["Authorization"])
        if self.refuse:
            self.refuse -= 1
            return web.json_response({"ok": False, "error": "internal_error"})
        return web.json_response({"ok": True, "url": f"{self.url}/link?ticket=t{len(self.tokens)}"})

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        if request.query["ticket"] in self.burnt:
            raise web.HTTPForbidden
        self.burnt.add(request.query["ticket"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello"})
        await self.sockets.put(socket)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self.received.put(json.loads(message.data))
        return socket


@dataclass
class Bot:
    reply: Reply = field(default_factory=Reply)
    met: list[Payload] = field(default_factory=list)
    started: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.go_on.set()

    async def dispatch(self, payload: Payload) -> Reply:
        self.met.append(payload)
        self.started.set()
        await self.go_on.wait()
        return self.reply


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    slack = Slack()
    app = web.Application()
    app.router.add_post("/api/apps.connections.open", slack.open)
    app.router.add_get("/link", slack.link)
    async with TestServer(app) as server:
        slack.url = str(server.make_url("/")).rstrip("/")
        yield slack


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
async def door(slack: Slack, bot: Bot) -> AsyncIterator[SocketDoor]:
    door = SocketDoor("xapp-1", f"{slack.url}/api/", bot.dispatch, Metrics(), ping_seconds=0.1)
    await door.start()
    yield door
    bot.go_on.set()
    await door.stop()


def an_envelope(envelope_id: str = "e1", kind: str = "slash_commands", **more: Any) -> dict[str, Any]:
    return {"envelope_id": envelope_id, "type": kind, "payload": a_command(), "accepts_response_payload": True, **more}


async def soon(queue: "asyncio.Queue[T]") -> T:
    return await asyncio.wait_for(queue.get(), 5)


@pytest.mark.parametrize(
    ("reply", "accepts", "payload"),
    [
        pytest.param(Reply(), True, None, id="nothing to say"),
        pytest.param(Reply(200, "hello", {"Content-Type": "text/plain"}), True, {"text": "hello"}, id="text"),
        pytest.param(JSON_REPLY, True, {"response_action": "clear"}, id="JSON"),
        pytest.param(JSON_REPLY, False, None, id="nobody reads the answer"),
        pytest.param(Reply(400, "malformed"), True, None, id="refused for good"),
    ],
)
async def test_an_envelope_is_acknowledged_with_the_answer(
    slack: Slack, bot: Bot, door: SocketDoor, reply: Reply, accepts: bool, payload: dict[str, Any] | None
) -> None:
    bot.reply = reply
    socket = await soon(slack.sockets)
    await socket.send_json(an_envelope(accepts_response_payload=accepts))
    assert await soon(slack.received) == {"envelope_id": "e1"} | ({"payload": payload} if payload else {})
    assert bot.met == [a_command()]
    assert slack.tokens == ["Bearer xapp-1"]
    assert await door.connected()


async def test_while_the_store_is_away_nothing_is_acknowledged(slack: Slack, bot: Bot, door: SocketDoor) -> None:
    socket = await soon(slack.sockets)
    bot.reply = Reply(503)
    await socket.send_json(an_envelope("e1", "events_api"))
    await asyncio.wait_for(bot.started.wait(), 5)
    bot.reply = Reply()
    await socket.send_json(an_envelope("e2", "events_api"))
    assert await soon(slack.received) == {"envelope_id": "e2"}


async def test_b19_repeated_unknown_and_broken_envelopes_do_no_harm(slack: Slack, bot: Bot, door: SocketDoor) -> None:
    socket = await soon(slack.sockets)
    for text in (
        "not json",
        "{broken",
        "[]",
        json.dumps({"type": "unheard_of"}),
        json.dumps(an_envelope("x", "unheard_of")),
    ):
        await socket.send_str(text)
    for _ in range(2):
        await socket.send_json(an_envelope("same"))
    assert [await soon(slack.received), await soon(slack.received)] == [{"envelope_id": "same"}] * 2
    assert len(bot.met) == 2


async def test_b19_envelopes_are_answered_in_any_order(slack: Slack, bot: Bot, door: SocketDoor) -> None:
    bot.go_on.clear()
    socket = await soon(slack.sockets)
    for number in range(10):
        await socket.send_json(an_envelope(f"e{number}"))
    bot.go_on.set()
    answered = {(await soon(slack.received))["envelope_id"] for _ in range(10)}
    assert answered == {f"e{number}" for number in range(10)}


@pytest.mark.parametrize("how", ["disconnect", "close", "cut"])
async def test_b19_it_reconnects(slack: Slack, bot: Bot, door: SocketDoor, how: str) -> None:
    socket = await soon(slack.sockets)
    match how:
        case "disconnect":
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})
        case "close":
            await socket.close()
        case _:
            assert socket._req is not None
            assert socket._req.transport is not None
            socket._req.transport.abort()
    again = await soon(slack.sockets)
    await again.send_json(an_envelope("after"))
    assert await soon(slack.received) == {"envelope_id": "after"}


async def test_b19_an_acknowledgement_cut_off_is_given_when_the_envelope_comes_again(
    slack: Slack, bot: Bot, door: SocketDoor
) -> None:
    bot.go_on.clear()
    first = await soon(slack.sockets)
    await first.send_json(an_envelope())
    await asyncio.wait_for(bot.started.wait(), 5)
    await first.close()
    again = await soon(slack.sockets)
    bot.go_on.set()
    await again.send_json(an_envelope())
    assert await soon(slack.received) == {"envelope_id": "e1"}


async def test_slack_may_be_away_when_the_bot_starts(slack: Slack, bot: Bot) -> None:
    slack.refuse = 2
    door = SocketDoor("xapp-1", f"{slack.url}/api/", bot.dispatch, Metrics(), ping_seconds=0.05)
    await door.start()
    assert not await door.connected()
    await soon(slack.sockets)
    await door.stop()


async def test_an_address_that_is_refused_is_not_tried_for_ever(slack: Slack, bot: Bot) -> None:
    slack.burnt.add("t1")
    door = SocketDoor("xapp-1", f"{slack.url}/api/", bot.dispatch, Metrics(), ping_seconds=0.05)
    await door.start()
    await soon(slack.sockets)
    await door.stop()


async def test_h06_text_that_cannot_be_kept_reaches_nobody(slack: Slack, bot: Bot, door: SocketDoor) -> None:
    socket = await soon(slack.sockets)
    await socket.send_json(an_envelope(payload=a_command(text="\0")))
    assert await soon(slack.received) == {"envelope_id": "e1"}
    assert bot.met == []


async def test_it_can_be_stopped_while_slack_is_away(bot: Bot) -> None:
    door = SocketDoor("xapp-1", "http://127.0.0.1:1/api/", bot.dispatch, Metrics(), ping_seconds=0.05)
    await door.start()
    await asyncio.wait_for(door.stop(), 5)


async def test_a03_stopping_acknowledges_what_is_running_and_takes_nothing_new(
    slack: Slack, bot: Bot, door: SocketDoor
) -> None:
    bot.go_on.clear()
    socket = await soon(slack.sockets)
    await socket.send_json(an_envelope("running"))
    await asyncio.wait_for(bot.started.wait(), 5)
    stopping = asyncio.create_task(door.stop())
    await asyncio.sleep(0)
    await socket.send_json(an_envelope("late"))
    bot.go_on.set()
    await stopping
    assert await soon(slack.received) == {"envelope_id": "running"}
    assert slack.received.empty()
    assert len(bot.met) == 1


async def test_stopping_does_not_wait_for_ever(slack: Slack, bot: Bot, door: SocketDoor) -> None:
    bot.go_on.clear()
    socket = await soon(slack.sockets)
    await socket.send_json(an_envelope())
    await asyncio.wait_for(bot.started.wait(), 5)
    await asyncio.wait_for(door.stop(seconds=0.1), 5)
