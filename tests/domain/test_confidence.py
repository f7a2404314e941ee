"""How far a result can be relied on."""

from dataclasses import replace

import pytest

from bot.domain.confidence import Backdrop, Check, Confidence, Grade, compared, confidence
from bot.domain.ids import QuestionId, UserId
from bot.domain.model import Form, Stage
from tests.domain.builders import MODEL, PROCESS, all_answers, answers_to, numbers, scored, steps_at

QUESTIONS = [question.id for step in MODEL.scored_steps for question in step.questions]
WALK = steps_at(2, 2, 2, 2)
THREE_FROM_TWO = {UserId("U1"): "finops", UserId("U2"): "finance", UserId("U3"): "finops"}
SOLID = Backdrop(frozenset(QUESTIONS[:11]), frozenset(), THREE_FROM_TWO)


def test_all_five_checks_make_it_high() -> None:
    found = confidence(MODEL, Form.FULL, WALK, numbers_measured=True, backdrop=SOLID)
    assert (found.held, found.grade) == (frozenset(Check), Grade.HIGH)


@pytest.mark.parametrize(
    ("backdrop", "failing"),
    [
        pytest.param(replace(SOLID, linked=frozenset(QUESTIONS[:10])), Check.EVIDENCE, id="ten links for 22 answers"),
        pytest.param(replace(SOLID, contested=frozenset(QUESTIONS[:1])), Check.AGREED, id="one question contested"),
        pytest.param(replace(SOLID, roles={UserId("U1"): "finops"}), Check.VOICES, id="one person"),
        pytest.param(
            replace(SOLID, roles=dict.fromkeys(THREE_FROM_TWO, "finops")), Check.VOICES, id="one kind of role"
        ),
        pytest.param(replace(SOLID, roles=dict.fromkeys(THREE_FROM_TWO)), Check.VOICES, id="roles not named"),
    ],
)
def test_a_check_fails(backdrop: Backdrop, failing: Check) -> None:
    found = confidence(MODEL, Form.FULL, WALK, numbers_measured=True, backdrop=backdrop)
    assert (frozenset(Check) - found.held, found.grade) == (frozenset([failing]), Grade.MEDIUM)


@pytest.mark.parametrize(("unknown", "holds"), [(2, True), (3, False)])
def test_nine_tenths_are_answered(unknown: int, holds: bool) -> None:
    answers = WALK | answers_to(PROCESS, ["?"] * unknown)
    found = confidence(MODEL, Form.FULL, answers, numbers_measured=True, backdrop=SOLID)
    assert (Check.ANSWERED in found.held) is holds


def test_what_does_not_apply_need_not_be_answered() -> None:
    answers = all_answers(["n/a"] * 6, [2] * 5, [2] * 5, [2] * 6)
    assert Check.ANSWERED in confidence(MODEL, Form.FULL, answers, numbers_measured=False, backdrop=SOLID).held


def test_one_person_without_links_and_numbers_is_low() -> None:
    found = confidence(MODEL, Form.FULL, WALK, numbers_measured=False, backdrop=Backdrop())
    assert found == Confidence(frozenset([Check.ANSWERED, Check.AGREED]))
    assert found.grade is Grade.LOW


def test_what_claims_little_needs_no_links() -> None:
    found = confidence(MODEL, Form.FULL, steps_at(1, 1, 1, 1), numbers_measured=False, backdrop=Backdrop())
    assert Check.EVIDENCE in found.held


def test_a_claim_is_compared_with_answers_and_numbers() -> None:
    claim = compared(3, scored(steps_at(2, 2, 2, 2), numbers(60, 8)))
    assert (claim.said, claim.answers, claim.numbers, claim.found) == (3, Stage.WALK, 1, Stage.WALK)
    assert claim.ahead_by == 1


def test_a_modest_claim_lies_below() -> None:
    assert compared(0, scored(steps_at(2, 2, 2, 2))).ahead_by == -1


def test_without_a_stage_there_is_nothing_to_be_ahead_of() -> None:
    claim = compared(2, scored({QuestionId("p_reporting"): WALK[QUESTIONS[0]]}))
    assert (claim.answers, claim.numbers, claim.ahead_by) == (None, None, 0)
