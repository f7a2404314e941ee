"""What an earlier version stored is still there after the migration, and after going back."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, Table, insert, text

from bot.domain.ids import ActionId, AssessmentId, TeamId, TenantId, UserId
from bot.domain.model import Stage
from bot.domain.preferences import Drops, PersonPreferences
from bot.domain.touches import Outcome, Rung, Settled, Track
from bot.services import digesting
from bot.store import actions, assessments, choices, migrating, people, told, touches
from bot.store.database import Database, open_database

HERE = TenantId("T_HERE")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
FIRST: tuple[tuple[str, dict[str, Any]], ...] = (
    ("people", {"user_id": "U_ADA", "zone": "Europe/Paris", "is_member": True, "is_active": True}),
    (
        "teams",
        {
            "id": "te-1",
            "channel_id": "C_PAY",
            "name": "pay",
            "is_private": False,
            "lead": "U_ADA",
            "actions_numbered": 1,
            "created_at": NOW,
        },
    ),
    (
        "assessments",
        {
            "id": "as-1",
            "team_id": "te-1",
            "model_version": "1.0.0",
            "form": "full",
            "state": "closed",
            "started_by": "U_ADA",
            "started_at": NOW,
            "closed_at": NOW,
            "stage": 2,
            "is_provisional": False,
            "index_points": 61,
        },
    ),
    ("cards", {"id": "ca-1", "team_id": "te-1", "channel_id": "C_PAY", "ts": "1.000001"}),
    (
        "actions",
        {
            "id": "ac-1",
            "team_id": "te-1",
            "assessment_id": "as-1",
            "card_id": "ca-1",
            "origin": "own:1",
            "number": 1,
            "title": "Label the disks",
            "why": "",
            "state": "open",
            "owner": "U_ADA",
            "due_version": 1,
            "assigned_by": "U_ADA",
            "assigned_at": NOW,
            "decided_at": NOW,
            "snoozes_in_row": 0,
            "created_at": NOW,
        },
    ),
    ("touches", {"id": "to-1", "rung": "t-5", "state": "sent", "reason": None, "settled_at": NOW}),
    ("touches", {"id": "to-2", "rung": "t-1", "state": "planned", "reason": None, "settled_at": None}),
)
OF_TOUCHES = {
    "action_id": "ac-1",
    "due_version": 1,
    "recipient": "U_ADA",
    "local_day": NOW.date(),
    "planned_for": NOW,
    "merges": [],
}


@pytest.fixture
async def first(database_url: str) -> AsyncIterator[Database]:
    """A database of the first version, with one of everything that the next ones changed."""
    db = open_database(database_url)
    async with db.engine.begin() as connection:
        await connection.run_sync(lambda open_one: command.upgrade(migrating.config(open_one), "0001"))
        await connection.run_sync(_fill)
    yield db
    await db.close()


def _fill(connection: Connection) -> None:
    for name, row in FIRST:
        table = Table(name, MetaData(), autoload_with=connection)  # as it was then, whatever the models say today
        rest = OF_TOUCHES if name == "touches" else {}
        connection.execute(insert(table).values(tenant_id=HERE, **row, **rest))


async def test_what_the_first_version_stored_is_there(first: Database) -> None:
    await migrating.migrate(first)

    async with first.read(HERE) as tx:
        action = await actions.by_id(tx, ActionId("ac-1"))
        assert action is not None
        assert (action.title, action.blocked_why, action.former_owner) == ("Label the disks", None, None)
        assert await told.history_of(tx, Track.OWNER, "ac-1", 1) == [Settled(Rung.T5, NOW.date(), Outcome.SENT)]
        planned = await touches.planned_of(tx, Track.OWNER, "ac-1")
        assert planned is not None
        assert (planned.touch.rung, planned.touch.recipient) == (Rung.T1, "U_ADA")
        (said,) = await told.of_message(tx, "reminder:to-1")
        assert said.subject == "ac-1"
        closed = await assessments.by_id(tx, AssessmentId("as-1"))
        assert closed is not None
        assert (closed.told_stage, closed.is_anonymous, closed.scope) == (Stage.WALK, False, None)
        ada = (await people.of(tx, [UserId("U_ADA")]))[UserId("U_ADA")]
        assert (ada.zone, ada.is_admin, ada.chosen) == ("Europe/Paris", False, PersonPreferences())
        settings = await choices.of_team(tx, TeamId("te-1"))
        assert (settings.digests, settings.drops) == (True, Drops.LEAD_FIRST)


async def test_a_team_that_is_known_gets_its_digests_and_hears_of_its_next_assessment(first: Database) -> None:
    await migrating.migrate(first)

    async with first.begin(HERE) as tx:
        seed = await touches.planned_of(tx, Track.DIGEST, "te-1")
        assert seed is not None
        assert await digesting.speak(tx, seed, seed.touch.at_utc) == 0
        following = await touches.planned_of(tx, Track.DIGEST, "te-1")
        assert following is not None
        assert following.touch.version > seed.touch.version
        assert await touches.planned_of(tx, Track.CADENCE, "te-1") is not None


async def test_going_back_leaves_what_the_first_version_knew(first: Database) -> None:
    await migrating.migrate(first)
    async with first.engine.connect() as connection:
        if first.is_sqlite:  # a table that others refer to is built anew, as when it is migrated
            raw = (await connection.get_raw_connection()).driver_connection
            assert raw is not None
            await raw.execute("PRAGMA foreign_keys=OFF")
        await connection.run_sync(lambda open_one: command.downgrade(migrating.config(open_one), "0001"))
        rows = await connection.execute(text("SELECT id, action_id, rung, state FROM touches ORDER BY id"))
        assert [tuple(row) for row in rows] == [("to-1", "ac-1", "t-5", "sent"), ("to-2", "ac-1", "t-1", "planned")]
        assert (await connection.scalar(text("SELECT title FROM actions"))) == "Label the disks"
