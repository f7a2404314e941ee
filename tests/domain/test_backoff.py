"""How long is waited, and when it is enough."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import backoff
from bot.domain.backoff import Tries
from bot.domain.delivery import Again, DeliveryState, Ended, InDoubt, NotNow, Uncertain, Undeliverable

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("failures", "bound"),
    [(0, 2), (1, 2), (2, 4), (3, 8), (9, 512), (10, 900), (500, 900)],
)
def test_a_pause_is_at_most_twice_the_one_before_and_never_above_a_quarter_of_an_hour(
    failures: int, bound: int
) -> None:
    assert backoff.pause(failures, 1.0) == bound * SECOND


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True))
def test_a_pause_is_anything_down_to_nothing(failures: int, jitter: float) -> None:
    assert timedelta(0) <= backoff.pause(failures, jitter) <= backoff.pause(failures, 1.0) <= backoff.CAP


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("1", 1), ("30", 30), ("86400", 86_400), (None, 60), ("", 60), ("abc", 60), ("-5", 60), ("0", 60), ("1.5", 60),
        ("1e9", 60), ("٣", 60), ("99999999999999999999", 60),
    ],
)  # fmt: skip
def test_e01_slacks_pause_is_taken_as_it_is_and_nonsense_as_a_minute(header: str | None, seconds: int) -> None:
    assert backoff.asked(header) == seconds * SECOND


def tries(attempts: int = 1, waits: int = 0, age: timedelta = SECOND) -> Tries:
    return Tries(attempts, waits, NOW - age)


BUSY = NotNow("busy")
UNREACHABLE = NotNow("unreachable", is_tried=False)
LIMITED = NotNow("ratelimited", 30 * SECOND, is_tried=False)


@pytest.mark.parametrize(
    ("trouble", "so_far", "expected"),
    [
        pytest.param(Undeliverable("is_archived"), tries(), Ended(DeliveryState.DEAD, "is_archived"), id="refused"),
        pytest.param(Uncertain("500"), tries(), InDoubt(NOW + 20 * SECOND, "500"), id="lost answer"),
        pytest.param(Uncertain("500"), tries(99, age=2 * DAY), InDoubt(NOW + 20 * SECOND, "500"), id="lost at the end"),
        pytest.param(BUSY, tries(), Again(NOW + SECOND, "busy"), id="busy"),
        pytest.param(BUSY, tries(2, waits=1), Again(NOW + 4 * SECOND, "busy"), id="busy after a wait"),
        pytest.param(BUSY, tries(11), Again(NOW + 450 * SECOND, "busy"), id="the last but one"),
        pytest.param(BUSY, tries(12), Ended(DeliveryState.DEAD, "busy"), id="twelve"),
        pytest.param(BUSY, tries(age=DAY), Ended(DeliveryState.EXPIRED, "busy"), id="a day"),
        pytest.param(
            UNREACHABLE, tries(12), Again(NOW + 450 * SECOND, "unreachable", counts=False, waits=1), id="unreachable"
        ),
        pytest.param(UNREACHABLE, tries(age=DAY), Ended(DeliveryState.EXPIRED, "unreachable"), id="... for a day"),
        pytest.param(LIMITED, tries(12), Again(NOW, "ratelimited", counts=False, waits=1), id="the channel waits"),
    ],
)
def test_what_becomes_of_it(
    trouble: NotNow | Undeliverable | Uncertain, so_far: Tries, expected: Again | InDoubt | Ended
) -> None:
    assert backoff.after(trouble, so_far, NOW, jitter=0.5) == expected
