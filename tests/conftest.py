"""What every kind of test may ask for: a database of either kind, empty or migrated, and a PostgreSQL server."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import migrating
from bot.store.database import Database, open_database
from tests import postgres

pytest_plugins = ["pytester", "tests.left_out"]

EITHER_KIND = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[postgres.Cluster]:
    """One server for each worker of a test run, started by the first test that asks for it."""
    programs = postgres.programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL server on this machine")
    with postgres.running(programs) as cluster:
        yield cluster


@pytest.fixture(params=EITHER_KIND)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database; a test that asks for it runs once on each kind."""
    if request.param == "sqlite":
        yield _sqlite(tmp_path / "finops.db")
        return
    cluster: postgres.Cluster = request.getfixturevalue("postgres_cluster")
    with cluster.fresh_database() as url:
        yield url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with the schema and nothing in it, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "finops.db"
    migrated(_sqlite(path))
    return path


@pytest.fixture(scope="session")
def sqlite_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the SQLite database of one test after the other stands, so that they have one address."""
    return tmp_path_factory.mktemp("again") / "finops.db"


@pytest.fixture(scope="session")
def engines() -> dict[str, AsyncEngine]:
    """By address. A new engine compiles every statement anew: what else one test takes over from another is nothing."""
    return {}


@pytest.fixture(params=EITHER_KIND)
def migrated_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database with the schema and nothing in it; a test runs once on each kind."""
    if request.param == "sqlite":
        place: Path = request.getfixturevalue("sqlite_place")
        for left in place.parent.iterdir():
            left.unlink()
        shutil.copy(request.getfixturevalue("migrated_file"), place)
        yield _sqlite(place)
        return
    cluster: postgres.Cluster = request.getfixturevalue("postgres_cluster")
    with cluster.emptied_database(cluster.template("migrated", migrated)) as url:
        yield url


@pytest.fixture
async def db(migrated_url: str, engines: dict[str, AsyncEngine]) -> AsyncIterator[Database]:
    if migrated_url not in engines:
        engines[migrated_url] = open_database(migrated_url).engine
    opened = Database(engines[migrated_url])
    yield opened
    await opened.close()


def _sqlite(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def migrated(url: str) -> None:
    async def migrate() -> None:
        db = open_database(url)
        await migrating.migrate(db)
        await db.close()

    # In a thread of its own, where no test's loop is.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, migrate()).result()
