"""People of other workspaces, and a bot that was removed: nothing is shown, nothing is sent, nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.ids import TenantId
from bot.store import tenants
from bot.store.schema import TenantRow
from bot.store.tenants import Tenant
from sandbox import Fault, Trouble
from sandbox.person import Person
from tests.flows.assessment import RUN, agreed, assessed, posts, replies
from tests.flows.deciding import morning
from tests.flows.looking import words
from tests.flows.times import at, march
from tests.flows.world import World

pytestmark = pytest.mark.both_databases


@pytest.fixture
def xav(world: World) -> Person:
    """Of a partner's workspace, with which a channel is shared."""
    return world.slack.person("U_XAV")


async def test_an_external_persons_home_tells_of_no_team(world: World, xav: Person) -> None:
    await assessed(world, 3, RUN, channel="C_EXT")

    await xav.open_home()
    await world.answered()

    assert "Welcome" in words(world.slack.home("U_XAV"))
    assert "partner" not in words(world.slack.home("U_XAV"))


async def test_after_the_bot_was_removed_nothing_is_sent(world: World) -> None:
    card = await agreed(world, march(17))

    await world.slack.uninstall()
    await world.answered()
    before = len(world.slack.journal)
    await world.until(world.now() + timedelta(days=21), timedelta(days=7))

    assert replies(world, card) == []
    assert world.slack.journal[before:] == []


REVOKED = ("tokens_revoked", {"tokens": {"oauth": [], "bot": ["U0BOT"]}})
UNINSTALLED: tuple[str, dict[str, Any]] = ("app_uninstalled", {})


@pytest.mark.parametrize(
    "told",
    [
        pytest.param([UNINSTALLED, REVOKED], id="uninstalled first"),
        pytest.param([REVOKED, UNINSTALLED], id="revoked first"),
        pytest.param([UNINSTALLED, REVOKED, UNINSTALLED, REVOKED], id="each twice"),
    ],
)
async def test_g06_in_whatever_order_and_however_often_it_is_told_the_bot_is_silent(
    world: World, told: list[tuple[str, dict[str, Any]]]
) -> None:
    card = await agreed(world, march(17))
    await world.until(at(march(10), "09:29"))
    before = len(replies(world, card))

    for kind, fields in told:
        assert (await world.slack.event(kind, **fields)).status == 200
    await world.until(world.now() + timedelta(days=21), timedelta(days=7))

    assert len(replies(world, card)) == before
    async with world.db.read_for_all() as tx:
        assert await tenants.all_active(tx) == []


async def test_g06_removed_in_the_middle_of_a_delivery_it_ends_and_another_installation_goes_on(
    world: World, ada: Person
) -> None:
    world.slack.faults.add(Fault(Trouble.ERROR, method="chat.postMessage", error="token_revoked", count=1))
    await assessed(world, 3, RUN)
    assert posts(world) == []
    for kind, fields in (REVOKED, UNINSTALLED):
        await world.slack.event(kind, **fields)
    await world.pass_time(timedelta(minutes=5), timedelta(minutes=1))
    assert posts(world) == []

    async with world.db.begin_for_all() as tx:
        (known,) = await tx.session.scalars(select(TenantRow))
        again = Tenant(TenantId(known.id), known.team_id, None, None, None, None, None)
        await tenants.installed(tx, again, world.now())
    await world.settle()

    assert [kept.text for kept in posts(world)] == ["payments finished its FinOps assessment: Run, 100 of 100."]


async def test_a_revoked_token_stops_everything_at_the_first_refusal(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))
    token = world.slack.workspace.tokens[world.slack.bot_token]
    world.slack.workspace.add(replace(token, revoked=True))

    await morning(world, march(10))
    refused = [called for called in world.slack.journal if called.outcome != "ok"]
    await world.until(world.now() + timedelta(days=21), timedelta(days=7))

    assert replies(world, card) == []
    assert 1 <= len(refused) <= 2
    assert len([called for called in world.slack.journal if called.outcome != "ok"]) == len(refused)
