"""The plain case of what each view shows; a test names only what matters to it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.charts.table import charted
from bot.domain.actions import ActionPoint, ActionState
from bot.domain.answers import Answer, Measures
from bot.domain.charted import Charted, ProfileFacts, StepBar
from bot.domain.findings import Findings, findings
from bot.domain.ids import ActionId, AssessmentId, ModelVersion, QuestionId, TeamId
from bot.domain.model import Form, Stage
from bot.domain.results import Result
from bot.domain.scoring import score
from bot.domain.stages import Assessed, Down, Up, change
from bot.domain.touches import Rung, Send
from bot.views.blocks import View
from bot.views.result import Previous, ResultFacts
from bot.views.stage import StageFacts
from sandbox.filling import option_named
from sandbox.limits import elements_of
from sandbox.state import content_of, entry, seeded
from tests.domain.action_builders import ANA, LEA, an_action
from tests.domain.builders import MODEL, numbers, scored, steps_at

DUE = date(2026, 5, 29)  # a Friday
CLOSED_AT = datetime(2026, 5, 28, 10, 2, tzinfo=UTC)
BEFORE = Previous(49, Stage.CRAWL, date(2026, 2, 20))
HOSTILE = "<!channel> *bold* <@UEVIL> & _it_ 🚨 \u202eתייג את הכל\n" * 100

DONE = an_action(state=ActionState.DONE, closed_by=ANA, closed_at=CLOSED_AT)
DROPPED = an_action(state=ActionState.DROPPED, closed_by=LEA, closed_at=CLOSED_AT, drop_reason="Solved by the platform")
OWNERLESS = an_action(state=ActionState.NEEDS_OWNER, owner=None, due_on=None)


def some_actions(number: int, **changes: Any) -> tuple[ActionPoint, ...]:
    return tuple(an_action(id=ActionId(f"ac-{place}"), number=place, **changes) for place in range(1, number + 1))


def a_send(rung: Rung, today: date, working_days_left: int | None = None, due_on: date | None = DUE) -> Send:
    return Send(rung, today, due_on, (due_on - today).days if due_on else None, working_days_left)


def result_facts(
    answers: Mapping[QuestionId, Answer] | None = None, measures: Measures | None = None, **changes: Any
) -> ResultFacts:
    """Payments is at Walk, with an estimate and a number that agree with that."""
    said = steps_at(2, 2, 2, 1) if answers is None else answers
    given = numbers(84, 14, measured=False) if measures is None else measures
    form = changes.get("form", Form.FULL)
    result = score(MODEL, form, said, given)
    held_back = findings(MODEL, form, said, result)
    plain = ResultFacts(
        model=MODEL,
        assessment=AssessmentId("as-2"),
        team_id=TeamId("te-1"),
        team="Payments",
        result=result,
        findings=held_back,
        form=form,
        closed_at=CLOSED_AT,
        respondents=2,
        next_on=date(2026, 8, 26),
        profile=a_profile(result, held_back, changes.get("previous", BEFORE)),
        previous=BEFORE,
    )
    return replace(plain, **changes)


def a_profile(result: Result, held_back: Findings, before: Previous | None) -> Charted:
    """Every step was at Crawl before."""
    level = 1 if before else None
    steps = [StepBar(step.number, step.short, result.step(step.id), level) for step in MODEL.scored_steps]
    return charted(ProfileFacts(CLOSED_AT.date(), tuple(steps), held_back.next, before.on if before else None))


def assessed(answers: Mapping[QuestionId, Answer], measures: Measures, version: str = "1.0.0") -> Assessed:
    return Assessed(ModelVersion(version), answers, scored(answers, measures))


CRAWLING = assessed(steps_at(1, 1, 2, 1), numbers(62, 18))
WALKING = assessed(steps_at(2, 2, 2, 1), numbers(84, 14))


def stage_facts(previous: Assessed, current: Assessed, **changes: Any) -> StageFacts:
    moved = change(MODEL, previous, current)
    assert isinstance(moved, Up | Down)
    return replace(
        StageFacts(model=MODEL, assessment=AssessmentId("as-2"), team="Payments", change=moved),
        **changes,
    )


def filled(view: View, **contents: Any) -> View:
    """The view as it comes back when a person has put this into its fields; an option is named by its value."""
    state = seeded([block for block in view["blocks"] if "block_id" in block])
    for block in view["blocks"]:
        for element in elements_of(block) if block.get("block_id") in contents else ():
            wanted = contents[block["block_id"]]
            state[block["block_id"]][element["action_id"]] = entry(element, _content(element, wanted))
            assert content_of(state[block["block_id"]][element["action_id"]]) or not wanted
    return view | {"state": {"values": state}}


def _content(element: dict[str, Any], wanted: Any) -> Any:
    match element["type"]:
        case "radio_buttons" | "static_select":
            return option_named(element, wanted)
        case "checkboxes":
            return [option_named(element, one) for one in wanted]
        case _:
            return wanted
