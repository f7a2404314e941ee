"""What holds a team back: true, and no more than is needed."""

from collections.abc import Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import Answer, Level, Measure, Measures, Number
from bot.domain.findings import (
    Finding,
    Findings,
    NumberBehind,
    NumberMissing,
    StepHolds,
    StepNotRated,
    StepUnknown,
    findings,
)
from bot.domain.ids import BenchmarkId, QuestionId
from bot.domain.levels import every, level_of
from bot.domain.lifting import Placed, Rise, rises
from bot.domain.model import Form, Stage
from bot.domain.scoring import Gaps
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
from tests.domain.test_scoring_properties import Answered, an_answer, answered, some_numbers

CRAWL, WALK, RUN = Stage


def found(answers: Mapping[QuestionId, Answer], measures: Measures | None = None, gaps: Gaps = frozenset()) -> Findings:
    return findings(MODEL, Form.FULL, answers, scored(answers, measures, gaps), gaps)


def process_holds(said: Sequence[int | str]) -> StepHolds:
    holds = found(answers_to(PROCESS, said)).steps[0]
    assert isinstance(holds, StepHolds)
    return holds


def test_1a_four_answers_at_run_and_the_two_crawl_answers_at_walk() -> None:
    holds = process_holds([2, 2, 1, 2, 2, 1])
    assert (holds.to, sorted((rise.level, rise.to) for rise in holds.answers)) == (RUN, [(1, 2)] * 2 + [(2, 3)] * 4)


def test_1b_one_answer_holds_the_step() -> None:
    assert process_holds([2, 2, 0, 2, 2, 1]).answers == (Rise(QuestionId("p_optimise"), 0, 1),)


def test_1c_one_hole_keeps_a_step_from_walk() -> None:
    assert process_holds([3, 3, 3, 0, 3, 3]).answers == (Rise(QuestionId("p_commit"), 0, 1),)


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        pytest.param([2, 2, 2, 0, 1, 1], {"p_forecast": 2}, id="it breaks no floor"),
        pytest.param([2, 2, 2, 1, 0, 0], {"p_forecast": 2, "p_prelaunch": 1}, id="others support the stage first"),
    ],
)
def test_a_gap_that_was_decided_on_is_left_alone(said: Sequence[int | str], raised: dict[str, int]) -> None:
    holds = found(answers_to(PROCESS, said), gaps=frozenset([QuestionId("p_commit")])).steps[0]
    assert isinstance(holds, StepHolds)
    assert {rise.name: rise.to for rise in holds.answers} == raised


def test_2a_what_is_unknown_is_named_beside_what_could_rise() -> None:
    holds = process_holds([2, 2, 2, "?", "?", 1])
    assert holds.answers == (Rise(QuestionId("p_prelaunch"), 1, 2),)
    assert holds.unknown == (QuestionId("p_commit"), QuestionId("p_forecast"))


def test_2c_so_many_must_be_found_out() -> None:
    step = found(answers_to(GOVERNANCE, [2, "?", "?", "?", "?"])).steps[1]
    assert isinstance(step, StepUnknown)
    assert (step.missing, len(step.unknown)) == (3, 4)


def test_4a_the_number_holds_and_says_what_to_check() -> None:
    holding = found(steps_at(2, 3, 2, 2), numbers(43, 14)).holding
    checks = (QuestionId("g_tagging"), QuestionId("t_visibility"))
    assert holding == (NumberBehind(ALLOCATION, 43, 0, CRAWL, 50, checks),)


def test_4b_run_waits_for_the_second_number() -> None:
    assert found(steps_at(3, 3, 3, 2), numbers(84)).holding == (NumberMissing(FORECAST),)


def test_4e_tools_hold_and_everything_else_is_walk() -> None:
    result = found(steps_at(2, 2, 2, 0))
    (tools,) = result.holding
    assert isinstance(tools, StepHolds)
    assert (tools.step, tools.level, tools.to, len(tools.answers)) == (TOOLS, 0, CRAWL, 4)
    assert (result.strongest, result.weakest) == ((PROCESS, GOVERNANCE, CONSUMERS), (TOOLS,))


def test_at_run_nothing_holds_and_what_is_below_run_is_named() -> None:
    result = found(steps_at(3, 3, 3, 2), numbers(92, 11))
    assert (result.next, result.holding) == (None, ())
    assert {rise.name for rise in result.below_run} == {question.id for question in MODEL.step(TOOLS).questions}


def test_without_a_stage_the_steps_that_could_not_be_rated_are_named() -> None:
    result = found(all_answers([2] * 6, [2] * 5, ["?"] * 5, ["n/a"] * 6))
    assert result.next is None
    assert [type(finding) for finding in result.holding] == [StepUnknown, StepNotRated]


def test_steps_that_are_alike_are_all_strongest_and_none_is_weakest() -> None:
    result = found(steps_at(2, 2, 2, 2))
    assert (len(result.strongest), result.weakest) == (4, ())


@pytest.mark.parametrize("count", [3, 5, 6])
@pytest.mark.parametrize("stage", Stage, ids=lambda stage: stage.word)
def test_over_all_patterns_what_must_rise_suffices_and_nothing_less_does(count: int, stage: Stage) -> None:
    for pattern in product(range(4), repeat=count):
        if level_of(MODEL.scoring, every(pattern)) >= stage:
            continue
        must = {
            r.name: r.to for r in rises(MODEL.scoring, [Placed(n, lv) for n, lv in enumerate(pattern)], count, stage)
        }
        assert reached(pattern, must) >= stage, pattern
        for name, to in must.items():
            assert reached(pattern, must | {name: to - 1}) < stage, (pattern, must, name)


def reached(pattern: tuple[int, ...], must: Mapping[int, int]) -> int:
    return level_of(MODEL.scoring, every([must.get(place, level) for place, level in enumerate(pattern)]))


def made_true(finding: Finding, answers: dict[QuestionId, Answer], measures: dict[BenchmarkId, Measure]) -> None:
    match finding:
        case StepHolds(answers=lifted):
            answers.update({rise.name: Level(rise.to) for rise in lifted})
        case NumberBehind(benchmark=benchmark, border=border):
            measures[benchmark] = Number(border, measured=True)
        case NumberMissing(benchmark=benchmark):
            measures[benchmark] = Number(MODEL.benchmark(benchmark).bands[1], measured=True)
        case StepUnknown() | StepNotRated():
            raise AssertionError(finding)


@given(
    answered(an_answer), some_numbers, st.frozensets(st.sampled_from([q.id for s in MODEL.steps for q in s.questions]))
)
def test_doing_exactly_what_the_findings_say_reaches_the_next_stage(
    answers: Answered, measures: Measures, gaps: Gaps
) -> None:
    result = found(answers, measures, gaps)
    if result.next is None:
        return
    assert result.holding
    raised, better = dict(answers), dict(measures)
    for finding in result.holding:
        made_true(finding, raised, better)
    assert (scored(raised, better, gaps).overall.stage or 0) >= result.next


@given(answered(an_answer), some_numbers)
def test_leaving_one_finding_out_does_not_reach_the_next_stage(answers: Answered, measures: Measures) -> None:
    result = found(answers, measures)
    for left_out in result.holding if result.next else ():
        raised, better = dict(answers), dict(measures)
        for finding in result.holding:
            if finding is not left_out:
                made_true(finding, raised, better)
        assert (scored(raised, better).overall.stage or 0) < (result.next or 0), left_out


@given(answered(an_answer))
def test_doing_what_a_step_is_told_reaches_its_next_stage(answers: Answered) -> None:
    for finding in found(answers).steps:
        if isinstance(finding, StepHolds):
            raised = dict(answers)
            made_true(finding, raised, {})
            after = next(step for step in scored(raised).rated if step.step == finding.step)
            assert after.stage >= finding.to
