"""F18: a process that may open few files is overrun: people are refused, and when it is over they go on."""

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

import pytest

from tests.faults.crowd import WITHIN, Crowd
from tests.flows.assessment import STEPS

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(600)]

FILES = 64
TOLD = {0, 200, 503}  # 0: no answer at all, which Slack tells the person


@asynccontextmanager
async def overrun(port: int, many: int) -> AsyncIterator[None]:
    """So many who connect and say nothing."""
    async with AsyncExitStack() as held:
        for _ in range(many):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            held.enter_context(closing(writer))
        yield


async def until_out_of_files(pid: int) -> None:
    async with asyncio.timeout(WITHIN):
        while open_files(pid) < FILES:  # noqa: ASYNC110  # nobody else sees it
            await asyncio.sleep(0.05)


def open_files(pid: int) -> int:
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


async def test_f18_with_few_files_and_many_who_connect_nothing_is_lost_and_it_recovers(
    crowd: Crowd, long: bool
) -> None:
    front, people = crowd.front, crowd.front.people(8 if long else 3)
    await front.start()
    views = [await front.opened(person) for person in people]
    web = front.bot.running["web"]
    resource.prlimit(web.pid, resource.RLIMIT_NOFILE, (FILES, FILES))

    async with overrun(front.bot.ports["web"], 2 * FILES):
        await until_out_of_files(web.pid)
        forms = zip(people, views, strict=True)
        told = await asyncio.gather(*(front.submit(person, view, STEPS[0]) for person, view in forms))
    assert {one.status for one in told} <= TOLD
    assert web.returncode is None

    await asyncio.wait_for(front.bot.ready(), WITHIN)
    for person, view in zip(people, views, strict=True):
        if front.slack.screen(person.id) == view:
            await person.close(view)
        again = await front.opened(person)
        done = await front.submit(person, again, STEPS[int(again.title.split()[1]) - 1])
        assert (done.status, done.errors) == (200, {})
    assert (await crowd.found()).broken == []
