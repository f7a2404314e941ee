"""Everything that is wrong with a model file is said at once, in words."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalogue.loading import CATALOGUE, flaws

GOOD = (CATALOGUE / "finops-1.0.0.yaml").read_text()


def flaws_of(tmp_path: Path, text: str | bytes) -> list[str]:
    path = tmp_path / "model.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return flaws(path)


def edited(*edits: tuple[str, str]) -> str:
    text = GOOD
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


FIRST_OPTION = '          - {level: 0, label: "They mostly did not; people met the cost when the bill came", hint:'
CASES: dict[str, tuple[tuple[str, str], str]] = {
    "a key is missing": (("reassess_every_days: 90\n", ""), "reassess_every_days: is missing"),
    "a key is not known": (("version:", "colour: red\nversion:"), "colour: is not a key that is known here"),
    "a version is no version": (('"1.0.0"', '"1.0"'), "version: string should match pattern"),
    "an option has no label": (
        (FIRST_OPTION, "          - {level: 0, hint:"),
        "steps > process > questions > p_reporting > options > no. 1 > label: is missing",
    ),
    "a wrong type": (
        ("core: true", "core: perhaps"),
        "steps > process > questions > p_reporting > core: input should be",
    ),
    "an id is used twice": (("- id: p_anomaly", "- id: p_reporting"), "p_reporting: 2 times the id of a question"),
    "an action's id is used twice": (("{id: s2_name_owner,", "{id: s1_summary,"), "s1_summary: 2 times the id of a"),
    "levels do not rise": (
        ('{level: 1, label: "Someone', '{level: 2, label: "Someone'),
        "p_reporting: levels must rise 0, 1, 2, 3 from option to option, they are 0, 2, 2, 3",
    ),
    "a label is too long": (("Someone pulled", f"Some{'o' * 40}ne pulled"), "p_reporting: the label of level 1 has"),
    "a hint is too long": (("Different person,", f"Different{'t' * 70}"), "p_reporting: the hint of level 1 has"),
    "two labels are alike": (
        (
            "Scheduled reports went to most teams and were discussed",
            "They mostly did not; people met the cost when the bill came",
        ),
        "p_reporting: two options have the same label",
    ),
    "a title is too long": (("2 Skills & governance", "2 Skills and governance, all"), "governance: the title has 28"),
    "a short title is too long": (("short: Processes", "short: All processes"), "process: the title has 26 characters"),
    "steps are out of order": (("number: 2", "number: 3"), "governance: is step 2, but its number is 3"),
    "a trigger is not known": (
        ("[p_commit], needs", "[p_comit], needs"),
        "w04_commit_plan: there is no question p_comit",
    ),
    "a needed action is not known": (
        ("needs: [w02_anomaly]", "needs: [w2]"),
        "r02_fast_anomaly: there is no action w2",
    ),
    "a benchmark is not known": (
        ("cross_check: b_forecast", "cross_check: b_x"),
        "p_forecast: there is no benchmark b_x",
    ),
    "a persona is not known": (
        ("[finops, engineering, finance]", "[wizard]"),
        "p_reporting: there is no persona wizard",
    ),
    "an owner is not known": (
        ("owner: architect,", "owner: builder,"),
        "w06_design_review: there is no owner role builder",
    ),
    "needs go in a circle": (
        ("triggers: [g_skills]}", "triggers: [g_skills], needs: [r10_onboarding]}"),
        "w10_training: needs r10_onboarding, which leads to a higher stage",
    ),
    "an action needs itself": (
        ("triggers: [g_skills]}", "triggers: [g_skills], needs: [w10_training]}"),
        "actions need each other in a circle: w10_training > w10_training",
    ),
    "no trigger is of the action's step": (
        ("triggers: [g_skills]}", "triggers: [t_design]}"),
        "w10_training: none of its triggers is a question of its step governance",
    ),
    "too few core questions": (
        ("core: true", "core: false"),
        "process: 2 core questions, at least 3 are needed for the short form",
    ),
    "bands do not rise": (("at_least: 80", "at_least: 95"), "b_allocation: bands must rise from Crawl to Run"),
    "bands do not fall": (("at_most: 15", "at_most: 25"), "b_forecast: bands must fall from Crawl to Run"),
    "bands of the other direction": (
        ("direction: higher_is_better", "direction: lower_is_better"),
        "benchmarks > b_allocation > bands > no. 1 > at_most: is missing",
    ),
    "a band out of range": (("[0, 100]", "[0, 85]"), "b_allocation: a band lies outside the valid range"),
    "a stage that there is not": (
        ("to: 3", "to: 4"),
        "actions > r01_in_tools > to: input should be less than or equal to 3",
    ),
    "no days": (("days: 21", "days: 0"), "actions > s1_summary > days: input should be greater than or equal to 1"),
    "a source is missing": (
        ('id: estimate, label: "Estimate"', 'id: unknown, label: "?"'),
        "benchmark_sources: estimate is",
    ),
    "a cross check on one side": (
        ("[g_tagging, t_visibility]\n", "[g_tagging]\n"),
        "t_visibility: its cross check with b_alloc",
    ),
    "a share above one": (('share: "2/3"', 'share: "4/3"'), "scoring: share must be above 0 and at most 1"),
    "a division by zero": (('share: "2/3"', 'share: "2/0"'), "scoring > share: string should match pattern"),
    "a key said twice": (("status: published", "status: published\nstatus: draft"), "line 22: status is said twice"),
}


@pytest.mark.parametrize(("edit", "flaw"), CASES.values(), ids=CASES)
def test_a_flaw_is_named(tmp_path: Path, edit: tuple[str, str], flaw: str) -> None:
    assert any(said.startswith(flaw) for said in flaws_of(tmp_path, edited(edit))), flaws_of(tmp_path, edited(edit))


def test_all_flaws_are_told_at_once_whatever_their_kind(tmp_path: Path) -> None:
    told = flaws_of(
        tmp_path,
        edited(
            ("reassess_every_days: 90\n", "reassess_every_days: 90\ncolour: red\n"),
            ('label: "Someone pulled figures by hand from the provider console when asked", ', ""),
            ("{id: s2_name_owner,", "{id: s1_summary,"),
            ("[p_commit], needs", "[p_comit], needs"),
            ("at_most: 15", "at_most: 25"),
            ("days: 21", "days: 0"),
        ),
    )
    assert [flaw.split(":")[0] for flaw in told] == [
        "steps > process > questions > p_reporting > options > no. 2 > label",
        "actions > s1_summary > days",
        "colour",
        "b_forecast",
        "w04_commit_plan",
        *["w07_forum", "w09_policies"],  # the first to need an action whose id is gone
    ]


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        pytest.param("id: a\nsteps: [", "line 2: ", id="a bracket that stays open"),
        pytest.param("id: a\n\tversion: b", "line 2: ", id="a tab"),
        pytest.param("", "the file: must be a mapping", id="nothing"),
        pytest.param("- a\n- b", "the file: must be a mapping", id="a list"),
        pytest.param("a: &a [*a]", "line 1: an alias (*) cannot be used here", id="a circle"),
        pytest.param("a: !!python/object:os.system {}", "line 1: could not determine", id="a call"),
        pytest.param("a: 2026-13-45", "this is not YAML: month", id="no such date"),
        pytest.param(b"\xff\xfe\x00\xd8", "this is not YAML: ", id="no text"),
        pytest.param("[" * 3000, "this is not a model: it is nested too deeply", id="deep nesting"),
    ],
)
def test_what_is_no_model_at_all_is_a_flaw(tmp_path: Path, text: str | bytes, flaw: str) -> None:
    (said,) = flaws_of(tmp_path, text)
    assert said.startswith(flaw)


def test_a_file_that_is_not_there_is_a_flaw(tmp_path: Path) -> None:
    (said,) = flaws(tmp_path / "none.yaml")
    assert said.endswith("none.yaml cannot be read: No such file or directory")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_done_to_a_file_it_is_judged(tmp_path: Path, data: st.DataObject) -> None:
    words = [match.span() for match in re.finditer(r"[\w.]+|[\[\]{}:,]", GOOD)]
    start, end = data.draw(st.sampled_from(words))
    spoiled = (
        GOOD[:start] + data.draw(st.sampled_from(["", "x", "7", "[", "null", "{}", "[1]", "-1", "1e999"])) + GOOD[end:]
    )
    assert all(flaws_of(tmp_path, spoiled))
