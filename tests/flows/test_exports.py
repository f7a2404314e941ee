"""Figures to take along: a file for whoever may have it, in a direct message, and nowhere else."""

import csv
import io
import json
from typing import Any

import pytest
from icalendar import Calendar
from structlog.testing import capture_logs

from sandbox import Fault, Trouble
from sandbox.person import Person
from tests.flows.assessment import RUN, WALK, assessed, card_of, own, posts
from tests.flows.deciding import pressed
from tests.flows.saying import answer, home_of
from tests.flows.times import march
from tests.flows.world import World

MEMBERS_ONLY = "Only members of a team can take its figures along. Its lead can add you."
PLAN = own(1, "=Label the disks", due=march(17)) | own(2, "Ask Ben", "U_BEN", march(20)) | own(3, "Some day", due=None)


def files(world: World, user: str) -> dict[str, bytes]:
    """What a person was sent, by its name."""
    listed = [file for told in world.slack.dm(user) for file in told.files]
    return {file["name"]: world.slack.workspace.uploads[file["id"]].content or b"" for file in listed}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def document(content: bytes) -> Any:
    return json.loads(content)


async def test_csv_comes_as_two_files_in_a_direct_message(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN, plan=PLAN)
    before = posts(world)

    told = await answer(world, ada, "export csv")

    assert told.text == "2 files are on the way to you, in a direct message that nobody else sees."
    sent = files(world, "U_ADA")
    assert list(sent) == ["finops-payments-actions-2026-03-02.csv", "finops-payments-assessments-2026-03-02.csv"]
    actions, assessments = map(rows, sent.values())
    assert [(row["id"], row["title"], row["owner"], row["due_on"]) for row in actions] == [
        ("A-1", "'=Label the disks", "U_ADA", "2026-03-17"),
        ("A-2", "Ask Ben", "U_BEN", "2026-03-20"),
        ("A-3", "Some day", "U_ADA", ""),
    ]
    (result,) = assessments
    assert (result["stage"], result["score"], result["respondents"], result["level_process"]) == (
        "Run",
        "100",
        "1",
        "3",
    )
    assert posts(world) == before


async def test_json_holds_both_and_what_was_since(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN, plan=PLAN)
    await pressed(world, ada, card_of(world, "Label the disks"), "Mark done")
    await world.until(world.now().replace(month=5))
    await assessed(world, 2, WALK)

    await answer(world, ada, "export json --since 2026-04-01")

    (content,) = files(world, "U_ADA").values()
    told = document(content)
    assert told["since"] == "2026-04-01"
    assert [result["stage"] for result in told["assessments"]] == ["Walk"]
    assert "A-1" not in [action["id"] for action in told["actions"]], "done before that"
    assert {"A-2", "A-3"} <= {action["id"] for action in told["actions"]}, "still open"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param("export ics", ["A-1 =Label the disks"], id="one's own"),
        pytest.param("export ics #payments", ["A-1 =Label the disks", "A-2 Ask Ben"], id="the team's"),
    ],
)
async def test_a_calendar_has_the_due_dates(world: World, ada: Person, asked: str, expected: list[str]) -> None:
    await assessed(world, 3, RUN, plan=PLAN)

    await answer(world, ada, asked)

    (content,) = files(world, "U_ADA").values()
    assert [str(event["summary"]) for event in Calendar.from_ical(content).walk("VEVENT")] == expected


@pytest.mark.parametrize(
    ("user", "asked", "channel", "names"),
    [
        pytest.param("U_CHI", "export json #payments", "C_PAY", [], id="who sees the team and is none of its people"),
        pytest.param("U_CHI", "export json secrets", "C_PAY", [], id="who does not even see it"),
        pytest.param("U_BEN", "export json #payments", "C_WEB", ["finops-payments-2026-03-02.json"], id="an owner"),
        pytest.param("U_ADA", "export json secrets", "C_WEB", ["finops-secrets-2026-03-02.json"], id="an admin"),
        pytest.param("U_ADA", "export json", "C_WEB", ["finops-all-teams-2026-03-02.json"], id="an admin, of all"),
    ],
)
async def test_c12_who_gets_what(world: World, user: str, asked: str, channel: str, names: list[str]) -> None:
    await assessed(world, 3, RUN, plan=PLAN)
    await assessed(world, 3, RUN, channel="G_SEC", user="U_BEN")

    told = await answer(world, world.slack.person(user), asked, channel)

    assert list(files(world, user)) == names
    assert bool(names) or told.text in (MEMBERS_ONLY, "There is no such team that you can see.")


async def test_the_menu_beside_a_result_is_for_members_too(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN, plan=PLAN)
    (result,) = [kept for kept in posts(world) if "finished" in kept.text]
    chi = world.slack.person("U_CHI")

    for person in (ada, chi):
        menu = next(block["accessory"] for block in result.blocks if "accessory" in block)
        await person.press(result, action_id="export", option=menu["options"][0]["value"])
        await world.settle()

    assert len(files(world, "U_ADA")) == 2
    assert files(world, "U_CHI") == {}
    assert world.slack.ephemerals("U_CHI")[-1].text == MEMBERS_ONLY


async def test_the_menu_beside_a_team_in_the_home(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN, plan=PLAN)
    view = await home_of(world, ada)
    menu = next(block["accessory"] for block in view.blocks if block.get("accessory", {}).get("type") == "overflow")

    await ada.press(view, action_id="export", option=menu["options"][2]["value"])
    await world.settle()

    assert list(files(world, "U_ADA")) == ["finops-payments-2026-03-02.ics"]


async def test_without_anything_there_is_no_file(world: World) -> None:
    told = await answer(world, world.slack.person("U_BEN"), "export ics")
    assert told.text == "There is nothing to take along yet."
    assert files(world, "U_BEN") == {}


async def test_when_slack_does_not_take_it_the_person_is_told(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN)
    world.slack.faults.add(Fault(Trouble.ERROR, "files.getUploadURLExternal", error="file_uploads_disabled"))

    await answer(world, ada, "export json")

    assert files(world, "U_ADA") == {}
    assert any("Slack did not take the file" in told.text for told in world.slack.ephemerals("U_ADA"))


async def test_it_is_noted_without_names(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN, plan=PLAN)
    with capture_logs() as logs:
        await answer(world, ada, "export json")

    (noted,) = [line for line in logs if line["event"] == "exported"]
    assert (noted["format"], noted["actions"], noted["assessments"]) == ("json", 3, 1)
    assert not any(secret in str(noted) for secret in ("U_ADA", "payments", "Label"))
