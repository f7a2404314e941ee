"""The whole bot against the stand-in for Slack, as in conversations."""

from collections.abc import AsyncIterator

import pytest

from bot.store.database import Database, open_database
from tests.flows.conftest import ada, ben, world

__all__ = ["ada", "ben", "operator", "world"]


@pytest.fixture
async def operator(migrated_url: str) -> AsyncIterator[Database]:
    """Somebody else on the same server."""
    opened = open_database(migrated_url)
    yield opened
    await opened.close()
