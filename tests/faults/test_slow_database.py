"""F03: a database that is slow, or that takes what is said and never answers: people are told in time, then it heals.

And one that is not there at all, or that goes away without a word.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import aiohttp
import pytest
from sqlalchemy import make_url, text

from bot.slack.bolt import ANSWER_SECONDS
from bot.slack.replies import NOT_NOW, TOO_SLOW
from bot.store.away import STORE_AWAY
from bot.store.database import Database, open_database
from sandbox.person import Person
from sandbox.views import View
from tests.faults import invariants
from tests.faults.desk import Desk, desk
from tests.faults.proxy import Proxy

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(300)]

FIRST = "process"
LATENCIES = (0.5, 2.0, None)  # seconds; None: no answer at all
# Slack's own in the long form, on a machine that does nothing else; in the other one a limit only.
SLACK_WAITS = 3.0
LIMIT = 10.0
HEALED_WITHIN = 30.0
STOP_SECONDS = 25.0


@pytest.fixture
async def proxy(own_url: str) -> AsyncIterator[Proxy]:
    async with Proxy.before(own_url) as made:
        yield made


@pytest.fixture
async def front(proxy: Proxy, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(proxy.url, tmp_path / "web.log") as made:
        yield made


def slow(proxy: Proxy, latency: float | None) -> None:
    if latency is None:
        proxy.swallows()
    else:
        proxy.latency = latency


async def readiness(front: Desk) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{front.bot.ports['web']}/readyz") as answer,
    ):
        return answer.status


async def test_f03_with_a_slow_database_people_are_told_in_time_and_afterwards_it_goes_on(
    front: Desk, proxy: Proxy, database: Database, long: bool
) -> None:
    await front.start(is_strict=True)
    people = front.people(20 if long else 4)
    views = [await front.opened(person) for person in people]
    for latency in LATENCIES:
        slow(proxy, latency)
        await told_in_time(front, people, views, SLACK_WAITS if long else LIMIT)
        proxy.clears()
        async with asyncio.timeout(HEALED_WITHIN):
            await healed(front)

    done = [await front.submit(person, view, FIRST) for person, view in zip(people, views, strict=True)]
    assert [(one.status, one.errors) for one in done] == [(200, {})] * len(people)
    now = datetime.fromtimestamp(front.slack.clock.now(), UTC)
    found = await invariants.check(database, front.slack, now, front.bot.log, front.saved)
    assert found.broken == []
    assert len(front.saved) == len(people)


async def told_in_time(front: Desk, people: list[Person], views: list[View], limit: float) -> None:
    began = monotonic()
    told, ready = await asyncio.gather(
        asyncio.gather(*(front.submit(*form, FIRST) for form in zip(people, views, strict=True))), readiness(front)
    )
    assert ANSWER_SECONDS * 0.9 < monotonic() - began < limit
    assert [one.status for one in told] == [200] * len(people)
    assert all(one.errors for one in told), "nobody is told that it is saved"
    assert {said for one in told for said in one.errors.values()} <= {TOO_SLOW, NOT_NOW}
    assert ready == 503


async def healed(front: Desk) -> None:
    while await readiness(front) != 200:  # noqa: ASYNC110  # asked from outside, as a platform does
        await asyncio.sleep(0.1)


async def test_f03_told_to_stop_while_the_database_does_not_answer_it_ends(front: Desk, proxy: Proxy) -> None:
    await front.start(parts=("run",))
    proxy.swallows()

    assert await front.bot.stop("run") == [0]


async def test_f03_a_connection_on_which_nobody_answers_is_given_up(proxy: Proxy) -> None:
    """A tick waits for no answer for ever, and the next one finds its way."""
    db = open_database(proxy.url, answers_within=0.3)

    async def asked_in_vain() -> None:
        async with db.begin_for_all() as tx:
            await tx.session.execute(text("SELECT 1"))
            proxy.swallows()
            await tx.session.execute(text("SELECT 1"))

    asking = asyncio.create_task(asked_in_vain())
    await asyncio.wait({asking}, timeout=HEALED_WITHIN)
    assert asking.done()
    assert isinstance(asking.exception(), STORE_AWAY)
    proxy.clears()
    async with db.begin_for_all() as tx:
        assert await tx.session.scalar(text("SELECT 1")) == 1
    await db.close()


async def test_f03_what_is_not_there_is_away(proxy: Proxy) -> None:
    nowhere = make_url(proxy.url).set(port=1).render_as_string(hide_password=False)
    for url in (nowhere, nowhere.replace("127.0.0.1", "no-such-host.invalid")):
        db = open_database(url)
        with pytest.raises(STORE_AWAY):
            async with db.read_for_all() as tx:
                await tx.session.execute(text("SELECT 1"))
        await db.close()
