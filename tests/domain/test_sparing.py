"""How much a person is told: one message a day, three in seven days, and nothing while they are not to be disturbed."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import OPENS, SPREAD_MINUTES
from bot.domain.sparing import MOST_IN_SEVEN_DAYS, SEVEN_DAYS, Earful, held
from bot.domain.touches import Move, Reason
from tests.domain.action_builders import ANA, PARIS, SUNDAY_TO_THURSDAY, a_calendar, paris

NOW = paris(13, 10)  # a Wednesday in May 2026
MAY = {day: date(2026, 5, day) for day in range(1, 32)}


def slot(day: int, **calendar: Any) -> datetime:
    return a_calendar(**calendar).slot(MAY[day], ANA)


def told(*days: int) -> Mapping[str, date]:
    return {f"told:{day}": MAY[day] for day in days}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param((), None, id="nothing yet"),
        pytest.param((12, 11), None, id="twice this week"),
        pytest.param((13,), Move(slot(14), Reason.TOLD_TODAY), id="today already: tomorrow"),
        pytest.param(
            (12, 11, 8), Move(slot(15), Reason.TOLD_ENOUGH), id="three in seven days: when the first is a week old"
        ),
        pytest.param((12, 11, 7), Move(slot(14), Reason.TOLD_ENOUGH), id="that is tomorrow"),
        pytest.param((12, 11, 6), None, id="the first of three is a week old today"),
        pytest.param((12, 11, 10), Move(slot(18), Reason.TOLD_ENOUGH), id="a Sunday is no working day: Monday"),
    ],
)
def test_who_was_told_enough_is_told_later(days: tuple[int, ...], expected: Move | None) -> None:
    assert held(Earful(told(*days)), ANA, PARIS, NOW) == expected


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        pytest.param(None, None, id="no quiet"),
        pytest.param(paris(13, 9), None, id="it has ended"),
        pytest.param(paris(13, 11), Move(paris(13, 11), Reason.DO_NOT_DISTURB), id="until eleven: right after it"),
        pytest.param(paris(13, 18), Move(slot(14), Reason.DO_NOT_DISTURB), id="until the evening: tomorrow"),
        pytest.param(paris(13, 16, 29), Move(slot(14), Reason.DO_NOT_DISTURB), id="more than six hours: tomorrow"),
        pytest.param(paris(14, 9), Move(slot(14), Reason.DO_NOT_DISTURB), id="over night: tomorrow's slot"),
        pytest.param(paris(16, 12), Move(slot(18), Reason.DO_NOT_DISTURB), id="into the weekend: Monday"),
    ],
)
def test_t27_who_is_not_to_be_disturbed_is_told_afterwards(until: datetime | None, expected: Move | None) -> None:
    assert held(Earful({}, until), ANA, PARIS, NOW) == expected


@given(
    days=st.sets(st.dates(date(2026, 4, 20), date(2026, 6, 10)), max_size=20),
    now=st.integers(0, 30 * 24 * 60).map(lambda minutes: paris(1, 0) + timedelta(minutes=minutes)),
    zone=st.sampled_from(["Europe/Paris", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Auckland"]),
    weekdays=st.sampled_from([frozenset(range(5)), SUNDAY_TO_THURSDAY]),
    wanted=st.none() | st.sampled_from([time(7), time(12, 15), time(18, 30)]),
    quiet=st.none() | st.integers(1, 5000).map(lambda minutes: timedelta(minutes=minutes)),
)
def test_it_waits_for_a_slot_at_which_it_may_come_or_for_the_end_of_a_quiet(
    days: set[date],
    now: datetime,
    zone: str,
    weekdays: frozenset[int],
    wanted: time | None,
    quiet: timedelta | None,
) -> None:
    calendar = a_calendar(zone, weekdays, wanted=wanted)
    today = calendar.local_date(now)
    earful = Earful({day.isoformat(): day for day in days if day <= today}, now + quiet if quiet else None)

    hold = held(earful, ANA, calendar, now)

    if hold is None:
        assert today not in earful.told.values()
        assert sum(today - SEVEN_DAYS < day <= today for day in earful.told.values()) < MOST_IN_SEVEN_DAYS
        return
    assert hold.to_utc > now
    local = hold.to_utc.astimezone(ZoneInfo(zone))
    assert calendar.in_window(hold.to_utc)
    if hold.to_utc != earful.quiet_until:
        minutes = (local.hour - OPENS.hour) * 60 + local.minute - OPENS.minute
        assert local.time() == wanted if wanted else 0 <= minutes <= SPREAD_MINUTES
    if earful.quiet_until:
        assert hold.reason is not Reason.DO_NOT_DISTURB or hold.to_utc >= earful.quiet_until
