"""People: only what reminders need, and asked about when it is time."""

from datetime import datetime

import pytest

from bot.domain.ids import TenantId, UserId
from bot.domain.preferences import PersonPreferences
from bot.store import people, stopping
from bot.store.database import Database
from tests.store.builders import ADA, BOB, ELSEWHERE, EVE, HERE, HOUR, NOW, a_tenant, in_each, install, over_all

PARIS = "Europe/Paris"


@pytest.fixture
async def known(db: Database) -> Database:
    """Ada was met in both workspaces; what Slack says of her is known in this one."""
    for tenant in (HERE, ELSEWHERE):
        await install(db, a_tenant(tenant))
        async with db.begin(tenant) as tx:
            await people.meet(tx, ADA, NOW)
    async with db.begin(HERE) as tx:
        await people.put(tx, ADA, PARIS, True, True, NOW)
    return db


async def to_ask(db: Database, now: datetime, at_most: int = 10) -> list[tuple[TenantId, UserId]]:
    return await over_all(db, lambda tx: people.to_ask(tx, now, at_most))


async def test_somebody_new_is_to_be_asked_about(db: Database) -> None:
    await install(db)
    await in_each(db, 10, lambda tx, _: people.meet(tx, BOB, NOW))

    assert await to_ask(db, NOW - HOUR) == []
    assert await to_ask(db, NOW) == [(HERE, BOB)]
    async with db.read(HERE) as tx:
        assert await people.of(tx, [BOB, EVE]) == {
            BOB: people.Person(BOB, None, True, True, False, None, NOW, PersonPreferences())
        }


async def test_what_slack_says_is_kept_and_not_asked_again(known: Database) -> None:
    async with known.begin(HERE) as tx:
        await people.meet(tx, ADA, NOW + HOUR)  # who is known is not met anew
        assert await people.of(tx, [ADA]) == {
            ADA: people.Person(ADA, PARIS, True, True, False, NOW, None, PersonPreferences())
        }

    assert await to_ask(known, NOW + HOUR) == [(ELSEWHERE, ADA)]


@pytest.mark.parametrize(
    ("zone", "is_member", "is_active", "changes"),
    [
        pytest.param(PARIS, True, True, False, id="as before"),
        pytest.param("Asia/Tokyo", True, True, True, id="moved"),
        pytest.param(None, True, True, True, id="zone no longer told"),
        pytest.param(PARIS, False, True, True, id="a guest now"),
        pytest.param(PARIS, True, False, True, id="left"),
    ],
)
async def test_a_change_is_told(
    known: Database, zone: str | None, is_member: bool, is_active: bool, changes: bool
) -> None:
    async with known.begin(HERE) as tx:
        assert await people.put(tx, ADA, zone, is_member, is_active, NOW + HOUR) is changes
        assert not await people.put(tx, ADA, zone, is_member, is_active, NOW + HOUR)


async def test_who_never_took_part_is_not_kept(known: Database) -> None:
    async with known.begin(HERE) as tx:
        assert not await people.put(tx, EVE, PARIS, True, True, NOW)
        assert await people.of(tx, [EVE]) == {}


async def test_who_is_to_be_asked_about_later_waits_the_longest_waiting_first(known: Database) -> None:
    async with known.begin(HERE) as tx:
        await people.meet(tx, BOB, NOW - HOUR)
        await people.ask(tx, ADA, NOW + HOUR)

    assert await to_ask(known, NOW) == [(HERE, BOB), (ELSEWHERE, ADA)]
    assert await to_ask(known, NOW, at_most=1) == [(HERE, BOB)]
    assert (HERE, ADA) in await to_ask(known, NOW + HOUR)


async def test_nobody_is_asked_about_in_a_stopped_workspace(known: Database) -> None:
    async with known.begin_for_all() as tx:
        await stopping.stop(tx, ELSEWHERE, NOW)

    assert await to_ask(known, NOW) == []


async def test_a_zone_is_somebodys_own_choice_else_slacks(db: Database) -> None:
    async with db.begin(HERE) as tx:
        for user in (ADA, BOB, EVE):
            await people.meet(tx, user, NOW)
        await people.put(tx, ADA, "Europe/Paris", True, True, NOW)
        await people.choose(tx, ADA, PersonPreferences(zone="Asia/Tokyo"))
        await people.put(tx, BOB, None, True, True, NOW)
        assert await people.zones(tx) == {ADA: "Asia/Tokyo", BOB: None}, "of Eve Slack was not asked yet"
        await people.put(tx, BOB, None, True, False, NOW)
        assert await people.zones(tx) == {ADA: "Asia/Tokyo"}
