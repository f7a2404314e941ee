"""What one workspace has to say in very many places keeps no other waiting for a minute. C15."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.delivery import DeliveryState
from bot.domain.ids import TenantId
from bot.services.delivering import Delivering
from bot.slack.gateway import Gateway
from bot.store.schema import DeliveryRow
from sandbox.values import Channel
from tests.services import post_office
from tests.services.post_office import PostOffice, add_tenant, many_channels
from tests.store.heaps import heap

BUSY = TenantId("T_BUSY")
OTHERS = [TenantId(f"T_{number}") for number in range(8)]
HANDS = 10
BACKLOG = 1000  # more than a minute and a half for all hands
EACH = 3
LONGEST = timedelta(seconds=60)


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[PostOffice]:
    async with post_office.opened(database_url) as opened:
        yield opened


async def test_c15_others_wait_for_less_than_a_minute(office: PostOffice) -> None:
    bot = frozenset({office.slack.app.bot_user})
    names = [f"C_HEAP{number + 1}" for number in range(BACKLOG)]
    office.slack.workspace.add(*(Channel(name, name.lower(), members=bot) for name in names))
    channels = many_channels(office.slack, len(OTHERS) * EACH)
    await heap(office.database, BUSY, BACKLOG, office.time.now())
    for tenant in OTHERS:
        await add_tenant(office.database, tenant, office.time.now())
    office.time.advance(1)
    for number, channel in enumerate(channels):
        await office.put(f"k{number}", channel, tenant=OTHERS[number % len(OTHERS)])

    async with shared_by_all(office) as gateway:
        worker = Delivering(office.means(gateway=gateway), at_once=HANDS)
        until = office.time.now() + 2 * LONGEST
        while await waiting(office) and office.time.now() < until:
            await office.tick(worker)
            office.time.advance(1)

    assert max(await lags(office)) <= LONGEST
    posted = office.slack.calls("chat.postMessage")
    assert len({called.args["channel"] for called in posted} & set(names)) >= EACH, "nor is it kept waiting itself"
    assert all(called.outcome == "ok" for called in posted), "one message a second and channel"


def shared_by_all(office: PostOffice) -> AbstractAsyncContextManager[Gateway]:
    """One Slack stands for that of all workspaces."""
    return post_office.a_gateway(office.slack, Gateway, tenants=[BUSY, *OTHERS])


async def waiting(office: PostOffice) -> bool:
    async with office.database.read_for_all() as tx:
        theirs = select(DeliveryRow.id).where(DeliveryRow.tenant_id != BUSY, DeliveryRow.settled_at.is_(None))
        return await tx.session.scalar(theirs.limit(1)) is not None


async def lags(office: PostOffice) -> list[timedelta]:
    async with office.database.read_for_all() as tx:
        rows = (await tx.session.scalars(select(DeliveryRow).where(DeliveryRow.tenant_id != BUSY))).all()
    assert [row.state for row in rows] == [DeliveryState.DELIVERED] * len(rows)
    return [row.settled_at - row.not_before for row in rows if row.settled_at]
