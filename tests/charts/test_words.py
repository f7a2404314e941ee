"""Whoever cannot see a chart is told the same: each figure, in words and in one line."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis.strategies import dates

from bot.charts import table
from bot.charts.sheet import MARGIN, WIDTH
from bot.charts.timeline import Timeline
from bot.domain.charted import BurnupFacts, ChartFacts, TrendFacts
from tests.charts.builders import (
    BURNUP,
    EXAMPLES,
    FIRST_BURNUP,
    FIRST_PROFILE,
    FIRST_TREND,
    LONG_TREND,
    MAY,
    PROFILE,
    TREND,
)


@pytest.mark.parametrize(
    ("facts", "alt", "figures"),
    [
        pytest.param(
            PROFILE,
            "Bar chart of 28 May 2026: each step on the way from Crawl to Run. Processes: Walk, was Crawl. "
            "Governance: Walk, as before, could be Crawl to Run. "
            "Teams: not enough known, 2 of 6 answers, could be Crawl to Run, was Crawl. "
            "Tools: not in place yet, was Crawl. Next stage: Run. Before: 20 Feb 2026.",
            "Processes Walk (was Crawl) · Governance Walk (as before, could be Crawl to Run) · "
            "Teams not enough known (2 of 6 answers, could be Crawl to Run, was Crawl) · "
            "Tools not in place yet (was Crawl) · Next stage: Run · Before: 20 Feb 2026",
            id="profile",
        ),
        pytest.param(
            FIRST_PROFILE,
            "Bar chart of 28 May 2026: each step on the way from Crawl to Run. Processes: Crawl. "
            "Governance: Run, could be Walk to Run. Teams: not rated, most of it does not exist here. "
            "Next stage: Walk.",
            "Processes Crawl · Governance Run (could be Walk to Run) · "
            "Teams not rated (most of it does not exist here) · Next stage: Walk",
            id="profile, the first",
        ),
        pytest.param(
            TREND,
            "Line chart of the score from 0 to 100 at each assessment. 4 June 2025: Crawl, 28. "
            "2 Sep 2025: Crawl, 41, provisional. 1 Dec 2025: Walk, 58. 2 Mar 2026: no stage, no score. "
            "28 May 2026: Run, 74. New questions from 2 Mar 2026. 3 action points done.",
            "4 June 2025 Crawl 28 · 2 Sep 2025 Crawl 41 provisional · 1 Dec 2025 Walk 58 · "
            "2 Mar 2026 no stage no score · 28 May 2026 Run 74 · New questions from 2 Mar 2026 · "
            "3 action points done",
            id="trend",
        ),
        pytest.param(
            FIRST_TREND,
            "Line chart of the score from 0 to 100 at each assessment. 4 June 2025: Crawl, 28. No action point done.",
            "4 June 2025 Crawl 28 · No action point done",
            id="trend, the first",
        ),
        pytest.param(
            BURNUP,
            "Step chart of action points until 28 May 2026: 5 action points agreed on since 5 Jan 2026, "
            "2 done, 1 dropped, 2 open.",
            "5 action points agreed on since 5 Jan 2026 · 2 done · 1 dropped · 2 open",
            id="burnup",
        ),
        pytest.param(
            FIRST_BURNUP,
            "Step chart of action points until 28 May 2026: 1 action point agreed on since 28 May 2026, 0 done, "
            "1 open.",
            "1 action point agreed on since 28 May 2026 · 0 done · 1 open",
            id="burnup, the first day",
        ),
        pytest.param(
            BurnupFacts((), MAY),
            "Step chart of action points until 28 May 2026: 0 action points agreed on, 0 done, 0 open.",
            "0 action points agreed on · 0 done · 0 open",
            id="burnup of nothing",
        ),
        pytest.param(
            TrendFacts((), (), MAY),
            "Line chart of the score from 0 to 100 at each assessment. No action point done.",
            "No action point done",
            id="trend of nothing",
        ),
    ],
)
def test_every_figure_is_said(facts: ChartFacts, alt: str, figures: str) -> None:
    said = table.charted(facts)
    assert (said.alt, said.figures) == (alt, figures)


def test_of_years_the_first_and_the_newest_are_said() -> None:
    said = table.charted(LONG_TREND)

    assert said.figures.startswith("10 Jan 2022 Crawl 30 · 17 more until then · ")
    assert said.figures.count(" Run ") + said.figures.count(" Walk ") == 12
    assert said.figures.endswith("14 Nov 2026 Run 59 · 100 action points done")


@pytest.mark.parametrize("facts", EXAMPLES.values(), ids=EXAMPLES)
def test_the_words_are_short_enough_to_be_listened_to(facts: ChartFacts) -> None:
    said = table.charted(facts)

    assert 0 < len(said.title) <= 40
    assert len(said.alt) <= 700
    assert len(said.figures) <= 700
    assert "\n" not in said.alt + said.figures


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        pytest.param(date(2026, 5, 28), date(2026, 5, 28), ["28 May 2026"], id="a day"),
        pytest.param(
            date(2026, 5, 28), date(2026, 6, 1), ["28 May 2026", "29 May", "30 May", "31 May", "1 June"], id="some days"
        ),
        pytest.param(
            date(2025, 12, 20), date(2026, 1, 20), ["20 Dec 2025", "3 Jan 2026", "17 Jan"], id="across a new year"
        ),
        pytest.param(
            date(2025, 3, 3), date(2025, 11, 28), ["May 2025", "July", "Sep", "Nov"], id="months"
        ),
        pytest.param(date(2022, 1, 10), date(2026, 2, 1), ["2023", "2024", "2025", "2026"], id="years"),
    ],
)  # fmt: skip
def test_the_time_below_is_as_fine_as_can_be_read(first: date, last: date, said: list[str]) -> None:
    assert [text for _, text in Timeline(first, last, 200, 950).ticks()] == said


@given(dates(date(1990, 1, 1), date(2090, 1, 1)), dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_time_goes_from_left_to_right(one: date, other: date) -> None:
    first, last = sorted((one, other))
    time = Timeline(first, last, 200, 950)

    places = [time.x(on) for on, _ in time.ticks()]
    assert all(MARGIN <= place <= WIDTH - MARGIN for place in places)
    assert all(before < after for before, after in pairwise(places))
    assert places or (last - first).days > 0
