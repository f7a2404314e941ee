"""CSV that any spreadsheet reads back as it was written, and none runs."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import StepId
from bot.exports import sheets
from bot.exports.sheets import DANGEROUS, MARK
from tests.exports.builders import exported, exported_action, exported_assessment

FORMULAS = ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "＝1", "＋1", "－1", "＠1", " =1"]
SCRAPS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\0",
    "＝",
    "＋",
    "－",
    "＠",
    "'",
    '"',
    ",",
    ";",
    " ",
    "a",
    "é",
    "🚨",
    "תייג",
]
texts = st.one_of(st.lists(st.sampled_from(SCRAPS), max_size=12).map("".join), st.text(max_size=80))


def read(content: bytes) -> list[dict[str, str]]:
    text = content.decode()
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK), newline="")))


@given(texts, texts)
def test_what_is_written_is_read_back(title: str, why: str) -> None:
    (row,) = read(sheets.actions(exported(exported_action(title=title, why=why))))
    for name, written in (("title", title), ("why", why)):
        plain = written.replace("\0", "")
        assert row[name] in (plain, f"'{plain}")
        assert row[name][:1] not in DANGEROUS
        assert row[name].lstrip()[:1] not in DANGEROUS


@given(texts)
def test_no_cell_of_any_column_begins_like_a_formula(text: str) -> None:
    action = exported_action(text, title=text, why=text, drop_reason=text, blocked_why=text, link=text)
    rows = read(sheets.actions(exported(action)))
    rows += read(sheets.assessments(exported(assessments=(exported_assessment(team=text, scope=text),))))
    assert not [cell for row in rows for cell in row.values() if cell.lstrip()[:1] in DANGEROUS]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_becomes_text(formula: str) -> None:
    assert sheets.cell(formula) == f"'{formula.replace(chr(0), '')}"


@pytest.mark.parametrize("text", ["", "a=b", "1 - 2", "'", "me@example.com"])
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert sheets.cell(text) == text


def test_lines_end_as_the_standard_has_them_and_quotes_are_doubled() -> None:
    content = sheets.actions(exported(exported_action(title='the "big", one', why="two\nlines"))).decode()
    assert '"the ""big"", one","two\nlines"' in content
    assert content.count("\r\n") == 2


def test_an_action_point_is_told_with_its_dates_and_ids() -> None:
    (row,) = read(sheets.actions(exported(exported_action())))
    assert (row["team"], row["id"], row["owner"], row["state"], row["due_on"]) == (
        "payments",
        "A-12",
        "UANA",
        "open",
        "2026-05-29",
    )
    assert (row["assigned_at"], row["closed_at"]) == ("2026-05-04T08:00:00+00:00", "")


def test_every_step_of_any_assessment_has_its_column() -> None:
    other = exported_assessment(steps={StepId("people"): 3}, index=None, stage=None)
    first, second = read(sheets.assessments(exported(assessments=(exported_assessment(), other))))
    assert (first["stage"], first["score"], first["level_process"]) == ("Walk", "58", "2")
    assert (first["level_governance"], first["level_people"]) == ("", "")
    assert (second["stage"], second["score"], second["level_people"]) == ("", "", "3")


def test_without_anything_there_is_still_a_head() -> None:
    assert sheets.actions(exported()).decode().startswith(f"{MARK}team,id,title")
    assert read(sheets.assessments(exported())) == []
