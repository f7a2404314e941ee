"""A PostgreSQL database with the schema for each fault case: what dies in one must not be felt in the next.

`make faults` runs the long forms. It names a directory in FAULTS, where what was found is written down; cases that
passed there already are not run again.
"""

import os
import re
from collections.abc import AsyncIterator, Generator, Iterator, Mapping
from pathlib import Path

import pytest

from bot.store.database import Database, open_database
from tests import history, postgres
from tests.conftest import migrated
from tests.faults.crowd import Crowd
from tests.faults.desk import desk
from tests.faults.house import House, house
from tests.faults.ledger import Entry, Ledger

SEED = 0
DIRECTORY = os.environ.get("FAULTS", "")  # noqa: TID251  # of the test's own process
LEDGER = Ledger(Path(DIRECTORY)) if DIRECTORY else None
CASE = re.compile(r"test_(?P<id>[a-j]\d\d)_(?P<said>\w+)")
# A tree without its history knows of no version before this one; the summary says so (tests/left_out.py).
collect_ignore = [] if history.before() else ["test_two_versions.py"]
FIGURES = pytest.StashKey[Mapping[str, int]]()
SOUND = pytest.StashKey[bool]()


@pytest.fixture
def own_url(postgres_cluster: postgres.Cluster) -> Iterator[str]:
    with postgres_cluster.fresh_database(postgres_cluster.template("migrated", migrated)) as url:
        yield url


@pytest.fixture
def speed() -> float:
    """How many times as fast as the machine's their time runs: at twenty, Slack has half a second for an answer."""
    return 20.0


@pytest.fixture
async def home(own_url: str, tmp_path: Path, speed: float, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    async with house(own_url, tmp_path, speed, SEED) as made:
        yield made
        if LEDGER:
            request.node.stash[FIGURES], _ = await made.figures()


@pytest.fixture(scope="session")
def long() -> bool:
    return LEDGER is not None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if LEDGER:
        passed = LEDGER.passed()
        config.hook.pytest_deselected(items=[item for item in items if item.name in passed])
        items[:] = [item for item in items if item.name not in passed]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[SOUND] = report.passed and item.stash.get(SOUND, True)
    if LEDGER and (case := CASE.match(item.name)) and report.when == "teardown":
        figures: Mapping[str, int] = item.stash.get(FIGURES, {})
        LEDGER.add(Entry(case["id"].upper(), item.name, SEED, item.stash[SOUND], figures))
    return report


@pytest.fixture
async def database(own_url: str) -> AsyncIterator[Database]:
    opened = open_database(own_url)
    yield opened
    await opened.close()


@pytest.fixture
async def crowd(own_url: str, database: Database, tmp_path: Path) -> AsyncIterator[Crowd]:
    async with desk(own_url, tmp_path / "bot.log") as front:
        yield Crowd(front, database)
