"""JSON for programs: the same fields each time, and what is not known is null."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.exports import document
from bot.exports.records import ACTION, ASSESSMENT
from tests.exports.builders import exported, exported_action, exported_assessment

# What each field holds, by its JSON type; a program may rely on it as long as the format has this number.
TEXT, MAYBE_TEXT, NUMBER, MAYBE_NUMBER, YES_OR_NO = "text", "maybe text", "number", "maybe number", "yes or no"
HOLDS: dict[str, tuple[type, ...]] = {
    TEXT: (str,),
    MAYBE_TEXT: (str, type(None)),
    NUMBER: (int,),
    MAYBE_NUMBER: (int, type(None)),
    YES_OR_NO: (bool,),
}
ACTIONS = dict.fromkeys(ACTION, MAYBE_TEXT) | dict.fromkeys(
    ("team", "id", "title", "why", "state", "assigned_by"), TEXT
)
ASSESSMENTS = {
    "team": TEXT, "finished_at": TEXT, "stage": MAYBE_TEXT, "provisional": YES_OR_NO, "score": MAYBE_NUMBER,
    "form": TEXT, "questions": TEXT, "scope": MAYBE_TEXT, "respondents": NUMBER, "corrected": YES_OR_NO,
}  # fmt: skip


def read(content: bytes) -> Any:
    return json.loads(content)


def check(row: dict[str, Any], schema: dict[str, str]) -> None:
    assert set(row) == set(schema)
    for name, value in row.items():
        assert type(value) in HOLDS[schema[name]], (name, value)


@given(st.text(), st.none() | st.text(), st.none() | st.integers(0, 100))
def test_every_document_has_the_same_shape(title: str, scope: str | None, index: int | None) -> None:
    told = read(
        document.build(
            exported(
                exported_action(title=title, owner=None, due_on=None),
                assessments=(exported_assessment(scope=scope, index=index, stage=None),),
            )
        )
    )
    assert set(told) == {"format", "made_at", "since", "actions", "assessments"}
    assert (told["format"], told["made_at"], told["since"]) == ("finops-assess/1", "2026-05-28T10:02:03+00:00", None)
    check(told["actions"][0], ACTIONS)
    levels = told["assessments"][0].pop("levels")
    assert levels == {"process": 2, "governance": None}
    check(told["assessments"][0], ASSESSMENTS)
    assert told["actions"][0]["title"] == title


def test_the_schema_knows_every_field() -> None:
    assert set(ASSESSMENTS) == set(ASSESSMENT)
