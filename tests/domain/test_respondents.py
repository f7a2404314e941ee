"""Several people, one answer."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import Absent, Answer, Answers, Level, Measure, NotKnown, Number, Unknown
from bot.domain.ids import QuestionId
from bot.domain.respondents import combined, combined_measures, contested, one_answer, one_measure, spreads
from tests.domain.builders import ALLOCATION, FORECAST, MODEL, SAID, numbers

RULES = MODEL.scoring.contested
REPORTING = QuestionId("p_reporting")
TAGGING = QuestionId("g_tagging")


def said(answers: Sequence[int | str]) -> list[Answer]:
    return [Level(answer) if isinstance(answer, int) else SAID[answer] for answer in answers]


@pytest.mark.parametrize(
    ("answers", "answer", "is_contested"),
    [
        pytest.param([1, 1, 2], Level(1), False, id="3a: agreed enough"),
        pytest.param([0, 1, 2], Level(1), True, id="3b: two apart"),
        pytest.param([1, 1, 1, 2, 2, 2, 2, 3], Level(2), False, id="3c: eight people, deviation 0.5"),
        pytest.param([0, 0, 0, 1, 2, 3, 3, 3], Level(1), True, id="3d: eight people, deviation 1.25"),
        pytest.param([1, 2], Level(1), False, id="the lower of two middle ones"),
        pytest.param([2], Level(2), False, id="one person"),
        pytest.param([0, 2, 2, 2, 2], Level(2), True, id="five people: the distance decides"),
        pytest.param([0, 2, 2, 2, 2, 2], Level(2), False, id="six people: the deviation decides"),
        pytest.param([1, 1, 1, 1, 3, 3], Level(1), False, id="six people, deviation 0.67 is not above 0.67"),
        pytest.param(["?", "?", 3], Level(3), False, id="who does not know has no say"),
        pytest.param(["?", "?"], Unknown(), False, id="nobody knows"),
        pytest.param([], Unknown(), False, id="nobody said anything"),
        pytest.param(["n/a", "n/a", 2], Absent(), False, id="most say that it does not exist"),
        pytest.param(["n/a", 2], Level(2), False, id="half say that it does"),
        pytest.param(["n/a", "?", "?"], Absent(), False, id="the only one who knows says it does not exist"),
    ],
)
def test_people_say_together(answers: Sequence[int | str], answer: Answer, is_contested: bool) -> None:
    assert (one_answer(said(answers)), contested(RULES, said(answers))) == (answer, is_contested)


def test_every_question_that_somebody_answered_is_combined() -> None:
    people = [{REPORTING: Level(0), TAGGING: Level(1)}, {REPORTING: Level(2)}]
    together = combined(RULES, people)
    assert together.answers == {REPORTING: Level(0), TAGGING: Level(1)}
    assert together.contested == {REPORTING}


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.data())
def test_the_answer_is_always_one_that_somebody_gave_whatever_the_order(levels: list[int], data: st.DataObject) -> None:
    answer = one_answer(said(levels))
    assert answer in said(levels)
    assert one_answer(said(data.draw(st.permutations(levels)))) == answer


def measured(value: float) -> Number:
    return Number(value, measured=True)


def estimated(value: float) -> Number:
    return Number(value, measured=False)


@pytest.mark.parametrize(
    ("given", "allocation", "forecast"),
    [
        pytest.param([estimated(90), measured(60)], measured(60), measured(60), id="measured beats an estimate"),
        pytest.param([measured(10), measured(20)], measured(10), measured(20), id="the less mature of two"),
        pytest.param([measured(30), measured(10), measured(20)], measured(20), measured(20), id="the middle of three"),
        pytest.param([NotKnown(), estimated(50)], estimated(50), estimated(50), id="the one that is known"),
        pytest.param([NotKnown()], NotKnown(), NotKnown(), id="not known"),
        pytest.param([], NotKnown(), NotKnown(), id="not asked"),
    ],
)
def test_numbers_are_combined(given: list[Measure], allocation: Measure, forecast: Measure) -> None:
    assert one_measure(MODEL.benchmark(ALLOCATION), given) == allocation
    assert one_measure(MODEL.benchmark(FORECAST), given) == forecast


def test_every_number_of_the_model_has_a_value() -> None:
    assert combined_measures(MODEL, []) == numbers()
    assert combined_measures(MODEL, [{ALLOCATION: measured(60)}]) == numbers(60)


def test_t10_the_spread_of_a_question_is_from_its_lowest_known_level_to_its_highest() -> None:
    first, second = QuestionId("p_reporting"), QuestionId("p_anomaly")
    one: Answers = {first: Level(2), second: Unknown()}
    others: list[Answers] = [{first: Level(0)}, {first: Absent(), second: Unknown()}]

    assert spreads([one, *others]) == {first: (0, 2)}
