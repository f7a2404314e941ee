"""Dates, numbers and names are said alike everywhere."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.model import Benchmark
from bot.views import words
from tests.domain.action_builders import an_action
from tests.domain.builders import ALLOCATION, FORECAST, MODEL

TODAY = date(2026, 5, 28)
SHARE, VARIANCE = MODEL.benchmark(ALLOCATION), MODEL.benchmark(FORECAST)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        pytest.param(date(2026, 5, 29), "Fri 29 May", id="this year"),
        pytest.param(date(2026, 6, 10), "Wed 10 June", id="a short month is not cut"),
        pytest.param(date(2027, 1, 1), "Fri 1 Jan 2027", id="next year"),
        pytest.param(date(2025, 12, 31), "Wed 31 Dec 2025", id="last year"),
    ],
)
def test_a_day_names_its_year_only_where_it_is_another(on: date, said: str) -> None:
    assert words.day(on, TODAY) == said


@pytest.mark.parametrize(
    ("on", "said"),
    [
        pytest.param(date(2026, 5, 27), "on Wednesday", id="yesterday"),
        pytest.param(date(2026, 5, 22), "on Friday", id="six days ago"),
        pytest.param(date(2026, 5, 21), "on Thu 21 May", id="a week ago: the weekday alone would mean today"),
    ],
)
def test_a_past_day_goes_by_its_weekday_within_the_week(on: date, said: str) -> None:
    assert words.day_since(on, TODAY) == said


def test_a_due_date_is_told_apart_from_the_year_of_the_decision() -> None:
    assert words.due(an_action(due_on=date(2026, 12, 31))) == "due Thu 31 Dec"
    assert words.due(an_action(due_on=date(2027, 1, 4))) == "due Mon 4 Jan 2027"
    assert words.due(an_action(due_on=None)) == "no date yet"


def test_an_instant_is_shown_in_the_readers_zone_and_said_in_utc() -> None:
    at = words.instant(datetime(2026, 5, 28, 10, 2, tzinfo=UTC))
    assert at == "<!date^1779962520^{date_short_pretty} at {time}|Thu 28 May 2026 at 10:02 UTC>"
    assert words.spoken(f"*Done* {at}.") == "Done Thu 28 May 2026 at 10:02 UTC."


@pytest.mark.parametrize(
    ("parts", "at_most", "said"),
    [
        ([], 9, ""),
        (["a"], 9, "a"),
        (["a", "b"], 9, "a and b"),
        (["a", "b", "c"], 3, "a, b and c"),
        (["a", "b", "c"], 2, "a, b and 1 more"),
    ],
)
def test_a_list_in_words(parts: list[str], at_most: int, said: str) -> None:
    assert words.listed(parts, at_most) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 working days"), (1, "1 working day"), (2, "2 working days"), (12, "12 working days")]
)
def test_one_is_one_and_many_are_many(number: int, said: str) -> None:
    assert words.working_days(number) == said
    assert words.count(2, "person", "people") == "2 people"


@pytest.mark.parametrize(
    ("value", "benchmark", "said"),
    [
        pytest.param(84.0, SHARE, "84 %", id="whole"),
        pytest.param(83.5, SHARE, "83.5 %", id="as typed"),
        pytest.param(250 / 3, SHARE, "83.3 %", id="rounded"),
        pytest.param(79.96, SHARE, "79.96 %", id="never rounded onto the border below which it lies"),
        pytest.param(15.0012, VARIANCE, "15.001 %", id="nor onto the one above which it lies"),
    ],
)
def test_an_amount(value: float, benchmark: Benchmark, said: str) -> None:
    assert words.amount(value, benchmark) == said


def test_a_border_says_which_way_is_better() -> None:
    assert (words.reaches(80, SHARE), words.reaches(15, VARIANCE)) == ("80 % or more", "15 % or less")


@pytest.mark.parametrize(
    ("theirs", "inert"),
    [
        pytest.param("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;", id="tokens are text"),
        pytest.param("a *b* c", "a ∗b∗ c", id="their stars do not end our bold"),
        pytest.param("two\nlines", "two lines", id="one line"),
        pytest.param("snake_case", "snake_case", id="what harms nobody stays"),
        pytest.param("\u202egnorw", "gnorw", id="nothing turns the rest of the sentence round"),
        pytest.param("תייג", "\u2068תייג\u2069", id="right to left stays within itself"),
    ],
)
def test_peoples_words_are_inert(theirs: str, inert: str) -> None:
    assert words.inert(theirs) == inert


def test_what_is_spoken_is_never_cut_inside_a_token() -> None:
    spoken = words.spoken(" ".join(["&amp;"] * 100))
    assert len(spoken) <= words.SPOKEN
    assert set(spoken.removesuffix("…").split()) == {"&amp;"}
    mentioned = words.spoken("x" * 140 + " <@U0123456789>")
    assert mentioned == "x" * 140 + "…"
