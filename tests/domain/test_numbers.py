"""Numbers as people type them, and what they mean."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.model import Benchmark, Stage
from bot.domain.numbers import across, border_near, border_of, level_of_number
from bot.domain.typing_in import Problem, typed_number
from tests.domain.builders import ALLOCATION, FORECAST, MODEL

SHARE = MODEL.benchmark(ALLOCATION)
VARIANCE = MODEL.benchmark(FORECAST)
WIDE = replace(SHARE, valid_range=(-10_000_000, 10_000_000))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("95", 95),
        ("95 %", 95),
        ("95%", 95),
        ("95 percent", 95),
        ("  95\t", 95),
        ("+95", 95),
        ("14,5", 14.5),
        ("14.5", 14.5),
        (".5", 0.5),
        ("0,125", 0.125),
        ("0", 0),
        ("９５％", 95),
        ("١٤", 14),
        ("95\N{NO-BREAK SPACE}%", 95),
        ("-5", -5),
        ("\N{MINUS SIGN}5", -5),
        ("50 000", 50_000),
        ("50\N{NARROW NO-BREAK SPACE}000,5", 50_000.5),
        ("50'000", 50_000),
        ("50’000", 50_000),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1_234_567),
    ],
)
def test_a_number_is_read(text: str, value: float) -> None:
    assert typed_number(WIDE, text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "lots",
        "nan",
        "inf",
        "-inf",
        "1e999",
        "1e2",
        "0x10",
        "12 34",
        "1.2.3",
        "1,234,5",
        "5.",
        "%",
        "--5",
        "½",
        "1_000",
    ],
)
def test_what_is_no_number_is_refused_with_an_example(text: str) -> None:
    assert typed_number(SHARE, text) == Problem("Please give a number such as 80.")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1.234", "1.234 can be read in two ways: please write 1234 or 1.23."),
        ("50,000", "50,000 can be read in two ways: please write 50000 or 50.00."),
        ("101", "Please give a number from 0 to 100."),
        ("-1", "Please give a number from 0 to 100."),
        ("9" * 200, "Please give a number from 0 to 100."),
        ("9" * 201, "That is too long: please give one number."),
        ("50/100", "Please give a number such as 80."),
    ],
)
def test_what_cannot_be_taken_says_what_to_do(text: str, sentence: str) -> None:
    assert typed_number(SHARE, text) == Problem(sentence)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("50000/53000; 52000/51000; 55000/61000", 5.819, id="the example"),
        pytest.param("112/100;112/100;112/100", 12.0, id="exactly on a border"),
        pytest.param("100/100, 100/100, 130/100", 10.0, id="with commas"),
        pytest.param("50 000/53 000; 52'000/51'000; 55000/61000;", 5.819, id="with grouped thousands"),
        pytest.param("0/100; 100/100; 100/100", 33.333, id="a month that was not forecast"),
        pytest.param("14", 14, id="the number itself"),
    ],
)
def test_a_variance_is_worked_out_from_months(text: str, value: float) -> None:
    found = typed_number(VARIANCE, text)
    assert isinstance(found, float)
    assert found == pytest.approx(value, abs=0.001)


NO_SPEND = "Please give amounts above 0: a month without spend has no variance."
THREE_MONTHS = "Please give 3 months as forecast/actual: 50000/53000; 52000/51000; 55000/61000."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("50/53; 52/51", THREE_MONTHS, id="two months"),
        pytest.param("50/53/54; 52/51; 1/1", THREE_MONTHS, id="three amounts in a month"),
        pytest.param("50/0; 52/51; 1/1", NO_SPEND, id="no spend"),
        pytest.param("50/53; 52/51; 1/-1", NO_SPEND, id="less"),
        pytest.param("50/53; 52/51; 9000/1", "Please give a number from 0 to 500.", id="out of range"),
        pytest.param(
            "50.000/53.000; 52/51; 1/1", "50.000 can be read in two ways: please write 50000 or 50.00.", id="two ways"
        ),
        pytest.param(
            "a/b; c/d; e/f",
            "Please give a number such as 15, or 3 months as forecast/actual: 50000/53000; 52000/51000; 55000/61000.",
            id="no numbers",
        ),
    ],
)
def test_months_that_cannot_be_taken_say_what_to_do(text: str, sentence: str) -> None:
    assert typed_number(VARIANCE, text) == Problem(sentence)


def test_a_variance_exactly_on_the_border_of_run_is_run() -> None:
    found = typed_number(VARIANCE, "112/100; 88/100; 1.12/1")
    assert found == 12
    assert level_of_number(VARIANCE, 12) == Stage.RUN


@given(st.text() | st.text(alphabet="0123456789.,/;-+ %'e²٣½"))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    for benchmark in (SHARE, VARIANCE):
        found = typed_number(benchmark, text)
        lowest, highest = benchmark.valid_range
        assert isinstance(found, Problem) or lowest <= found <= highest


@given(st.decimals(0, 100, places=2).map(lambda value: round(float(value), 2)))
def test_a_number_written_with_two_decimals_is_read_as_it_is(value: float) -> None:
    assert typed_number(SHARE, f"{value:.2f}") == value
    assert typed_number(SHARE, f"{value:.2f}".replace(".", ",")) == value


@pytest.mark.parametrize(
    ("value", "level"), [(0, 0), (49.9, 0), (50, 1), (79.9, 1), (80, 2), (89.9, 2), (90, 3), (100, 3)]
)
def test_a_share_reaches_a_level(value: float, level: int) -> None:
    assert level_of_number(SHARE, value) == level


@pytest.mark.parametrize(
    ("value", "level"), [(500, 0), (20.1, 0), (20, 1), (15.1, 1), (15, 2), (12.1, 2), (12, 3), (0, 3)]
)
def test_a_variance_reaches_a_level(value: float, level: int) -> None:
    assert level_of_number(VARIANCE, value) == level


@pytest.mark.parametrize(("value", "border"), [(88, 90), (87.9, None), (81, 80), (92, 90), (48, 50), (70, None)])
def test_a_number_close_to_a_border_says_so(value: float, border: float | None) -> None:
    assert border_near(SHARE, value) == border


@pytest.mark.parametrize(
    ("benchmark", "value", "better", "other"),
    [
        pytest.param(SHARE, 51, False, 48, id="down from just above"),
        pytest.param(SHARE, 49, True, 50, id="up from just below"),
        pytest.param(SHARE, 51, True, 51, id="there already"),
        pytest.param(SHARE, 49, False, 49, id="not there yet"),
        pytest.param(SHARE, 70, False, 70, id="far from any border"),
        pytest.param(VARIANCE, 19.5, False, 21, id="less is better: over it"),
        pytest.param(VARIANCE, 20.5, True, 20, id="less is better: under it"),
    ],
)
def test_the_other_side_of_a_border(benchmark: Benchmark, value: float, better: bool, other: float) -> None:
    assert across(benchmark, value, better=better) == other


@pytest.mark.parametrize("stage", Stage)
def test_the_border_of_a_stage_just_reaches_it(stage: Stage) -> None:
    for benchmark in MODEL.benchmarks:
        assert level_of_number(benchmark, border_of(benchmark, stage)) == stage
