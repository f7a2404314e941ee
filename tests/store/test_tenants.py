"""Installations: whose the bot is, with a token that is only ever sealed, until it is removed."""

import asyncio
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.domain.ids import TenantId, UserId
from bot.slack.oauth import InstallationStore, StateStore
from bot.slack.secrets import KeyRing
from bot.slack.tenancy import Installation
from bot.store import stopping, tenants
from bot.store.database import Database
from bot.store.oauth_states import OAuthStates
from bot.store.schema import OAuthStateRow, TenantRow
from bot.store.tenants import Installations, Tenant
from tests.store.builders import ADA, BOB, ELSEWHERE, HERE, HOUR, NOW, a_tenant, install, over_all

TOKEN = "xoxb-canary"
KEYS = KeyRing([urlsafe_b64encode(bytes(32)).decode()])
GRANTED = Installation(HERE, TOKEN, UserId("U_BOT"), "B_BOT")


async def of(db: Database, tenant: TenantId = HERE) -> Tenant:
    found = await over_all(db, lambda tx: tenants.of(tx, tenant))
    assert found is not None
    return found


async def row(db: Database) -> TenantRow:
    async with db.read_for_all() as tx:
        return (await tx.session.scalars(select(TenantRow).where(TenantRow.id == HERE))).one()


async def stop(db: Database, tenant: TenantId = HERE) -> None:
    async with db.begin_for_all() as tx:
        await stopping.stop(tx, tenant, NOW + HOUR)


async def test_an_installation_is_found_again(db: Database) -> None:
    stored = await install(db, a_tenant(enterprise_id="E1", sealed_token="sealed"))

    assert stored == await of(db) == a_tenant(enterprise_id="E1", sealed_token="sealed")
    assert await over_all(db, lambda tx: tenants.of(tx, ELSEWHERE)) is None


async def test_what_is_not_known_this_time_stays_as_it_was(db: Database) -> None:
    await install(db, a_tenant(enterprise_id="E1"))

    stored = await install(db, a_tenant(team_id=None, bot_user_id=None, bot_id=None), NOW + HOUR)

    assert stored == a_tenant(enterprise_id="E1")
    assert (await row(db)).installed_at == NOW


async def test_g06_stopped_it_has_no_token_and_keeps_the_moment_however_often_it_is_told(db: Database) -> None:
    for tenant in (HERE, ELSEWHERE):
        await install(db, a_tenant(tenant, sealed_token="sealed"))
    for hours in (1, 2):
        async with db.begin_for_all() as tx:
            await stopping.stop(tx, HERE, NOW + hours * HOUR)

    assert await of(db) == a_tenant(stopped_at=NOW + HOUR)
    assert await over_all(db, tenants.all_active) == [a_tenant(ELSEWHERE, sealed_token="sealed")]


async def test_installed_again_it_goes_on(db: Database) -> None:
    await install(db)
    await stop(db)

    await install(db, now=NOW + 2 * HOUR)

    assert await of(db) == a_tenant()
    assert (await row(db)).installed_at == NOW + 2 * HOUR


async def test_a_granted_token_is_sealed_for_its_tenant(db: Database) -> None:
    store: InstallationStore = Installations(db, KEYS)
    await store.save(GRANTED, ADA, NOW)

    kept = await of(db)
    assert kept.sealed_token is not None
    assert KEYS.open(kept.sealed_token, HERE) == TOKEN
    assert (kept.bot_user_id, kept.bot_id, (await row(db)).installed_by) == ("U_BOT", "B_BOT", ADA)


async def test_i02_no_token_is_in_the_database_in_clear(db: Database) -> None:
    await Installations(db, KEYS).save(GRANTED, ADA, NOW)

    async with db.read_for_all() as tx:
        everything = repr((await tx.session.execute(text("SELECT * FROM tenants"))).all())
    assert "U_BOT" in everything
    assert TOKEN not in everything


async def test_installed_by_somebody_else_later_the_newer_token_counts(db: Database) -> None:
    store = Installations(db, KEYS)
    await store.save(GRANTED, ADA, NOW)
    await stop(db)
    await store.save(replace(GRANTED, bot_token="xoxb-newer"), BOB, NOW + 2 * HOUR)

    kept = await of(db)
    assert kept.stopped_at is None
    assert KEYS.open(kept.sealed_token or "", HERE) == "xoxb-newer"
    assert ((await row(db)).installed_by, (await row(db)).installed_at) == (BOB, NOW + 2 * HOUR)


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        pytest.param(timedelta(0), True, id="at once"),
        pytest.param(HOUR - timedelta(seconds=1), True, id="just in time"),
        pytest.param(HOUR, False, id="expired"),
    ],
)
async def test_b17_a_state_is_good_once_and_for_a_while(db: Database, age: timedelta, expected: bool) -> None:
    states: StateStore = OAuthStates(db, lambda: NOW)
    await states.keep("digest", NOW + HOUR)

    assert not await states.consume("another", NOW + age)
    assert await states.consume("digest", NOW + age) is expected
    assert not await states.consume("digest", NOW)


async def test_b17_of_ten_who_come_back_with_one_state_at_once_one_wins(db: Database) -> None:
    states = OAuthStates(db, lambda: NOW)
    await states.keep("digest", NOW + HOUR)

    won = await asyncio.gather(*(states.consume("digest", NOW) for _ in range(10)))

    assert won.count(True) == 1


async def test_expired_states_are_swept_when_another_is_kept(db: Database) -> None:
    times = [NOW]
    states = OAuthStates(db, lambda: times[-1])
    for hours in (0, 1, 2):
        times.append(NOW + hours * HOUR)
        await states.keep(f"d{hours}", times[-1] + HOUR)

    async with db.read_for_all() as tx:
        assert (await tx.session.scalars(select(OAuthStateRow.digest))).all() == ["d2"]
