"""The client that sends ready-made requests: every one once, so many at once, and no refusal unseen."""

import asyncio
from collections import Counter

import pytest
from aiohttp import web

from bench import load
from bench.submission import BINDING, TENANT, requests
from bot.domain.ids import UserId
from tests.flows.ports import free_port

VIEW = {"id": "V1", "private_metadata": '{"step":"visibility"}'}
FORM = {"user": {"id": "U1"}, "view": BINDING.bind(TENANT, UserId("U1"), VIEW)}


class Desk:
    """A server that counts who came, and how many were there at once."""

    def __init__(self, status: int = 200, *, in_chunks: bool = False) -> None:
        self.port, self._status, self._in_chunks = free_port(), status, in_chunks
        self.seen = Counter[bytes]()
        self.at_once = self.most_at_once = 0
        app = web.Application()
        app.router.add_post("/slack/events", self._answer)
        self._runner = web.AppRunner(app)

    async def __aenter__(self) -> "Desk":
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.seen[await request.read()] += 1
        await asyncio.sleep(0.01)  # as long as a server thinks
        self.at_once -= 1
        answer = web.Response(status=self._status, text="done")
        if self._in_chunks:
            answer.enable_chunked_encoding()
        return answer


@pytest.mark.parametrize("in_flight", [1, 4])
async def test_each_request_is_sent_once_and_so_many_at_once(in_flight: int) -> None:
    async with Desk() as desk:
        answered = await load.sent(desk.port, list(requests(FORM, 12)), in_flight)
    assert len(desk.seen) == len(answered.each) == 12
    assert desk.most_at_once == in_flight
    assert answered.bodies == [b"done"] * 12
    assert answered.p99 >= max(answered.each) / 2
    assert answered.seconds >= max(answered.each)


async def test_at_a_pace_each_is_sent_at_its_time_and_counted_from_then() -> None:
    async with Desk() as desk:
        answered = await load.paced(desk.port, list(requests(FORM, 12)), 40)
    assert len(desk.seen) == len(answered.each) == 12
    assert answered.seconds >= 11 / 40
    assert all(0.01 <= took <= answered.seconds for took in answered.each)


async def test_an_answer_may_come_in_chunks() -> None:
    async with Desk(in_chunks=True) as desk:
        answered = await load.sent(desk.port, list(requests(FORM, 3)), 1)
    assert answered.bodies == [b"done"] * 3


async def test_a_refusal_is_no_answer() -> None:
    async with Desk(status=401) as desk:
        with pytest.raises(ExceptionGroup) as refused:
            await load.sent(desk.port, list(requests(FORM, 2)), 1)
    assert refused.group_contains(load.Refused, match="401")
