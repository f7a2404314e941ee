"""From answers to stages: the worked examples, and what must hold for any answers."""

from collections.abc import Sequence

import pytest

from bot.domain.answers import Number
from bot.domain.confidence import compared
from bot.domain.ids import QuestionId, StepId
from bot.domain.model import Form, Stage
from bot.domain.results import Backing, NotEnoughKnown, NotRated, Rated, Result, Staged, Standing, StepResult, Unstaged
from bot.domain.scoring import score
from tests.domain.builders import (
    ALLOCATION,
    CONSUMERS,
    FORECAST,
    GOVERNANCE,
    MODEL,
    PROCESS,
    TOOLS,
    all_answers,
    answers_to,
    numbers,
    scored,
    steps_at,
)

CRAWL, WALK, RUN = Stage
COMMIT = QuestionId("p_commit")
OPTIMISE = QuestionId("p_optimise")


def process_step(said: Sequence[int | str]) -> StepResult:
    return scored(answers_to(PROCESS, said)).step(PROCESS)


def staged(result: Result) -> Staged:
    assert isinstance(result.overall, Staged)
    return result.overall


@pytest.mark.parametrize(
    ("said", "stage", "low", "high", "provisional"),
    [
        pytest.param([2, 2, 1, 2, 2, 1], WALK, WALK, WALK, False, id="1a: four of six are enough"),
        pytest.param([2, 2, 0, 2, 2, 1], CRAWL, CRAWL, CRAWL, False, id="1b: one answer breaks the floor"),
        pytest.param([3, 3, 3, 0, 3, 3], CRAWL, CRAWL, CRAWL, False, id="1c: one hole"),
        pytest.param([1, 1, 1, 1, 3, 3], CRAWL, CRAWL, CRAWL, False, id="1d: two strong spots are not Walk"),
        pytest.param([2, 2, 2, "?", "?", 1], CRAWL, CRAWL, WALK, False, id="2a: could be Walk"),
        pytest.param([2, 2, 2, 2, "?", "?"], WALK, CRAWL, WALK, True, id="2b: Walk until the two are known"),
        pytest.param([0, 0, 0, 0, 0, 0], CRAWL, CRAWL, CRAWL, False, id="nothing in place: Crawl is the floor"),
        pytest.param([3, 3, 3, 3, 3, 3], RUN, RUN, RUN, False, id="everything at Run"),
    ],
)
def test_a_step_reaches(said: Sequence[int | str], stage: Stage, low: Stage, high: Stage, provisional: bool) -> None:
    rated = process_step(said)
    assert isinstance(rated, Rated)
    assert (rated.stage, max(rated.low, 1), max(rated.high, 1), rated.provisional) == (stage, low, high, provisional)


def test_1c_a_hole_that_was_decided_on_does_not_break_the_floor() -> None:
    answers = answers_to(PROCESS, [3, 3, 3, 0, 3, 3])
    rated = scored(answers, gaps=frozenset([COMMIT])).step(PROCESS)
    assert isinstance(rated, Rated)
    assert rated.stage is RUN


def test_only_one_gap_of_a_step_counts() -> None:
    answers = answers_to(PROCESS, [3, 3, 0, 0, 3, 3])
    rated = scored(answers, gaps=frozenset([COMMIT, OPTIMISE])).step(PROCESS)
    assert isinstance(rated, Rated)
    assert rated.stage is CRAWL


def test_2c_one_known_answer_of_five_is_not_enough() -> None:
    result = scored(answers_to(GOVERNANCE, [2, "?", "?", "?", "?"])).step(GOVERNANCE)
    assert result == NotEnoughKnown(GOVERNANCE, low=0, high=3, applicable=5, known=1, needed=4)


def test_2d_what_does_not_apply_is_left_out() -> None:
    result = scored(answers_to(GOVERNANCE, [2, 2, 2, "n/a", 1])).step(GOVERNANCE)
    assert result == Rated(GOVERNANCE, level=2, low=2, high=2, applicable=4, known=4)


@pytest.mark.parametrize(
    ("step", "form", "said"),
    [
        pytest.param(PROCESS, Form.FULL, [3, 3, 3, "n/a", "n/a", "n/a"], id="more than a third of six"),
        pytest.param(GOVERNANCE, Form.FULL, [3, 3, 3, "n/a", "n/a"], id="more than a third of five"),
        pytest.param(TOOLS, Form.SHORT, [3, 3, "n/a"], id="fewer than three applicable"),
    ],
)
def test_a_step_that_mostly_does_not_apply_is_not_rated(step: StepId, form: Form, said: Sequence[int | str]) -> None:
    result = score(MODEL, form, answers_to(step, said, form), {})
    assert isinstance(result.step(step), NotRated)


def test_exactly_a_third_may_not_apply() -> None:
    assert isinstance(process_step([3, 3, 3, 3, "n/a", "n/a"]), Rated)


def test_the_short_form_counts_the_core_questions_only() -> None:
    answers = answers_to(PROCESS, [3, 3, 3], Form.SHORT)
    result = score(MODEL, Form.SHORT, answers, {})
    assert result.step(PROCESS) == Rated(PROCESS, 3, 3, 3, applicable=3, known=3)
    assert isinstance(score(MODEL, Form.FULL, answers, {}).step(PROCESS), NotEnoughKnown)


def test_4a_a_number_two_stages_lower_caps() -> None:
    result = scored(steps_at(2, 3, 2, 2), numbers(43, 14))
    overall = staged(result)
    assert (overall.practice, overall.stage) == (WALK, CRAWL)
    assert {check.benchmark: check.standing for check in result.numbers} == {
        ALLOCATION: Standing.CAPPED,
        FORECAST: Standing.CONFIRMED,
    }
    claim = compared(3, result)
    assert (claim.said, claim.answers, claim.numbers, claim.ahead_by) == (3, WALK, 0, 2)


def test_4b_run_needs_the_second_number() -> None:
    overall = staged(scored(steps_at(3, 3, 3, 2), numbers(84)))
    assert (overall.practice, overall.stage, overall.backing) == (RUN, WALK, Backing.SELF_REPORTED)
    assert (overall.low, overall.high, overall.provisional) == (WALK, RUN, False)


def test_4c_run_backed_by_measured_numbers() -> None:
    overall = staged(scored(steps_at(3, 3, 3, 2), numbers(92, 11)))
    assert (overall.stage, overall.backing) == (RUN, Backing.MEASURED)


def test_4d_one_number_is_ahead_and_the_other_behind() -> None:
    measures = {ALLOCATION: Number(93, measured=True), FORECAST: Number(24, measured=False)}
    result = scored(steps_at(1, 1, 1, 2), measures)
    assert staged(result).stage is CRAWL
    assert staged(result).backing is Backing.SELF_REPORTED
    assert [check.standing for check in result.numbers] == [Standing.AHEAD, Standing.NOT_IN_NUMBERS_YET]


def test_4e_a_step_below_crawl_holds_three_at_walk_back() -> None:
    result = scored(steps_at(2, 2, 2, 0))
    tools = result.step(TOOLS)
    assert isinstance(tools, Rated)
    assert (tools.stage, tools.level) == (CRAWL, 0)
    assert staged(result).stage is CRAWL
    assert staged(scored(steps_at(2, 2, 2, 1))).stage is WALK


@pytest.mark.parametrize(
    ("allocation", "forecast", "stage"),
    [
        pytest.param(95, 8, RUN, id="both at Run"),
        pytest.param(85, 14, RUN, id="both one below: kept"),
        pytest.param(60, 8, WALK, id="one two below"),
        pytest.param(60, 25, CRAWL, id="the lower of two caps counts"),
        pytest.param(40, 8, CRAWL, id="three below"),
        pytest.param(None, None, WALK, id="neither known"),
        pytest.param(None, 8, WALK, id="one of them not known"),
        pytest.param(None, 25, CRAWL, id="one not known, the other below Crawl"),
    ],
)
def test_numbers_limit_a_practice_at_run(allocation: float | None, forecast: float | None, stage: Stage) -> None:
    assert staged(scored(steps_at(3, 3, 3, 3), numbers(allocation, forecast))).stage is stage


class TestTheOverallStage:
    def test_takes_a_step_of_which_not_enough_is_known_for_an_unknown(self) -> None:
        answers = all_answers([2] * 6, [2] * 5, [2] * 5, ["?"] * 6)
        overall = staged(scored(answers))
        assert (overall.stage, overall.low, overall.high, overall.provisional) == (WALK, CRAWL, WALK, True)

    def test_needs_three_at_the_stage_even_when_the_fourth_is_unknown(self) -> None:
        answers = all_answers([2] * 6, [2] * 5, [1] * 5, ["?"] * 6)
        assert staged(scored(answers)).stage is CRAWL

    def test_leaves_out_a_step_that_does_not_apply(self) -> None:
        overall = staged(scored(all_answers([2] * 6, [2] * 5, [1] * 5, ["n/a"] * 6)))
        assert (overall.stage, overall.provisional) == (WALK, False)

    def test_needs_three_rated_steps(self) -> None:
        result = scored(all_answers([2] * 6, [2] * 5, ["?"] * 5, ["n/a"] * 6), numbers(90, 10))
        assert result.overall == Unstaged(rated=2, needed=3)
        assert [check.standing for check in result.numbers] == [Standing.NOT_COMPARED] * 2

    def test_of_a_provisional_step_is_provisional_only_where_it_matters(self) -> None:
        hanging: list[int | str] = [2, 2, 2, 2, "?", "?"]
        assert staged(scored(all_answers(hanging, [2] * 5, [2] * 5, [1] * 6))).provisional
        assert staged(scored(all_answers([0, 0, 0, 0, "?", "?"], [2] * 5, [2] * 5, [2] * 6))).stage is CRAWL


@pytest.mark.parametrize(
    ("said", "index"),
    [
        pytest.param([3] * 6, 100, id="all at Run"),
        pytest.param([2, 2, 1, 2, 2, 1], 56, id="a mean of 1.67"),
        pytest.param([3, "?", "n/a", 0, "?", "?"], 50, id="known answers only"),
        pytest.param(["?"] * 6, None, id="nothing known"),
    ],
)
def test_the_index_is_the_mean_of_what_is_known(said: Sequence[int | str], index: int | None) -> None:
    assert scored(answers_to(PROCESS, said)).index == index


def test_consumers_and_all_other_steps_have_a_result() -> None:
    assert [step.step for step in scored({}).steps] == [PROCESS, GOVERNANCE, CONSUMERS, TOOLS]
