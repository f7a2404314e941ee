"""A team's week: when it is told of, and what there is to tell."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import digest
from bot.domain.actions import ActionPoint, ActionState
from bot.domain.calendar import FRIDAY, MONDAY
from bot.domain.digest import OpenPoints, Slot, Week
from bot.domain.ids import ActionId, ChannelId
from bot.domain.touches import Touch
from tests.domain.action_builders import PARIS, SUNDAY_TO_THURSDAY, a_calendar, an_action, paris

PAY, TEN = ChannelId("C_PAY"), time(10)
START = datetime(2024, 1, 1, tzinfo=UTC)
ON_MONDAY, ON_FRIDAY = Slot(MONDAY, TEN), Slot(FRIDAY, TEN)
WHIT_MONDAY = a_calendar("Europe/Paris", frozenset(range(5)), date(2026, 5, 25))


def planned(start: datetime, slot: Slot = ON_MONDAY, told: Collection[int] = (), calendar: object = PARIS) -> Touch:
    touch = digest.next_digest(start, told, slot, PAY, calendar)  # type: ignore[arg-type]
    assert touch is not None
    return touch


@pytest.mark.parametrize(
    ("touch", "day", "week"),
    [
        pytest.param(planned(paris(4, 8)), date(2026, 5, 4), 202619, id="this very morning"),
        pytest.param(planned(paris(4, 11)), date(2026, 5, 11), 202620, id="the hour has passed"),
        pytest.param(planned(paris(4, 8), told={202619}), date(2026, 5, 11), 202620, id="told already"),
        pytest.param(planned(paris(6, 9), ON_FRIDAY), date(2026, 5, 8), 202619, id="on Friday"),
        pytest.param(
            planned(paris(6, 9), ON_FRIDAY, {202619}), date(2026, 5, 15), 202620, id="told, then put on Friday"
        ),
        pytest.param(
            planned(paris(23, 9), calendar=WHIT_MONDAY), date(2026, 5, 26), 202622, id="a day off: the next working day"
        ),
        pytest.param(
            planned(paris(9, 9), ON_FRIDAY, calendar=a_calendar("Europe/Paris", frozenset(range(5)), date(2026, 5, 8))),
            date(2026, 5, 11), 202619, id="of last week still",
        ),
        pytest.param(
            planned(paris(7, 9), ON_FRIDAY, calendar=a_calendar("Asia/Jerusalem", SUNDAY_TO_THURSDAY)),
            date(2026, 5, 10), 202619, id="where Friday is a day off",
        ),
    ],
)  # fmt: skip
def test_when_the_channel_reads_of_its_week(touch: Touch, day: date, week: int) -> None:
    assert (touch.local_day, touch.version) == (day, week)


def test_of_a_week_that_is_off_altogether_nothing_is_told() -> None:
    holidays = [date(2026, 5, 4) + timedelta(days=day) for day in range(9)]
    calendar = a_calendar("Europe/Paris", frozenset(range(5)), *holidays)
    touch = planned(paris(3, 9), calendar=calendar)
    assert (touch.local_day, touch.version) == (date(2026, 5, 13), 202620)


@pytest.mark.parametrize(
    ("day", "week", "name"),
    [
        (date(2026, 3, 2), 202610, "2026-W10"),
        (date(2027, 1, 3), 202653, "2026-W53"),  # a Sunday of the year before
        (date(2024, 12, 30), 202501, "2025-W01"),
    ],
)
def test_weeks_are_those_of_iso(day: date, week: int, name: str) -> None:
    assert digest.week_of(day) == week
    assert digest.name_of(week) == name


@pytest.mark.parametrize(("today", "missed"), [(date(2026, 5, 10), False), (date(2026, 5, 11), True)])
def test_it_is_missed_when_the_next_one_has_come(today: date, missed: bool) -> None:
    assert digest.is_missed(planned(paris(4, 8)), ON_MONDAY, today) is missed


TODAY = date(2026, 5, 22)


def point(number: int, **changes: object) -> ActionPoint:
    return an_action(id=ActionId(f"ac-{number}"), number=number, **changes)


@pytest.mark.parametrize(
    ("given_point", "place"),
    [
        pytest.param(point(1, due_on=date(2026, 5, 21)), "overdue", id="yesterday"),
        pytest.param(point(1, due_on=TODAY), "due", id="today"),
        pytest.param(point(1, due_on=date(2026, 5, 28)), "due", id="in six days"),
        pytest.param(point(1, due_on=date(2026, 5, 29)), "later", id="in a week"),
        pytest.param(point(1, due_on=None), "later", id="no date"),
        pytest.param(point(1, due_on=TODAY, owner=None, state=ActionState.NEEDS_OWNER), "ownerless", id="nobody's"),
        pytest.param(
            point(1, due_on=date(2026, 5, 1), state=ActionState.STALLED), "stalled", id="stalled, not only overdue"
        ),
        pytest.param(point(1, due_on=TODAY, blocked_at=paris(4, 9), blocked_why="A quota"), "blocked", id="blocked"),
    ],
)
def test_each_open_action_point_stands_in_one_place(given_point: ActionPoint, place: str) -> None:
    found = digest.sort_out([given_point], TODAY)
    assert found.count == 1
    assert (found.later if place == "later" else getattr(found, place)) == (1 if place == "later" else (given_point,))


def test_the_oldest_come_first() -> None:
    points = [point(2, due_on=date(2026, 5, 20)), point(1, due_on=date(2026, 5, 20)), point(3, due_on=date(2026, 5, 1))]
    assert [found.number for found in digest.sort_out(points, TODAY).overdue] == [3, 1, 2]


@pytest.mark.parametrize(
    ("week", "quiet"),
    [
        pytest.param(Week((), OpenPoints(), 0), True, id="nothing at all"),
        pytest.param(Week((), OpenPoints(later=3), 3), True, id="nothing changed and nothing is due"),
        pytest.param(Week((), OpenPoints(later=3), 4), False, id="one was dropped"),
        pytest.param(Week((), OpenPoints(later=3), 0), True, id="three are new, and have a card each"),
        pytest.param(Week((point(1),), OpenPoints(later=3), 3), False, id="one done, one new"),
        pytest.param(Week((), OpenPoints(due=(point(1),)), 1), False, id="one is due"),
        pytest.param(Week((), OpenPoints(overdue=(point(1),)), 1), False, id="one is overdue"),
        pytest.param(Week((), OpenPoints(stalled=(point(1),)), 1), False, id="one waits for a decision"),
        pytest.param(Week((), OpenPoints(ownerless=(point(1),)), 1), False, id="one waits for an owner"),
        pytest.param(Week((), OpenPoints(blocked=(point(1),)), 1), True, id="what is blocked waits for others"),
    ],
)
def test_a_quiet_week_is_not_told_of(week: Week, quiet: bool) -> None:
    assert week.is_quiet is quiet


@given(
    st.integers(0, 8 * 365 * 24).map(lambda hours: START + timedelta(hours=hours)),
    st.integers(0, 6),
    st.sampled_from(["Europe/Paris", "America/Santiago", "Asia/Kathmandu", "Australia/Lord_Howe"]),
)
def test_a_year_of_digests_is_one_for_each_week_at_the_same_local_hour(start: datetime, day: int, zone: str) -> None:
    calendar, told, now = a_calendar(zone), list[int](), start
    for _ in range(53):
        touch = digest.next_digest(now, set(told), Slot(day, TEN), PAY, calendar)
        assert touch is not None
        assert touch.at_utc >= now
        assert calendar.is_working(touch.local_day)
        assert touch.at_utc.astimezone(calendar.zone).time() == TEN
        told.append(touch.version)
        now = touch.at_utc
    assert len(set(told)) == 53
    assert told == sorted(told)
