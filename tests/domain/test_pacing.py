"""What is late stands in line, so that no workspace is flooded after a standstill; what is in time does not."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pacing import APART, KEPT, LATE, MOST_A_MINUTE, MOST_AT_ONCE, free_after, is_overdue, needs_place, place
from bot.domain.touches import Reason

NOW = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
FIRST = NOW - (MOST_AT_ONCE - 1) * APART
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("since", "reason", "expected"),
    [
        pytest.param(timedelta(0), None, False, id="just due"),
        pytest.param(LATE, None, False, id="the end of a large morning's work"),
        pytest.param(LATE + SECOND, None, True, id="late"),
        pytest.param(timedelta(0), Reason.LATE, True, id="late before it was moved to this morning"),
        pytest.param(timedelta(0), Reason.IN_LINE, False, id="its turn"),
        pytest.param(KEPT - SECOND, Reason.IN_LINE, False, id="its turn is not over yet"),
        pytest.param(KEPT, Reason.IN_LINE, True, id="its turn is over"),
        pytest.param(-MINUTE, Reason.IN_LINE, False, id="taken along by what comes in its time"),
    ],
)
def test_what_is_late_needs_a_place_in_line(since: timedelta, reason: Reason | None, expected: bool) -> None:
    assert needs_place(NOW - since, reason, NOW) is expected


@pytest.mark.parametrize(
    ("reason", "since", "expected"),
    [
        pytest.param(None, timedelta(0), False, id="in time"),
        pytest.param(None, DAY, True, id="late"),
        pytest.param(Reason.IN_LINE, timedelta(0), True, id="in line"),
        pytest.param(Reason.LATE, timedelta(0), True, id="moved once already"),
    ],
)
def test_what_was_late_stays_so_when_it_is_moved(reason: Reason | None, since: timedelta, expected: bool) -> None:
    assert is_overdue(NOW - since, reason, NOW) is expected


@pytest.mark.parametrize(
    ("free_from", "expected"),
    [
        pytest.param(None, FIRST, id="there never was a line"),
        pytest.param(NOW - DAY, FIRST, id="the last one was yesterday's"),
        pytest.param(NOW - APART, NOW - APART, id="a few have come just now"),
        pytest.param(NOW + MINUTE, NOW + MINUTE, id="behind the others"),
    ],
)
def test_the_next_place(free_from: datetime | None, expected: datetime) -> None:
    assert place(free_from, NOW) == expected


def test_a_few_are_told_at_once_and_the_next_one_waits() -> None:
    free_from: datetime | None = None
    places = list[datetime]()
    for _ in range(MOST_AT_ONCE + 1):
        places.append(place(free_from, NOW))
        free_from = free_after(places[-1])
    assert [one <= NOW for one in places] == [True] * MOST_AT_ONCE + [False]


@dataclass(frozen=True)
class Waiting:
    due_at: datetime
    reason: Reason | None = None


@given(
    people=st.integers(1, 150),
    looks=st.lists(st.floats(0.5, 400.0), min_size=1, max_size=40),
    every=st.floats(1.0, 60.0),
)
def test_however_the_ticks_fall_no_minute_has_more_than_it_may_and_everybody_has_their_turn(
    people: int, looks: list[float], every: float
) -> None:
    """``looks``: from one tick to the next, with workers that die and come back; then they come regularly."""
    line = [Waiting(NOW - DAY) for _ in range(people)]
    free_from: datetime | None = None
    now, said = NOW, list[datetime]()
    while line:
        kept = list[Waiting]()
        for one in line:
            if one.due_at > now:
                kept.append(one)
                continue
            if needs_place(one.due_at, one.reason, now):
                own = place(free_from, now)
                free_from = free_after(own)
                if own > now:
                    kept.append(replace(one, due_at=own, reason=Reason.IN_LINE))
                    continue
            said.append(now)
        line = kept
        now += timedelta(seconds=looks.pop() if looks else every)
    left = KEPT // APART  # in the outbox, by a worker that died
    for first in said:
        assert sum(first <= other < first + MINUTE for other in said) <= MOST_A_MINUTE - left
