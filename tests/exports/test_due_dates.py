"""Due dates as a calendar reads them back: a day each, always the same event, and never an alarm."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.domain.actions import ActionState
from bot.domain.exported import ExportedAction
from bot.domain.ids import ActionId, TenantId
from bot.exports import due_dates
from tests.exports.builders import TENANT, exported, exported_action

SCRAPS = [
    "\r\n",
    "\n",
    "\r",
    "BEGIN:VALARM",
    "END:VEVENT",
    ";",
    ",",
    ":",
    "\\",
    "\\n",
    '"',
    "é",
    "🚨",
    "תייג",
    "\0",
    " ",
    "a" * 90,
]
texts = st.one_of(st.lists(st.sampled_from(SCRAPS), max_size=12).map("".join), st.text(max_size=200))


def events(*actions: ExportedAction, tenant: TenantId = TENANT) -> list[Any]:
    content = due_dates.build(exported(*actions), tenant)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"VALARM" not in b"".join(line for line in content.split(b"\r\n") if line.startswith(b"BEGIN"))
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_a_due_date_is_a_whole_day_on_which_nobody_is_busy() -> None:
    (event,) = events(exported_action())
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 5, 29), date(2026, 5, 30))
    assert str(event["summary"]) == "A-12 Tag untagged volumes"
    assert str(event["transp"]) == "TRANSPARENT"
    assert str(event["description"]) == "FinOps action point of payments. Half of the spend has no owner"


def test_taken_along_again_it_is_the_same_event_with_a_higher_number() -> None:
    before, after = exported_action(), exported_action(due_on=date(2026, 6, 5), due_version=2)
    ((first,), (second,)) = events(before), events(after)
    assert first["uid"] == second["uid"] == "ac-1.t_here@finops-assess"
    assert (first["sequence"], second["sequence"]) == (1, 2)


def test_two_workspaces_have_different_events() -> None:
    (here,), (there,) = events(exported_action()), events(exported_action(), tenant=TenantId("T_ELSEWHERE"))
    assert here["uid"] != there["uid"]


def test_what_is_closed_or_has_no_date_is_no_event() -> None:
    done = exported_action(state=ActionState.DONE)
    undated = exported_action(due_on=None)
    assert events(done, undated) == []
    assert len(events(done, undated, exported_action(id=ActionId("ac-9")))) == 1


@given(texts, texts, texts)
def test_whatever_people_write_stays_words(title: str, why: str, team: str) -> None:
    rows = [exported_action(team, title=title, why=why), exported_action()]
    first, second = events(rows[0], replace(rows[1], action=replace(rows[1].action, id=ActionId("ac-2"))))
    assert " ".join(str(first["summary"]).split()) == " ".join(f"A-12 {due_dates.line(title)}".split())
    assert str(second["summary"]) == "A-12 Tag untagged volumes"
    assert len(first.subcomponents) == 0
