"""When a stage changed, and what made the difference."""

from collections.abc import Mapping

import pytest

from bot.domain.answers import Answer, Level, Measures, NotKnown, Number, Unknown
from bot.domain.ids import ModelVersion, QuestionId
from bot.domain.model import Stage
from bot.domain.stages import (
    AnswerMoved,
    Assessed,
    Change,
    Down,
    Moves,
    NotAnnounced,
    NotComparable,
    NumberMoved,
    Same,
    Silence,
    StepMoved,
    Up,
    change,
)
from tests.domain.builders import ALLOCATION, FORECAST, MODEL, TOOLS, all_answers, answers_to, numbers, scored, steps_at

CRAWL, WALK, RUN = Stage
NOTHING = Moves((), ())


def assessed(
    answers: Mapping[QuestionId, Answer], measures: Measures | None = None, version: str = "1.0.0"
) -> Assessed:
    return Assessed(ModelVersion(version), answers, scored(answers, measures))


def changed(previous: Assessed | None, current: Assessed) -> Change:
    return change(MODEL, previous, current)


CRAWLING, WALKING = assessed(steps_at(1, 1, 1, 1)), assessed(steps_at(2, 2, 2, 2))


@pytest.mark.parametrize(
    ("previous", "current", "said"),
    [
        pytest.param(None, WALKING, NotAnnounced(Silence.FIRST), id="the first assessment"),
        pytest.param(WALKING, WALKING, Same(WALK), id="nothing changed"),
        pytest.param(WALKING, assessed(steps_at(3, 2, 2, 2)), Same(WALK), id="one step changed, the stage did not"),
        pytest.param(
            CRAWLING,
            assessed(all_answers([2, 2, 2, 2, "?", "?"], [2] * 5, [2] * 5, [1] * 6)),
            NotAnnounced(Silence.PROVISIONAL),
            id="not sure enough to be told",
        ),
        pytest.param(CRAWLING, assessed({}), NotAnnounced(Silence.NO_STAGE), id="nothing known any more"),
        pytest.param(assessed({}), CRAWLING, NotAnnounced(Silence.FIRST), id="the first with a stage"),
    ],
)
def test_nothing_is_announced(previous: Assessed | None, current: Assessed, said: Change) -> None:
    assert changed(previous, current) == said


def test_an_answer_that_closed_a_hole_made_the_difference() -> None:
    before = steps_at(2, 2, 1, 2) | answers_to(TOOLS, [2, 2, 2, 2, 2, 0])
    now = before | answers_to(TOOLS, [2, 2, 2, 2, 2, 1])
    moved = AnswerMoved(QuestionId("l_coverage"), Level(0), Level(1))
    assert changed(assessed(before), assessed(now)) == Up(CRAWL, WALK, Moves((StepMoved(TOOLS, 1, 2, (moved,)),), ()))
    back = AnswerMoved(QuestionId("l_coverage"), Level(1), Level(0))
    assert changed(assessed(now), assessed(before)) == Down(WALK, CRAWL, Moves((StepMoved(TOOLS, 2, 1, (back,)),), ()))


def test_an_answer_that_was_found_out_made_the_difference() -> None:
    before = steps_at(2, 2, 1, 2) | answers_to(TOOLS, [2, 2, 2, 1, 1, "?"])
    now = before | answers_to(TOOLS, [2, 2, 2, 1, 1, 2])
    up = changed(assessed(before), assessed(now))
    assert isinstance(up, Up)
    assert isinstance(up.difference, Moves)
    assert up.difference.steps[0].answers == (AnswerMoved(QuestionId("l_coverage"), Unknown(), Level(2)),)


def test_a_number_that_no_longer_caps_made_the_difference() -> None:
    answers = steps_at(2, 2, 2, 2)
    moved = NumberMoved(ALLOCATION, Number(43, measured=True), Number(70, measured=True))
    up = changed(assessed(answers, numbers(43, 14)), assessed(answers, numbers(70, 8)))
    assert up == Up(CRAWL, WALK, Moves((), (moved,)))


def test_steps_that_moved_while_a_number_capped_made_no_difference() -> None:
    up = changed(assessed(steps_at(2, 2, 2, 2), numbers(43)), assessed(steps_at(3, 2, 2, 2), numbers(70)))
    assert isinstance(up, Up)
    assert isinstance(up.difference, Moves)
    assert (up.difference.steps, len(up.difference.numbers)) == ((), 1)


def test_a_number_that_became_known_made_the_difference() -> None:
    answers = steps_at(3, 3, 3, 3)
    up = changed(assessed(answers, numbers(95)), assessed(answers, numbers(95, 8)))
    assert up == Up(WALK, RUN, Moves((), (NumberMoved(FORECAST, NotKnown(), Number(8, measured=True)),)))


def test_a_number_that_got_worse_brings_a_stage_down() -> None:
    answers = steps_at(2, 2, 2, 2)
    down = changed(assessed(answers, numbers(70)), assessed(answers, numbers(43)))
    moved = NumberMoved(ALLOCATION, Number(70, measured=True), Number(43, measured=True))
    assert down == Down(WALK, CRAWL, Moves((), (moved,)))


def test_what_moved_the_other_way_is_not_named() -> None:
    up = changed(assessed(steps_at(1, 1, 2, 2)), assessed(steps_at(2, 2, 2, 1)))
    assert isinstance(up, Up)
    assert isinstance(up.difference, Moves)
    assert [step.step for step in up.difference.steps] == ["process", "governance"]


def test_across_a_major_version_nothing_is_compared() -> None:
    now = assessed(steps_at(2, 2, 2, 2), version="2.0.0")
    difference = NotComparable(ModelVersion("1.0.0"), ModelVersion("2.0.0"))
    assert changed(CRAWLING, now) == Up(CRAWL, WALK, difference)


def test_across_a_minor_version_it_is() -> None:
    up = changed(CRAWLING, assessed(steps_at(2, 2, 2, 2), version="1.1.0"))
    assert isinstance(up, Up)
    assert up.difference != NOTHING
