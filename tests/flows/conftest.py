"""In no conversation has the bot done anything that Slack would not take.

Each runs on SQLite, and those in which locks, repeats and order matter on PostgreSQL as well: what is asked of the
store is tested on both in `tests/store`.
"""

from collections.abc import AsyncIterator

import pytest

from bot.store.database import Database
from sandbox.person import Person
from tests.flows import world as worlds
from tests.flows.world import World


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marked = {mark.name for mark in metafunc.definition.iter_markers()}
    chosen = any("migrated_url" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "migrated_url" in metafunc.fixturenames and "both_databases" not in marked and not chosen:
        # As if it stood above the test: pytest itself then leaves the fixture's own kinds alone.
        metafunc.definition.add_marker(pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True))


@pytest.fixture
async def world(db: Database) -> AsyncIterator[World]:
    async with worlds.world(db) as made:
        yield made
        await made.answered()
        assert made.slack.complaints == []


@pytest.fixture
def ada(world: World) -> Person:
    return world.slack.person("U_ADA")


@pytest.fixture
def ben(world: World) -> Person:
    return world.slack.person("U_BEN")
