"""The result says where a team stands, on what ground, and what would help."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.answers import Answer, Measures
from bot.domain.ids import QuestionId
from bot.domain.model import Form, Stage
from bot.views import result
from bot.views.result import Previous, ResultFacts
from tests.domain.action_builders import an_action
from tests.domain.builders import TOOLS, all_answers, answers_to, numbers, steps_at
from tests.views.builders import OWNERLESS, result_facts, some_actions
from tests.views.checks import texts

CONTESTED = frozenset({QuestionId("g_tagging"), QuestionId("t_value")})


def shown(facts: ResultFacts) -> str:
    return "\n".join(texts([*result.build(facts).blocks]))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        pytest.param(result_facts(), "*Walk*, 58 of 100, up 9 since Fri 20 Feb.", id="a stage and its trend"),
        pytest.param(result_facts(previous=None), "*Walk*, 58 of 100.", id="the first"),
        pytest.param(
            result_facts(previous=Previous(60, Stage.WALK, date(2025, 12, 1))),
            "*Walk*, 58 of 100, down 2 since Mon 1 Dec 2025.",
            id="down",
        ),
        pytest.param(
            result_facts(previous=Previous(58, Stage.WALK, date(2026, 2, 20))),
            "*Walk*, 58 of 100, unchanged since Fri 20 Feb.",
            id="unchanged",
        ),
        pytest.param(
            result_facts(all_answers([2, 2, 2, 2, "?", "?"], [2] * 5, [2] * 5, [1] * 6), previous=None),
            "*Walk*, provisional: could be Crawl to Walk, 57 of 100.",
            id="provisional",
        ),
        pytest.param(result_facts({}, numbers()), "not enough is known for a stage yet.", id="hardly anything known"),
    ],
)
def test_the_first_sentence(facts: ResultFacts, said: str) -> None:
    assert result.build(facts).blocks[0]["text"]["text"] == f"*Payments* finished its FinOps assessment: {said}"


@pytest.mark.parametrize(
    ("answers", "measures", "said"),
    [
        pytest.param(
            steps_at(2, 2, 2, 2),
            numbers(84, measured=False),
            "*Cost allocation*: 84 % (estimate) – Walk range (80 % or more); practice says Walk: confirmed.",
            id="confirmed",
        ),
        pytest.param(
            steps_at(2, 2, 2, 2),
            numbers(62),
            "62 % (from billing data) – Crawl range (50 % or more); practice says Walk: not in the numbers yet.",
            id="one lower",
        ),
        pytest.param(
            steps_at(2, 2, 2, 2),
            numbers(43),
            "43 % (from billing data) – not yet in Crawl range (50 % or more); "
            "practice says Walk: not in the numbers yet, which limits the stage to Crawl.",
            id="two lower",
        ),
        pytest.param(
            steps_at(1, 1, 1, 1), numbers(95), "practice says Crawl: ahead of practice, will it hold?", id="ahead"
        ),
        pytest.param(
            steps_at(1, 1, 1, 1), numbers(), "*Cost allocation*: not known. Run needs this number.", id="not known"
        ),
        pytest.param({}, numbers(84), "there is no stage to compare it with yet.", id="nothing to compare it with"),
        pytest.param(
            steps_at(2, 2, 2, 2), numbers(81), "close to the border of 80 %; practice says Walk", id="close to a border"
        ),
        pytest.param(
            steps_at(2, 2, 2, 2), numbers(84, 14), "14 % (from billing data) – Walk range (15 % or less)", id="variance"
        ),
    ],
)
def test_a_number_stands_beside_its_benchmark(
    answers: Mapping[QuestionId, Answer], measures: Measures, said: str
) -> None:
    assert said in shown(result_facts(answers, measures))


@pytest.mark.parametrize(
    ("answers", "measures", "said"),
    [
        pytest.param(
            steps_at(2, 2, 0, 2) | answers_to(TOOLS, [2, 2, 2, 2, 2, 0]),
            numbers(84, 14),
            "• *Tools* is Crawl and needs Walk: bring coverage of spend to Crawl.",
            id="one answer holds a step",
        ),
        pytest.param(
            steps_at(2, 2, 2, 0),
            numbers(84, 14),
            "• *Tools* is not in place yet: bring cost data, self-service answers, spend alerts and savings "
            "tooling to Crawl.",
            id="a step that is not in place",
        ),
        pytest.param(
            steps_at(2, 2, 2, 2),
            numbers(43, 14),
            "• *Cost allocation* is 43 %; it takes 50 % or more. Look again at labelling and cost view of each team.",
            id="a number",
        ),
        pytest.param(
            steps_at(3, 3, 3, 2), numbers(84), "• *Forecast variance* is not known: Run needs it.", id="no number"
        ),
        pytest.param(
            all_answers([2] * 6, [2] * 5, ["?"] * 5, ["?"] * 6),
            numbers(),
            "• *Teams*: not enough is known. Find out at least 4 of these: cost ownership,",
            id="too little known",
        ),
        pytest.param(
            steps_at(3, 3, 3, 3), numbers(95, 8), "Nothing: Run is the highest stage. Keep it there.", id="all at Run"
        ),
        pytest.param(
            steps_at(3, 3, 3, 2),
            numbers(95, 8),
            "Nothing: Run is the highest stage. Still below Run: cost data,",
            id="Run, with something left",
        ),
    ],
)
def test_what_holds_a_team_back_is_named(answers: Mapping[QuestionId, Answer], measures: Measures, said: str) -> None:
    assert said in shown(result_facts(answers, measures))


def test_a_result_without_a_stage_says_how_much_could_be_rated() -> None:
    said = shown(result_facts(all_answers([2] * 6, [2] * 5, ["?"] * 5, ["?"] * 6), numbers()))
    assert "Not enough is known for a stage yet: 2 of the 3 steps it takes could be rated" in said
    assert "*What to find out first*" in said


def test_the_stage_may_turn_out_higher_once_all_is_known() -> None:
    answers = all_answers([3] * 6, [3] * 5, [3] * 5, [3] * 6)
    assert "Walk, before: Crawl (up to Run once all is known)" not in shown(result_facts(answers, numbers(95, 8)))
    assert "(up to Run once all is known)" in shown(result_facts(answers, numbers(95)))


def test_action_points_are_named_without_calling_their_owners() -> None:
    said = shown(result_facts(actions=(an_action(), replace(OWNERLESS, number=13))))
    assert "• A-12 Tag untagged volumes – due Fri 29 May\n" in said
    assert "• A-13 Tag untagged volumes – no date yet, no owner yet" in said
    assert "<@" not in said


def test_the_sixth_action_point_is_counted_only() -> None:
    assert shown(result_facts(actions=some_actions(8))).count("A-") == 5
    assert "and 3 more" in shown(result_facts(actions=some_actions(8)))


@pytest.mark.parametrize(
    ("claimed", "said"),
    [
        (3, "*Claimed and found*: you said Run, the answers say Walk, the numbers say Crawl and Walk."),
        (0, "*Claimed and found*: you said not really started, the answers say Walk, the numbers say Crawl and Walk."),
    ],
)
def test_what_was_claimed_is_put_beside_what_was_found(claimed: int, said: str) -> None:
    assert said in shown(result_facts(measures=numbers(62, 14), claimed_level=claimed))


def test_a_contested_question_goes_by_its_topic() -> None:
    said = shown(result_facts(contested=CONTESTED))
    assert "*Answered quite differently*: labelling and unit cost." in said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (result_facts(), "Answered by 2 people · self-reported · questions version 1.0.0 · finished <!date"),
        (result_facts(measures=numbers(84, 14), respondents=1), "Answered by 1 person · backed by measured numbers ·"),
        (result_facts(form=Form.SHORT), "short form: the core questions only"),
        (result_facts(corrected=True), "corrected <!date"),
    ],
    ids=["by several", "measured", "short", "corrected"],
)
def test_it_says_on_what_ground_it_stands(facts: ResultFacts, said: str) -> None:
    assert said in str(result.build(facts).blocks[-1])
