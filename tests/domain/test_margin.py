"""A move that one answer or one number would undo is not announced before the next assessment agrees."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answers import Answer, Level, Measures, Unknown
from bot.domain.ids import ModelVersion, QuestionId
from bot.domain.margin import Unconfirmed, confirmed, is_close
from bot.domain.model import Form, Stage
from bot.domain.stages import Assessed, Down, Same, Up, change
from tests.domain.builders import MODEL, TOOLS, answers_to, numbers, scored, steps_at

CRAWL, WALK, RUN = Stage
QUESTIONS = [question.id for step in MODEL.scored_steps for question in step.questions]


def assessed(answers: Mapping[QuestionId, Answer], measures: Measures | None = None) -> Assessed:
    return Assessed(ModelVersion("1.0.0"), answers, scored(answers, measures))


def close(current: Assessed, told: Stage) -> bool:
    return is_close(MODEL, Form.FULL, current, told)


TWOS = steps_at(2, 2, 2, 2)
HOLE = steps_at(2, 2, 1, 2) | answers_to(TOOLS, [2, 2, 2, 2, 2, 0])
FILLED = HOLE | answers_to(TOOLS, [2, 2, 2, 2, 2, 1])


@pytest.mark.parametrize(
    ("current", "told", "said"),
    [
        pytest.param(assessed(TWOS), CRAWL, False, id="everything at Walk: up for good"),
        pytest.param(assessed(steps_at(3, 3, 3, 3), numbers(95, 8)), CRAWL, False, id="two stages up"),
        pytest.param(assessed(steps_at(1, 1, 1, 1)), RUN, False, id="two stages down"),
        pytest.param(assessed(FILLED), CRAWL, True, id="up by one answer that closed a hole"),
        pytest.param(assessed(HOLE), WALK, True, id="down by the one answer that tore it"),
        pytest.param(assessed(FILLED), WALK, False, id="no move at all"),
        pytest.param(assessed({}), CRAWL, False, id="no stage at all"),
        pytest.param(assessed(TWOS, numbers(51, 14)), CRAWL, True, id="up by a number just across the border"),
        pytest.param(assessed(TWOS, numbers(53, 14)), CRAWL, False, id="up by a number well across it"),
        pytest.param(assessed(TWOS, numbers(49, 14)), WALK, True, id="down by a number just short of the border"),
        pytest.param(assessed(TWOS, numbers(43, 14)), WALK, False, id="down by a number well short of it"),
        pytest.param(assessed(TWOS, numbers(70, 19.5)), CRAWL, True, id="the same where less is better"),
    ],
)
def test_close_to_the_boundary(current: Assessed, told: Stage, said: bool) -> None:
    assert close(current, told) is said


UP = change(MODEL, assessed(HOLE), assessed(FILLED))
DOWN = change(MODEL, assessed(FILLED), assessed(HOLE))
FAR = change(MODEL, assessed(steps_at(1, 1, 1, 1)), assessed(TWOS))


@pytest.mark.parametrize(
    ("current", "changed", "last", "said"),
    [
        pytest.param(assessed(FILLED), UP, CRAWL, Unconfirmed(CRAWL, WALK), id="up by a hair"),
        pytest.param(assessed(FILLED), UP, None, Unconfirmed(CRAWL, WALK), id="up by a hair, nothing before"),
        pytest.param(assessed(FILLED), UP, WALK, UP, id="the one before came to the same"),
        pytest.param(assessed(FILLED), UP, RUN, UP, id="the one before lay even higher"),
        pytest.param(assessed(HOLE), DOWN, WALK, Unconfirmed(WALK, CRAWL), id="down by a hair"),
        pytest.param(assessed(HOLE), DOWN, CRAWL, DOWN, id="the one before was down as well"),
        pytest.param(assessed(TWOS), FAR, CRAWL, FAR, id="far up needs no second word"),
        pytest.param(assessed(TWOS), Same(WALK), CRAWL, Same(WALK), id="no move"),
    ],
)
def test_a_move_is_announced_when_it_is_sure(current: Assessed, changed: Any, last: Stage | None, said: Any) -> None:
    assert confirmed(MODEL, Form.FULL, current, changed, last) == said


def test_the_moves_of_the_table_are_moves() -> None:
    assert (type(UP), type(DOWN), type(FAR)) == (Up, Down, Up)


ANSWERS = st.dictionaries(
    st.sampled_from(QUESTIONS), st.one_of(st.integers(0, 3).map(Level), st.just(Unknown())), min_size=14
)
NUMBERS = st.builds(numbers, st.none() | st.integers(0, 100), st.none() | st.integers(0, 60))


@settings(max_examples=60, deadline=None)
@given(ANSWERS, NUMBERS, st.sampled_from(Stage), st.data())
def test_to_move_further_never_brings_a_move_closer_to_the_boundary(
    answers: dict[QuestionId, Answer], measures: Measures, told: Stage, data: st.DataObject
) -> None:
    current = assessed(answers, measures)
    stage = current.result.overall.stage
    known = [question for question, said in answers.items() if isinstance(said, Level)]
    if stage is None or stage is told or not known or close(current, told):
        return
    question = data.draw(st.sampled_from(known))
    said = answers[question]
    assert isinstance(said, Level)
    further = Level(min(max(said.level + (1 if stage > told else -1), 0), 3))
    assert not close(assessed(answers | {question: further}, measures), told)


@settings(max_examples=10, deadline=None)
@given(st.permutations([question for question in QUESTIONS for _ in range(3)]), NUMBERS)
def test_two_neighbours_on_the_two_sides_of_a_boundary_are_both_close_to_it(
    rises: list[QuestionId], measures: Measures
) -> None:
    """From nothing in place to everything at Run, one answer by one level at a time, in any order."""
    levels = dict.fromkeys(QUESTIONS, 0)
    lower = assessed({question: Level(level) for question, level in levels.items()}, measures)
    for question in rises:
        levels[question] += 1
        upper = assessed({each: Level(level) for each, level in levels.items()}, measures)
        below, above = lower.result.overall.stage, upper.result.overall.stage
        assert below is not None
        assert above is not None
        if below is not above:
            assert close(upper, below)
            assert close(lower, above)
        lower = upper
