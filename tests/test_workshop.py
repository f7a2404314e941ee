"""The tools of the tests themselves: a tool that fails silently would make every other test worthless."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests import faketime, postgres

LEFT_OUT = """
import pytest

@pytest.fixture
def server():
    pytest.skip("no server here")

def test_skipped_by_its_fixture(server):
    pass

def test_skipped():
    pytest.skip("no server here")

@pytest.mark.xfail(reason="no server here")
def test_expected_to_fail():
    assert False

@pytest.mark.xfail(reason="no server here")
def test_expected_to_fail_that_passes():
    pass
"""
LEFT_OUT_WHOLE = "import pytest; pytest.skip('no server here', allow_module_level=True)"
ALONE = ("-p", "tests.left_out", "-p", "no:asyncio", "-p", "no:hypothesispytest")


async def _run(url: str, *statements: str) -> list[object]:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            results = [await connection.execute(text(statement)) for statement in statements]
            return [result.scalar() if result.returns_rows else None for result in results]
    finally:
        await engine.dispose()


@pytest.fixture
def left_out(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makepyfile(test_single=LEFT_OUT, test_whole=LEFT_OUT_WHOLE)
    return pytester


def test_what_is_left_out_fails_where_nothing_may_be(left_out: pytest.Pytester) -> None:
    refused = left_out.runpytest(*ALONE, "--forbid-skips", "--continue-on-collection-errors")
    refused.assert_outcomes(failed=3, errors=2)
    assert refused.ret == pytest.ExitCode.TESTS_FAILED
    assert refused.stdout.str().count("nothing may be left out here") >= 5


def test_what_is_left_out_is_said_aloud(left_out: pytest.Pytester) -> None:
    allowed = left_out.runpytest(*ALONE)
    assert allowed.ret == pytest.ExitCode.OK
    allowed.stdout.fnmatch_lines(["!*LEFT OUT*!", "3 tests did not run*"])


async def test_a_database_for_a_test_is_empty_and_writable(database_url: str) -> None:
    answers = await _run(
        database_url, "CREATE TABLE note (words TEXT)", "INSERT INTO note VALUES ('kept')", "SELECT words FROM note"
    )
    assert answers[-1] == "kept"


@pytest.mark.postgres
async def test_fresh_databases_share_a_template_and_nothing_else(postgres_cluster: postgres.Cluster) -> None:
    filled: list[str] = []
    for _ in range(2):
        with postgres_cluster.fresh_database(postgres_cluster.template("noted", filled.append)) as url:
            await _run(url, "CREATE TABLE only_once (word TEXT)")
    assert [make_url(url).database for url in filled] == ["noted"]


@pytest.mark.postgres
def test_a_server_that_promises_durability_can_be_had_too() -> None:
    programs = postgres.programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL server on this machine")
    with postgres.running(programs, settings={}) as cluster, cluster.fresh_database() as url:
        assert str(cluster.port) in url


@pytest.mark.parametrize("offset", [timedelta(days=40), timedelta(days=-40), timedelta(0)], ids=str)
def test_a_process_lives_at_the_time_it_is_given(offset: timedelta, tmp_path: Path) -> None:
    faketime.write(tmp_path / "clock", offset)
    moved = faketime.environment(tmp_path / "clock")
    if moved is None:
        pytest.skip("there is no libfaketime on this machine")
    script = "import asyncio, time; asyncio.run(asyncio.sleep(0.1)); print(time.time())"
    command = [sys.executable, "-c", script]
    told = subprocess.run(
        command, env=moved, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=20
    ).stdout
    true = subprocess.run(
        [sys.executable, "-c", "import time; print(time.time())"], capture_output=True, text=True, check=True
    ).stdout
    apart = datetime.fromtimestamp(float(told), UTC) - datetime.fromtimestamp(float(true), UTC)
    assert abs(apart - offset) < timedelta(seconds=20)
