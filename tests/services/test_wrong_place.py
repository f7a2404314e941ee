"""What one workspace owes with a place or a token of another, put into the database by hand: never said. C10."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import update

from bot.domain.delivery import ANOTHERS, DeliveryState
from bot.domain.ids import ChannelId, TenantId, UserId
from bot.services.delivering import Delivering
from bot.services.workspaces import ManyWorkspaces
from bot.slack.gateway import Gateway
from bot.slack.secrets import KeyRing
from bot.store import people
from bot.store.database import Transaction
from bot.store.schema import DeliveryRow, LaneRow, TeamRow, TenantRow
from tests.services import post_office
from tests.services.post_office import HERE, PAY, PostOffice, add_tenant, many_channels
from tests.store.builders import a_team

ELSEWHERE = TenantId("T_ELSEWHERE")
EVE = UserId("U_EVE")
THEIRS = ChannelId("C_MANY000")
KEY = KeyRing(["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="])


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[PostOffice]:
    """The channel and the person are of the other workspace, as far as anybody knows."""
    async with post_office.opened(database_url) as opened:
        many_channels(opened.slack, 1)
        await add_tenant(opened.database, ELSEWHERE, opened.time.now())
        async with opened.database.begin(ELSEWHERE) as tx:
            await a_team(tx, THEIRS, EVE)
            await known(tx, opened)
        yield opened


async def known(tx: Transaction, office: PostOffice) -> None:
    await people.meet(tx, EVE, office.time.now())
    await people.put(tx, EVE, "Europe/Paris", True, True, office.time.now())


@pytest.mark.parametrize("place", [THEIRS, EVE], ids=["a channel", "a person"])
async def test_c10_nothing_is_said_in_anothers_place(office: PostOffice, place: str) -> None:
    await office.put("k", place)

    await office.tick(office.worker())

    row = await office.row()
    assert (row.state, row.reason) == (DeliveryState.DEAD, ANOTHERS)
    assert office.slack.journal == [], "blocked before any call"
    assert (office.counts.of["blocked"], office.counts.of["given up"]) == (1, 1)


async def test_c10_a_delivery_and_its_lane_that_were_moved_by_hand(office: PostOffice) -> None:
    await office.put("k", PAY)
    async with office.database.begin_for_all() as tx:
        for table in (DeliveryRow, LaneRow):
            await tx.session.execute(update(table).where(table.channel_id == PAY).values(channel_id=THEIRS))

    await office.tick(office.worker())

    assert (await office.row()).reason == ANOTHERS
    assert office.slack.journal == []


async def test_c10_what_may_have_been_said_there_is_not_even_looked_for(office: PostOffice) -> None:
    await office.put("k", THEIRS)
    await office.mark(await office.claim_one())
    await office.leases_run_out()

    await office.tick(office.worker())

    assert (await office.row()).reason == ANOTHERS
    assert office.slack.journal == []


@pytest.mark.parametrize("why", ["its own", "its own team announces there", "shared", "in both"])
async def test_c10_a_place_may_be_of_several_workspaces(office: PostOffice, why: str) -> None:
    async with office.database.begin(HERE) as tx:
        match why:
            case "its own":
                await a_team(tx, THEIRS)
            case "its own team announces there":
                await a_team(tx, ChannelId("C_ELSE"))
                await tx.session.execute(update(TeamRow).values(announce_to=THEIRS))
            case "in both":
                await known(tx, office)
    place = EVE if why == "in both" else THEIRS
    await office.put("k", place)
    if why == "shared":
        async with office.database.begin(HERE) as tx:
            await tx.session.execute(update(LaneRow).values(is_shared=True))

    await office.tick(office.worker())

    assert [called.args["channel"] for called in office.slack.calls("chat.postMessage")] == [place]
    assert office.counts.of["blocked"] == 0


async def test_c10_another_workspaces_token_opens_for_nobody_else(office: PostOffice) -> None:
    async with office.database.begin_for_all() as tx:
        theirs = KEY.seal(office.slack.bot_token, ELSEWHERE)
        await tx.session.execute(update(TenantRow).values(token=theirs))  # in both rows
    await office.put("ours", PAY)
    await office.put("theirs", PAY, tenant=ELSEWHERE)

    async with by_the_table(office) as gateway:
        worker = Delivering(office.means(gateway=gateway))
        await office.tick(worker)

    assert len(office.slack.journal) == 1, "with the token for the one that it was sealed for"
    ours = await office.row("ours")
    assert (ours.state, ours.reason) == (DeliveryState.PENDING, "token_unreadable")


@asynccontextmanager
async def by_the_table(office: PostOffice) -> AsyncIterator[Gateway]:
    gateway = Gateway(office.slack.api_url, ManyWorkspaces(office.database, KEY).token_of)
    await gateway.start()
    yield gateway
    await gateway.close()
