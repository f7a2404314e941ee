"""A PostgreSQL database with the schema for each fault case: what dies in one must not be felt in the next."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.conftest import migrated
from tests.faults.house import House, house

# `make faults` sets it: many more of everything.
LONG = os.environ.get("FAULTS_LONG") == "1"  # noqa: TID251  # of the test's own process


@pytest.fixture
def own_url(postgres_cluster: postgres.Cluster) -> Iterator[str]:
    with postgres_cluster.fresh_database(postgres_cluster.template("migrated", migrated)) as url:
        yield url


@pytest.fixture
async def home(own_url: str, tmp_path: Path) -> AsyncIterator[House]:
    async with house(own_url, tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def long() -> bool:
    return LONG
