"""What makes the rule defensible, over all patterns of known answers and over any answers at all."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import Answer, Level, Measures, Unknown
from bot.domain.ids import QuestionId
from bot.domain.levels import every, level_of
from bot.domain.model import Stage
from bot.domain.results import Rated, Staged
from tests.domain.builders import MODEL, SAID, numbers, scored

QUESTIONS = [question.id for step in MODEL.scored_steps for question in step.questions]
Answered = dict[QuestionId, Answer]

a_level = st.integers(0, 3).map(Level)
an_answer = st.one_of(a_level, st.sampled_from(list(SAID.values())))
some_numbers = st.builds(numbers, st.none() | st.floats(0, 100), st.none() | st.floats(0, 500), measured=st.booleans())


def answered(by: st.SearchStrategy[Answer]) -> st.SearchStrategy[Answered]:
    return st.fixed_dictionaries(dict.fromkeys(QUESTIONS, by))


def patterns(count: int) -> Iterator[tuple[int, ...]]:
    return product(range(4), repeat=count)


def raised(pattern: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for place, level in enumerate(pattern):
        if level < Stage.RUN:
            yield (*pattern[:place], level + 1, *pattern[place + 1 :])


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_raising_an_answer_never_lowers_a_level(count: int) -> None:
    levels = {pattern: level_of(MODEL.scoring, every(pattern)) for pattern in patterns(count)}
    for pattern, level in levels.items():
        assert all(levels[higher] >= level for higher in raised(pattern)), pattern


@pytest.mark.parametrize("count", [3, 5, 6])
def test_a_level_is_never_more_generous_than_the_rounded_mean(count: int) -> None:
    for pattern in patterns(count):
        rounded = (2 * sum(pattern) + count) // (2 * count)
        assert level_of(MODEL.scoring, every(pattern)) <= rounded, pattern


@pytest.mark.parametrize("count", [3, 5, 6])
def test_a_level_is_never_harsher_than_the_weakest_answer(count: int) -> None:
    for pattern in patterns(count):
        assert level_of(MODEL.scoring, every(pattern)) >= min(pattern), pattern


def test_the_rule_differs_from_the_mean_and_the_weakest_answer_as_often_as_is_said() -> None:
    levels = {pattern: level_of(MODEL.scoring, every(pattern)) for pattern in patterns(6)}
    mean_higher = sum((sum(pattern) + 3) // 6 > level for pattern, level in levels.items())
    weakest_lower = sum(min(pattern) < level for pattern, level in levels.items())
    assert (round(100 * mean_higher / len(levels)), round(100 * weakest_lower / len(levels))) == (62, 76)


@given(answered(an_answer), some_numbers, st.sampled_from(QUESTIONS))
def test_raising_a_known_answer_never_lowers_the_overall_stage(
    answers: Answered, measures: Measures, question: QuestionId
) -> None:
    answers[question] = Level(0)
    stages = [scored(answers | {question: Level(level)}, measures).overall.stage or 0 for level in range(4)]
    assert stages == sorted(stages)


@given(answered(an_answer), some_numbers)
def test_a_stage_lies_within_its_range(answers: Answered, measures: Measures) -> None:
    result = scored(answers, measures)
    for step in result.rated:
        assert step.low <= step.level <= step.high
    if isinstance(result.overall, Staged):
        assert result.overall.low <= result.overall.stage <= result.overall.high
        assert result.overall.stage <= result.overall.practice


@given(answered(st.one_of(a_level, st.just(Unknown()))), some_numbers, st.data())
def test_whatever_is_found_out_the_stage_stays_within_the_range(
    answers: Answered, measures: Measures, data: st.DataObject
) -> None:
    before = scored(answers, measures).overall
    after = scored({q: data.draw(a_level) if a == Unknown() else a for q, a in answers.items()}, measures).overall
    if isinstance(before, Staged):
        assert before.low <= (after.stage or 0) <= before.high


@given(answered(a_level), some_numbers)
def test_with_every_answer_known_nothing_is_provisional(answers: Answered, measures: Measures) -> None:
    result = scored(answers, measures)
    assert not result.overall.provisional
    assert all(isinstance(step, Rated) and not step.provisional for step in result.steps)


@given(answered(an_answer), some_numbers, st.sampled_from(QUESTIONS))
def test_what_makes_a_better_stage_by_not_being_known_is_provisional(
    answers: Answered, measures: Measures, question: QuestionId
) -> None:
    honest = scored(answers | {question: Level(0)}, measures).overall
    silent = scored(answers | {question: Unknown()}, measures).overall
    if isinstance(honest, Staged) and isinstance(silent, Staged) and silent.stage > honest.stage:
        assert silent.provisional


@given(answered(a_level), st.floats(0, 100), st.floats(0, 100), st.none() | st.floats(0, 500))
def test_a_better_share_never_lowers_the_stage(
    answers: Answered, one: float, other: float, forecast: float | None
) -> None:
    worse, better = (scored(answers, numbers(share, forecast)).overall.stage for share in sorted([one, other]))
    assert (worse or 0) <= (better or 0)


@given(answered(a_level), st.floats(0, 500), st.floats(0, 500), st.none() | st.floats(0, 100))
def test_a_smaller_variance_never_lowers_the_stage(
    answers: Answered, one: float, other: float, allocation: float | None
) -> None:
    better, worse = (scored(answers, numbers(allocation, off)).overall.stage for off in sorted([one, other]))
    assert (worse or 0) <= (better or 0)
