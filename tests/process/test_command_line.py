"""What an operator types, and what they are told: one line for each thing that is wrong, and no traceback."""

import asyncio
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sandbox import SlackStandIn
from tests.flows.ports import free_port
from tests.flows.world import APP
from tests.process.parts import ROOT, SECRET, parts

pytestmark = [pytest.mark.process, pytest.mark.timeout(120)]


@dataclass(frozen=True)
class Said:
    code: int
    lines: list[str]


async def bot(*words: str, **settings: str) -> Said:
    environment = {"PATH": os.environ["PATH"], **settings}  # noqa: TID251  # of the test's own process
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await asyncio.wait_for(process.communicate(), 60)
    return Said(process.returncode or 0, output.decode().splitlines())


def settings(slack: SlackStandIn, directory: Path, **changed: str) -> dict[str, str]:
    return {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": SECRET,
        "DATABASE_URL": f"sqlite:///{directory / 'finops.db'}",
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
        **changed,
    }


@pytest.mark.parametrize(
    ("given", "named"),
    [
        pytest.param({}, ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"], id="nothing is set"),
        pytest.param({"SLACK_BOT_TOKEN": "xoxb-1"}, ["SLACK_SIGNING_SECRET"], id="B06: no signing secret"),
        pytest.param(
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "   "},
            ["SLACK_SIGNING_SECRET"],
            id="B06: a blank signing secret",
        ),
        pytest.param(
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "short", "PORT": "http"},
            ["SLACK_SIGNING_SECRET", "PORT"],
            id="B06: a short one, and a port that is none",
        ),
    ],
)
async def test_the_bot_does_not_start_with_wrong_settings(given: Mapping[str, str], named: list[str]) -> None:
    said = await bot("run", **given)
    assert said.code == 2
    assert [line.split()[0] for line in said.lines] == named


async def test_an_operator_sets_up_a_database_and_asks_the_doctor(tmp_path: Path) -> None:
    async with SlackStandIn("", SECRET) as slack:
        given = settings(slack, tmp_path)
        assert await bot("web", **given) == Said(
            2, ["the database is not up to date: run `python -m bot migrate` first"]
        )
        before = await bot("doctor", **given)
        assert before.code == 1
        assert "migrate" in before.lines[0]
        assert (await bot("migrate", **given)).code == 0
        after = await bot("doctor", **given)
        assert after.code == 0
        assert "T0SANDBOX" in after.lines[1]


@pytest.mark.parametrize(
    ("missing", "code", "told"),
    [
        pytest.param(set(), 0, "all 14 of manifest.yml are granted", id="all are granted"),
        pytest.param({"files:write", "dnd:read"}, 1, "not granted: dnd:read, files:write;", id="two are not"),
    ],
)
async def test_the_doctor_names_rights_that_were_not_granted(
    tmp_path: Path, missing: set[str], code: int, told: str
) -> None:
    app = replace(APP, scopes=(APP.scopes or frozenset()) - missing)
    async with SlackStandIn("", SECRET, app=app) as slack:
        given = settings(slack, tmp_path)
        assert (await bot("migrate", **given)).code == 0
        said = await bot("doctor", **given)
    assert said.code == code
    assert told in said.lines[2]


async def test_a_token_that_slack_refuses_stops_the_start(tmp_path: Path) -> None:
    async with SlackStandIn("", SECRET) as slack:
        said = await bot("run", **settings(slack, tmp_path, SLACK_BOT_TOKEN="xoxb-wrong"))
    assert said == Said(2, ["SLACK_BOT_TOKEN is refused by Slack (invalid_auth)"])


async def test_a_database_that_is_away_stops_the_start(tmp_path: Path) -> None:
    async with SlackStandIn("", SECRET) as slack:
        away = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
        said = await bot("worker", **settings(slack, tmp_path, DATABASE_URL=away))
    assert said.code == 2
    assert said.lines[0].startswith("DATABASE_URL: the database cannot be reached")


async def test_f08_a_second_worker_on_sqlite_is_refused_and_so_is_a_taken_port(tmp_path: Path) -> None:
    address = f"sqlite+aiosqlite:///{tmp_path / 'finops.db'}"
    async with parts(address, tmp_path) as running:
        await running.start("web", "worker")
        given = settings(running.slack, tmp_path)
        second = await bot("worker", **given)
        assert second.code == 2
        assert second.lines[0].startswith("DATABASE_URL: another worker is running")
        taken = await bot("web", **given | {"PORT": str(running.ports["web"])})
        assert taken.code == 2
        assert taken.lines[0].startswith(f"PORT {running.ports['web']}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("steps: [", "line 1", id="not YAML"),
        pytest.param("just words", "must be a mapping", id="not a mapping"),
    ],
)
async def test_a_model_file_is_judged(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "model.yaml"
    file.write_text(text)
    said = await bot("model", "check", str(file))
    assert said.code == 1
    assert told in said.lines[0]


async def test_the_published_model_is_sound() -> None:
    said = await bot("model", "check", "bot/catalogue/finops-1.0.0.yaml")
    assert said == Said(0, ["bot/catalogue/finops-1.0.0.yaml is sound."])
