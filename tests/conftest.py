"""What every kind of test may ask for: a database of either kind, and a PostgreSQL server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres

pytest_plugins = ["pytester", "tests.left_out"]


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[postgres.Cluster]:
    """One server for each worker of a test run, started by the first test that asks for it."""
    programs = postgres.programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL server on this machine")
    with postgres.running(programs) as cluster:
        yield cluster


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database; a test that asks for it runs once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'finops.db'}"
        return
    cluster: postgres.Cluster = request.getfixturevalue("postgres_cluster")
    with cluster.fresh_database() as url:
        yield url
