"""What would help most for its effort, and what of it is proposed."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import Answer, Measures
from bot.domain.ids import CatalogueId, QuestionId
from bot.domain.leverage import Boost, Ranked, Situation, ranked
from bot.domain.model import Form, Stage
from bot.domain.proposals import Proposals, balanced, find_out_id, propose
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

WHOLE = Fraction(1)
LIMITS = MODEL.leverage.proposals

# A team at Crawl that cannot say what a unit costs.
EXAMPLE = all_answers([2, 1, 3, 1, 2, 1], [2, 2, 1, 1, 2], [1, 2, 1, 2, "?"], [3, 3, 1, 2, 0, 1])


def situation(answers: Mapping[QuestionId, Answer], measures: Measures | None = None) -> Situation:
    return Situation(Form.FULL, answers, measures or {}, scored(answers, measures))


def the_example() -> Situation:
    return situation(EXAMPLE, numbers(62, 27))


def ids(actions: tuple[Ranked, ...]) -> list[str]:
    return [one.action.id for one in actions]


def of(actions: tuple[Ranked, ...], name: str) -> Ranked:
    return next(one for one in actions if one.action.id == name)


def test_the_example_is_ranked_as_told() -> None:
    table: list[tuple[str, float, int, Fraction, float, int]] = [
        (one.action.id, float(one.leverage), one.action.impact, one.need, float(one.boost), one.action.effort)
        for one in ranked(MODEL, the_example())[:5]
    ]
    assert table == [
        ("w17_gap_list", 3.75, 3, WHOLE, 1.25, 1),
        ("w04_commit_plan", 3.125, 5, WHOLE, 1.25, 2),
        ("w02_anomaly", 2.5, 4, WHOLE, 1.25, 2),
        ("w08_label_standard", 2.5, 5, WHOLE, 1.5, 3),
        ("w16_change_checks", 2.0, 4, WHOLE, 1.5, 3),
    ]


def test_the_example_proposes_the_first_three_and_to_find_out_the_unit_cost() -> None:
    proposals = propose(MODEL, the_example(), open_actions=0)
    assert ids(proposals.actions) == ["w17_gap_list", "w04_commit_plan", "w02_anomaly"]
    (unit_cost,) = proposals.find_out
    assert (unit_cost.subject, unit_cost.persona, unit_cost.days, unit_cost.effort) == ("t_value", "product", 14, 1)


def test_the_parts_say_why() -> None:
    actions = ranked(MODEL, the_example())
    assert of(actions, "w08_label_standard").boosts == {
        Boost.TOWARD_NEXT_STAGE: Fraction(1, 4),
        Boost.NUMBER_BEHIND: Fraction(1, 4),
    }
    checks = of(actions, "w16_change_checks")
    assert checks.boosts == {Boost.FLOOR_BREAKER: Fraction(1, 2)}
    assert [rise.name for rise in checks.lifts] == ["l_shiftleft", "p_prelaunch"]
    assert checks.holding == ("l_shiftleft",)
    assert Boost.LOWEST_STEP in of(actions, "w11_team_budget").boosts


def test_an_unknown_answer_counts_half() -> None:
    first_chart = of(ranked(MODEL, the_example()), "s6_first_forecast")  # one of its three triggers is the unit cost
    assert (first_chart.need, first_chart.unknown, first_chart.lifts) == (Fraction(1, 6), ("t_value",), ())


def test_an_answer_of_a_step_that_is_to_go_no_further_counts_nothing() -> None:
    no_further = replace(the_example(), targets={PROCESS: Stage.CRAWL})
    actions = ranked(MODEL, no_further)
    assert of(actions, "w02_anomaly").need == Fraction(1, 2)
    assert "w04_commit_plan" not in ids(actions)


def test_nothing_leads_above_the_target() -> None:
    for one in ranked(MODEL, the_example()):
        assert one.action.to <= Stage.WALK
    run = replace(the_example(), targets=dict.fromkeys((PROCESS, GOVERNANCE, CONSUMERS, TOOLS), Stage.RUN))
    assert "r01_in_tools" in ids(ranked(MODEL, run))


@pytest.mark.parametrize(
    ("level", "offered"),
    [
        pytest.param(0, False, id="two stages below: first things first"),
        pytest.param(1, True, id="one stage below"),
        pytest.param(2, False, id="reached"),
        pytest.param("?", True, id="unknown"),
        pytest.param("n/a", False, id="does not apply"),
    ],
)
def test_an_action_is_the_next_stage_up(level: int | str, offered: bool) -> None:
    answers = EXAMPLE | answers_to(PROCESS, [2, 1, 3, level, 2, 1])
    assert ("w04_commit_plan" in ids(ranked(MODEL, situation(answers)))) is offered


def test_an_action_waits_for_what_it_needs() -> None:
    answers = EXAMPLE | answers_to(PROCESS, [2, 1, 3, 1, 0, 1])  # nothing is forecast: its first chart comes first
    waiting = situation(answers)
    assert "w04_commit_plan" not in ids(ranked(MODEL, waiting))
    done = replace(waiting, done=frozenset([CatalogueId("s6_first_forecast")]))
    assert "w04_commit_plan" in ids(ranked(MODEL, done))


def test_what_was_decided_on_is_not_lifted() -> None:
    decided = replace(the_example(), gaps=frozenset([QuestionId("l_coverage")]))
    assert "w17_gap_list" not in ids(ranked(MODEL, decided))


def test_what_is_open_or_done_is_not_offered_again() -> None:
    here = replace(
        the_example(), open=frozenset([CatalogueId("w17_gap_list")]), done=frozenset([CatalogueId("w02_anomaly")])
    )
    assert ids(propose(MODEL, here, open_actions=1).actions) == [
        "w04_commit_plan",
        "w08_label_standard",
        "w16_change_checks",
    ]


@pytest.mark.parametrize(("open_actions", "count"), [(0, 3), (2, 3), (3, 2), (4, 1), (5, 0), (9, 0)])
def test_there_is_room_for_five_open_actions(open_actions: int, count: int) -> None:
    assert len(propose(MODEL, the_example(), open_actions).actions) == count


def test_what_is_being_found_out_is_not_asked_for_again() -> None:
    asked = replace(situation(EXAMPLE), open=frozenset([find_out_id(QuestionId("t_value"))]))
    assert [item.subject for item in propose(MODEL, asked, 0).find_out] == [ALLOCATION, FORECAST]


def an_action(name: str, leverage: int, step: str, impact: int, effort: int) -> Ranked:
    plain = MODEL.actions[0]
    action = replace(plain, id=CatalogueId(name), step=MODEL.steps[0].id, impact=impact, effort=effort)
    step_id = next(one.id for one in MODEL.steps if one.id == step)
    return Ranked(replace(action, step=step_id), Fraction(leverage), Fraction(1), {}, (), (), ())


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        pytest.param(
            [("a", "tools", 4, 1), ("b", "tools", 4, 1), ("c", "tools", 4, 1), ("d", "process", 3, 3)],
            "abd",
            id="at most two from one step",
        ),
        pytest.param(
            [("a", "tools", 5, 5), ("b", "process", 5, 5), ("c", "process", 4, 3), ("d", "consumers", 3, 2)],
            "acd",
            id="at most one of the greatest effort",
        ),
        pytest.param(
            [("a", "tools", 4, 3), ("b", "process", 4, 3), ("c", "consumers", 4, 3), ("d", "governance", 3, 2)],
            "abd",
            id="one of little effort",
        ),
        pytest.param(
            [("a", "tools", 2, 1), ("b", "process", 2, 1), ("c", "consumers", 2, 1), ("d", "governance", 4, 3)],
            "abd",
            id="one of great impact",
        ),
        pytest.param(
            [("a", "tools", 2, 3), ("b", "process", 2, 3), ("c", "consumers", 2, 3)],
            "abc",
            id="nothing small and nothing telling on offer",
        ),
        pytest.param([("a", "tools", 4, 1), ("b", "tools", 4, 1), ("c", "tools", 4, 1)], "ab", id="only one step"),
        pytest.param([], "", id="nothing on offer"),
    ],
)
def test_a_proposal_is_balanced(offered: list[tuple[str, str, int, int]], chosen: str) -> None:
    best_first = [an_action(name, 9, step, impact, effort) for name, step, impact, effort in offered]
    assert "".join(one.action.id for one in balanced(LIMITS, best_first, 3)) == chosen


@given(answered(an_answer), some_numbers, st.integers(0, 5))
def test_whatever_was_answered_a_proposal_keeps_its_limits(
    answers: Answered, measures: Measures, open_actions: int
) -> None:
    proposals: Proposals = propose(MODEL, situation(answers, measures), open_actions)
    steps = [one.action.step for one in proposals.actions]
    assert len(steps) <= min(3, 5 - open_actions)
    assert all(steps.count(step) <= 2 for step in steps)
    assert all(0 < one.need <= 1 and one.leverage > 0 for one in proposals.actions)
    assert all(one.lifts or one.unknown for one in proposals.actions)


@pytest.mark.parametrize("level", [0, 1, 2])
def test_there_is_always_something_to_do_below_run(level: int) -> None:
    assert len(propose(MODEL, situation(steps_at(level, level, level, level)), 0).actions) == 3


def test_at_run_nothing_is_left_to_propose() -> None:
    assert ranked(MODEL, situation(steps_at(3, 3, 3, 3), numbers(95, 8))) == ()
