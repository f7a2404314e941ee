"""Conversations run on both databases, and in none of them has the bot done anything that Slack would not take."""

from collections.abc import AsyncIterator

import pytest

from bot.store.database import Database
from sandbox.person import Person
from tests.flows import world as worlds
from tests.flows.world import World


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
