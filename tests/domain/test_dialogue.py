"""The walk through the steps, as it could be held in a terminal."""

from dataclasses import replace

import pytest

from bot.domain.answers import Absent, Level, NotKnown, Number, Unknown
from bot.domain.dialogue import MISSING, Ask, Finished, Fix, Submitted, advance, source_block
from bot.domain.ids import QuestionId
from bot.domain.model import Form, Source, Step
from bot.domain.turn import Typed
from tests.domain.builders import ALLOCATION, FORECAST, GOVERNANCE, MODEL, PROCESS

FIRST = MODEL.step(PROCESS)
REPORTING = QuestionId("p_reporting")


def filled(step: Step, form: Form = Form.FULL) -> Submitted:
    return Submitted(
        chosen={question.id: "2" for question in MODEL.questions_of(step, form)},
        numbers={benchmark.id: ("", "unknown") for benchmark in MODEL.benchmarks_of(step)},
    )


def first(**changes: object) -> Submitted:
    return replace(filled(FIRST), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", Form)
def test_a_team_walks_through_all_steps(form: Form) -> None:
    titles, step = [], FIRST
    while isinstance(outcome := advance(MODEL, form, step, filled(step, form)), Ask):
        titles.append(step.title)
        assert len(outcome.taken.answers) == len(MODEL.questions_of(step, form))
        step = outcome.step
    assert isinstance(outcome, Finished)
    assert titles == ["1 Process & automation", "2 Skills & governance", "3 Consumer teams", "4 Tools"]
    assert step.title == "5 Action points"


def test_an_empty_step_names_every_field() -> None:
    asked = {question.id: MISSING for question in FIRST.questions}
    assert advance(MODEL, Form.FULL, FIRST, Submitted()) == Fix(asked | {source_block(FORECAST): MISSING})


def test_the_short_form_asks_the_core_questions() -> None:
    outcome = advance(MODEL, Form.SHORT, FIRST, Submitted())
    assert isinstance(outcome, Fix)
    assert set(outcome.problems) == {"p_reporting", "p_anomaly", "p_forecast", source_block(FORECAST)}


def test_a_step_is_asked_after_the_one_before_it() -> None:
    second = MODEL.steps[1]
    assert (MODEL.after(FIRST), MODEL.before(second), MODEL.before(FIRST)) == (second, FIRST, None)
    assert MODEL.after(MODEL.steps[-1]) is None


@pytest.mark.parametrize(
    ("chosen", "answer"),
    [
        pytest.param("0", Level(0), id="least mature"),
        pytest.param("3", Level(3), id="most mature"),
        pytest.param("unknown", Unknown(), id="I don't know"),
    ],
)
def test_an_answer_is_taken(chosen: str, answer: object) -> None:
    outcome = advance(MODEL, Form.FULL, FIRST, first(chosen={**filled(FIRST).chosen, REPORTING: chosen}))
    assert isinstance(outcome, Ask)
    assert outcome.taken.answers[REPORTING] == answer


@pytest.mark.parametrize("chosen", ["4", "-1", "", "absent", "²"])
def test_an_option_that_was_not_offered_is_no_answer(chosen: str) -> None:
    outcome = advance(MODEL, Form.FULL, FIRST, first(chosen={**filled(FIRST).chosen, REPORTING: chosen}))
    assert outcome == Fix({REPORTING: MISSING})


class TestWhatDoesNotExistHere:
    @pytest.mark.parametrize("chosen", [None, "unknown"])
    def test_needs_no_other_answer(self, chosen: str | None) -> None:
        others = {question: answer for question, answer in filled(FIRST).chosen.items() if question != REPORTING}
        marked = first(chosen=others | ({REPORTING: chosen} if chosen else {}), absent=frozenset([REPORTING]))
        outcome = advance(MODEL, Form.FULL, FIRST, marked)
        assert isinstance(outcome, Ask)
        assert outcome.taken.answers[REPORTING] == Absent()

    def test_cannot_be_at_a_level_as_well(self) -> None:
        outcome = advance(MODEL, Form.FULL, FIRST, first(absent=frozenset([REPORTING])))
        sentence = "Marked below as not existing here: choose “I don't know”, or take the mark away."
        assert outcome == Fix({REPORTING: sentence})


@pytest.mark.parametrize(
    ("text", "source", "typed"),
    [
        pytest.param("14 %", "measured", Typed("14 %", Source.MEASURED, Number(14, measured=True)), id="measured"),
        pytest.param(" 14 ", "estimate", Typed("14", Source.ESTIMATE, Number(14, measured=False)), id="an estimate"),
        pytest.param(" ", "unknown", Typed("", Source.UNKNOWN, NotKnown()), id="not known"),
    ],
)
def test_a_number_is_taken(text: str, source: str, typed: Typed) -> None:
    outcome = advance(MODEL, Form.FULL, FIRST, first(numbers={FORECAST: (text, source)}))
    assert isinstance(outcome, Ask)
    assert outcome.taken.typed == {FORECAST: typed}


@pytest.mark.parametrize(
    ("text", "source", "block", "sentence"),
    [
        pytest.param("", None, source_block(FORECAST), MISSING, id="nothing at all"),
        pytest.param("14", None, source_block(FORECAST), MISSING, id="a number from nowhere"),
        pytest.param("14", "hearsay", source_block(FORECAST), MISSING, id="a source that was not offered"),
        pytest.param(
            "14",
            "unknown",
            source_block(FORECAST),
            "There is a number above: say where it comes from, or clear it.",
            id="a number that is not known",
        ),
        pytest.param(
            "",
            "measured",
            FORECAST,
            "Please give the number, or choose “We don't know” below.",
            id="measured, but not given",
        ),
        pytest.param("501", "measured", FORECAST, "Please give a number from 0 to 500.", id="out of range"),
    ],
)
def test_a_number_is_refused_next_to_its_field(text: str, source: str | None, block: str, sentence: str) -> None:
    outcome = advance(MODEL, Form.FULL, FIRST, first(numbers={FORECAST: (text, source)}))
    assert outcome == Fix({block: sentence})


def test_everything_wrong_is_told_at_once() -> None:
    submitted = Submitted(absent=frozenset([REPORTING]), numbers={FORECAST: ("lots", "measured")})
    outcome = advance(MODEL, Form.SHORT, FIRST, submitted)
    assert isinstance(outcome, Fix)
    assert set(outcome.problems) == {"p_anomaly", "p_forecast", "b_forecast"}


def test_numbers_are_asked_where_they_belong() -> None:
    asked = [(step.id, benchmark.id) for step in MODEL.steps for benchmark in MODEL.benchmarks_of(step)]
    assert asked == [(PROCESS, FORECAST), (GOVERNANCE, ALLOCATION)]
