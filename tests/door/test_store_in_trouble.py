"""What PostgreSQL goes through: lost connections, a row that somebody else holds, no more writing. Then it heals."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.domain.actions import ActionState
from bot.services import readiness
from bot.services.skew import Skew
from bot.slack.replies import NOT_NOW
from bot.store.database import Database
from sandbox.person import Person
from tests.door.setting import a_team_with_an_action, changes_made, state
from tests.flows.typing import COMMAND, typed
from tests.flows.world import World

pytestmark = pytest.mark.parametrize(
    "migrated_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)

CUT_OFF = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> {own}"
SKEWED = (0, 45, 50, -3600, 0, -3600)  # seconds, one after the other
READ_ONLY = "ALTER DATABASE {database} SET default_transaction_read_only = {value}"


async def cut_off(operator: Database) -> None:
    async with operator.begin_for_all() as tx:
        await tx.session.execute(text(CUT_OFF.format(own="pg_backend_pid()")))


@asynccontextmanager
async def read_only(operator: Database) -> AsyncIterator[None]:
    """As after a failover: for every connection made from now on, and there are no others any more."""

    async def say(value: str) -> None:
        async with operator.begin_for_all() as tx:
            await tx.session.execute(text("SET TRANSACTION READ WRITE"))
            name = await tx.session.scalar(text("SELECT quote_ident(current_database())"))
            await tx.session.execute(text(READ_ONLY.format(database=name, value=value)))
        await cut_off(operator)

    await say("on")
    try:
        yield
    finally:
        await say("off")


async def test_f02_with_every_connection_cut_again_and_again_nothing_is_told_that_is_not_so(
    world: World, ada: Person, operator: Database
) -> None:
    await a_team_with_an_action(world)
    for verb, then in (("done", ActionState.DONE), ("reopen", ActionState.OPEN)) * 3:
        await cut_off(operator)
        told = await typed(world, ada, f"action {verb} A-1")
        assert told.text != NOT_NOW, "a connection that is gone is found out before it is used"
        assert await state(world) is then
    assert await changes_made(world) == 6


async def test_f02_cut_off_in_the_middle_it_is_done_whole_or_not_at_all(
    world: World, ada: Person, operator: Database
) -> None:
    await a_team_with_an_action(world)
    for verb, then in (("done", ActionState.DONE), ("reopen", ActionState.OPEN)) * 5:
        reply, _ = await asyncio.gather(typed(world, ada, f"action {verb} A-1"), cut_off(operator))
        if reply.text == NOT_NOW:
            await typed(world, ada, f"action {verb} A-1")
        assert await state(world) is then


async def test_f06_a_row_that_an_operator_holds_keeps_nobody_waiting(
    world: World, ada: Person, operator: Database
) -> None:
    await a_team_with_an_action(world)
    async with operator.begin_for_all() as held:
        await held.session.execute(text("SELECT 1 FROM actions FOR UPDATE"))
        refused = await asyncio.gather(*(typed(world, ada, "action done A-1") for _ in range(5)))
        assert [told.text for told in refused] == [NOT_NOW] * 5
        assert await state(world) is ActionState.OPEN

    await typed(world, ada, "action done A-1")
    assert (await state(world), await changes_made(world)) == (ActionState.DONE, 1)


async def checked(world: World) -> Mapping[str, str | None]:
    return await readiness.checks(world.db, None, world.now, Skew(world.now, world.metrics.clock_skew.set))


@pytest.mark.parametrize(("most", "ready"), [(None, [True] * 6), (30, [True, False, False, False, True, False])])
async def test_f13_clocks_that_differ_are_measured_and_told_of_once_and_make_unready_beyond_the_limit(
    world: World, db: Database, most: int | None, ready: Sequence[bool]
) -> None:
    ours = list[timedelta]()
    limit = timedelta(seconds=most) if most else None
    skew = Skew(lambda: at_the_database(ours[-1]), world.metrics.clock_skew.set, limit)
    measured, found, forbidden = list[float](), list[bool](), list[bool]()
    with capture_logs() as logs:
        for ahead in SKEWED:
            ours.append(timedelta(seconds=ahead))
            checks = await readiness.checks(db, None, world.now, skew)
            found.append(set(checks.values()) == {None})
            measured.append(world.metrics.registry.get_sample_value("clock_skew_seconds") or 0)
            forbidden.append(await skew.forbids(db))

    assert measured == [pytest.approx(ahead, abs=10) for ahead in SKEWED]
    assert found == ready
    assert forbidden == [not is_ready for is_ready in ready]
    assert [line["event"] for line in logs] == ["clocks differ"] * 2


def at_the_database(ahead: timedelta) -> datetime:
    """The server runs on this machine."""
    return datetime.now(UTC) + ahead  # noqa: TID251  # the tests' own reader


async def test_f12_a_database_that_takes_no_writing_is_told_to_people_and_to_who_routes(
    world: World, ada: Person, operator: Database
) -> None:
    await a_team_with_an_action(world)
    async with read_only(operator):
        assert (await ada.command(COMMAND, "action done A-1")).text == NOT_NOW
        assert (await checked(world))["database"] == "read-only"

    await typed(world, ada, "action done A-1")
    assert await state(world) is ActionState.DONE
    assert (await checked(world))["database"] is None
