"""What is kept, and until when: T-uninstall, G09. Twice, or on two hosts at once, comes to the same."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.actions import ActionState
from bot.domain.delivery import DeliveryState
from bot.domain.ids import TenantId
from bot.services import retaining
from bot.store import handled, stopping, tenants
from bot.store.database import Database, open_database
from bot.store.schema import ActionRow, AssessmentRow, AuditRow, DeliveryRow, RespondentRow, TouchRow, UndoRow
from tests.services.test_erasing import rows
from tests.store.builders import DAY, ELSEWHERE, HERE, NOW, a_tenant, install
from tests.store.furniture import DONE, FAILED, KEY, furnish

RAN_OUT = ("handled", "undos")
OF_TEAMS = ("teams", "assessments", "respondents", "answers", "actions", "cards")


@pytest.fixture
async def houses(db: Database) -> Database:
    for tenant in (HERE, ELSEWHERE):
        await install(db, a_tenant(tenant))
        await furnish(db, tenant)
    return db


async def removed(db: Database, tenant: TenantId, at: datetime) -> None:
    async with db.begin_for_all() as tx:
        await stopping.stop(tx, tenant, at)


@pytest.mark.parametrize(("days", "is_kept"), [(27, True), (28, False), (29, False)])
async def test_a_workspace_that_removed_the_bot_is_gone_within_thirty_days(
    houses: Database, days: int, is_kept: bool
) -> None:
    other = await rows(houses, HERE)
    await removed(houses, ELSEWHERE, NOW)

    assert await retaining.tick(houses, NOW + days * DAY)

    left = await rows(houses, ELSEWHERE)
    assert bool(left) is is_kept
    kept = [row for row in other if not row.startswith(RAN_OUT)]
    assert [row for row in await rows(houses, HERE) if not row.startswith(RAN_OUT)] == kept


async def test_installed_again_before_that_everything_is_kept(houses: Database) -> None:
    await removed(houses, ELSEWHERE, NOW)
    await install(houses, a_tenant(ELSEWHERE), NOW + 20 * DAY)

    assert await retaining.tick(houses, NOW + 60 * DAY)

    assert any(row.startswith("answers") for row in await rows(houses, ELSEWHERE))


async def test_g09_twice_and_on_two_hosts_at_once_comes_to_the_same(houses: Database, migrated_url: str) -> None:
    await removed(houses, ELSEWHERE, NOW)
    other = open_database(migrated_url)
    then = NOW + 200 * DAY
    try:
        await asyncio.gather(retaining.tick(houses, then), retaining.tick(other, then))
    finally:
        await other.close()
    assert await rows(houses, ELSEWHERE) == []
    once = await rows(houses, HERE)

    assert await retaining.tick(houses, then + DAY)

    assert await rows(houses, HERE) == once
    async with houses.read_for_all() as tx:
        assert [tenant.id for tenant in await tenants.all_active(tx)] == [HERE]


async def _acted(db: Database, kind: str) -> None:
    """Somebody did something in the workspace at hand, on the day on which two years begin."""
    done = {
        "an answer": update(RespondentRow).values(saved_at=NOW + DAY),
        "a decision": update(ActionRow).values(decided_at=NOW + DAY),
        "an assessment": update(AssessmentRow).values(started_at=NOW + DAY),
    }
    async with db.begin(HERE) as tx:
        await tx.session.execute(done[kind].execution_options(synchronize_session=False))


@pytest.mark.parametrize("kind", ["an answer", "a decision", "an assessment"])
async def test_a_team_that_nobody_has_cared_about_for_two_years_is_gone(houses: Database, kind: str) -> None:
    await _acted(houses, kind)

    await retaining.tick(houses, NOW + 731 * DAY)

    assert [row for row in await rows(houses, ELSEWHERE) if row.startswith(OF_TEAMS)] == []
    assert {row.partition(":")[0] for row in await rows(houses, HERE)} >= {"answers", "teams"}


async def test_until_then_it_is_kept(houses: Database) -> None:
    await retaining.tick(houses, NOW + 729 * DAY)

    assert any(row.startswith("answers") for row in await rows(houses, HERE))


async def test_it_is_done_once_a_day(houses: Database) -> None:
    assert await retaining.tick(houses, NOW)
    assert not await retaining.tick(houses, NOW + timedelta(hours=19))
    assert await retaining.tick(houses, NOW + timedelta(hours=20))


async def test_what_settled_long_ago_goes_and_what_still_matters_stays(houses: Database) -> None:
    async with houses.begin(HERE) as tx:
        await tx.session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.key == "key")
            .values(state=DeliveryState.DELIVERED, settled_at=NOW, sweep_at=None)
            .execution_options(synchronize_session=False)
        )
    assert await ids_after(houses, NOW + 89 * DAY) == {
        "deliveries": {"de-1", FAILED},
        "touches": {"to-0", "to-1"},
        "undos": set(),
        "audits": {"au-1"},
    }
    assert await ids_after(houses, NOW + 91 * DAY) == {
        "deliveries": set(),
        "touches": {"to-1"},
        "undos": set(),
        "audits": {"au-1"},
    }
    assert (await ids_after(houses, NOW + 401 * DAY))["audits"] == set()


async def test_what_was_said_of_an_open_action_point_stays_for_it_decides_what_is_said_next(houses: Database) -> None:
    async with houses.begin(HERE) as tx:
        await tx.session.execute(
            update(ActionRow)
            .where(ActionRow.id == DONE)
            .values(state=ActionState.OPEN, closed_at=None)
            .execution_options(synchronize_session=False)
        )
    assert (await ids_after(houses, NOW + 400 * DAY))["touches"] == {"to-0", "to-1"}


async def test_a_request_is_remembered_for_two_days(houses: Database) -> None:
    assert await retaining.tick(houses, NOW + 2 * DAY)
    async with houses.begin(HERE) as tx:
        assert not await handled.note(tx, KEY, NOW + 2 * DAY), "it was noted before"

    assert await retaining.tick(houses, NOW + 3 * DAY)
    async with houses.begin(HERE) as tx:
        assert await handled.note(tx, KEY, NOW + 3 * DAY)


async def ids_after(db: Database, now: datetime) -> dict[str, set[str]]:
    assert await retaining.tick(db, now)
    async with db.read(HERE) as tx:
        return {
            row.__tablename__: set((await tx.session.scalars(select(row.id))).all())
            for row in (DeliveryRow, TouchRow, UndoRow, AuditRow)
        }
