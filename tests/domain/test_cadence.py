"""From one assessment to the next: its day, and what is said before and after it."""

from collections.abc import Sequence
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import cadence
from bot.domain.cadence import Due
from bot.domain.ids import ChannelId
from bot.domain.preferences import Profile
from bot.domain.touches import Move, Outcome, Reason, Rung, Settled, Skip, Touch
from tests.domain.action_builders import LEA, PARIS, TOM, a_calendar, paris, told

SOON, DAY, LATE = Rung.REASSESS_SOON, Rung.REASSESS_DAY, Rung.REASSESS_LATE
PAY, TEN = ChannelId("C_PAY"), time(10)
ON = Due(date(2026, 7, 2), after=date(2026, 4, 3))  # a Thursday


@pytest.mark.parametrize(
    ("assessed_on", "days", "moved_to", "due"),
    [
        pytest.param(date(2026, 3, 2), 90, None, date(2026, 6, 1), id="a Sunday: on Monday"),
        pytest.param(date(2026, 3, 2), 30, None, date(2026, 4, 1), id="as the team chose"),
        pytest.param(date(2026, 3, 2), 90, date(2026, 5, 5), date(2026, 5, 5), id="moved"),
        pytest.param(date(2026, 3, 2), 90, date(2026, 5, 3), date(2026, 5, 4), id="moved to a day off"),
    ],
)
def test_when_it_is_due(assessed_on: date, days: int, moved_to: date | None, due: date) -> None:
    assert cadence.due(assessed_on, days, moved_to, PARIS).on == due


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 7, 2), date(2026, 8, 3)),  # the 2nd is a Sunday
        (date(2026, 1, 31), date(2026, 3, 2)),  # the 28th a Saturday
        (date(2026, 12, 4), date(2027, 1, 4)),
    ],
)
def test_a_month_later_on_a_working_day(day: date, later: date) -> None:
    assert cadence.month_later(day, PARIS) == later


def to_lead(history: Sequence[Settled] = (), profile: Profile = Profile.STANDARD, due: Due = ON) -> Touch | None:
    return cadence.to_lead(due, LEA, history, PARIS, profile)


def day_of(touch: Touch | None) -> tuple[Rung, date] | None:
    return (touch.rung, touch.local_day) if touch else None


@pytest.mark.parametrize(
    ("history", "profile", "said"),
    [
        pytest.param((), Profile.STANDARD, (SOON, date(2026, 6, 25)), id="five working days before"),
        pytest.param(
            told((SOON, date(2026, 6, 25))), Profile.STANDARD, (LATE, date(2026, 7, 16)), id="ten working days after"
        ),
        pytest.param(told((LATE, date(2026, 7, 16))), Profile.STANDARD, None, id="then silence"),
        pytest.param((), Profile.LIGHT, (SOON, date(2026, 6, 25)), id="light: the word before"),
        pytest.param((), Profile.OFF, (LATE, date(2026, 7, 16)), id="off: only planned, for the quarter to end"),
    ],
)
def test_what_the_lead_hears(history: Sequence[Settled], profile: Profile, said: tuple[Rung, date] | None) -> None:
    assert day_of(to_lead(history, profile)) == said


def test_a_word_before_the_assessment_before_is_left_out() -> None:
    assert day_of(to_lead(due=Due(date(2026, 4, 8), date(2026, 4, 3)))) == (LATE, date(2026, 4, 22))


def test_the_channel_reads_one_line_on_the_day() -> None:
    line = cadence.to_channel(ON, PAY, (), PARIS, TEN)
    assert line is not None
    assert (line.rung, line.local_day, line.at_utc, str(line.recipient)) == (DAY, ON.on, paris(2, 10, month=7), PAY)
    assert cadence.to_channel(ON, PAY, told((DAY, ON.on)), PARIS, TEN) is None


@pytest.mark.parametrize(("day", "missed"), [(2, False), (6, False), (7, True)])
def test_the_line_waits_two_working_days_and_no_longer(day: int, missed: bool) -> None:
    line = cadence.to_channel(ON, PAY, (), PARIS, TEN)
    assert line is not None
    assert cadence.is_missed(line, PARIS, paris(day, 12, month=7)) is missed


def verdict(
    touch: Touch | None, plan: Touch | None, now: datetime, profile: Profile = Profile.STANDARD
) -> Skip | Move | None:
    assert touch is not None
    return cadence.verdict(touch, plan, PARIS, profile, now)


SAID_SOON = told((SOON, date(2026, 6, 25)))


@pytest.mark.parametrize(
    ("touch", "plan", "now", "said"),
    [
        pytest.param(to_lead(), to_lead(), paris(25, 10, month=6), None, id="said on its day"),
        pytest.param(to_lead(), to_lead(), paris(30, 10, month=6), None, id="said later, as long as it is still ahead"),
        pytest.param(to_lead(), to_lead(), paris(2, 10, month=7), Skip(Reason.LATE), id="the day has come"),
        pytest.param(
            to_lead(), to_lead(due=Due(date(2026, 8, 3), ON.after)), paris(25, 10, month=6), Skip(Reason.REPLACED),
            id="moved meanwhile",
        ),
        pytest.param(
            to_lead(), cadence.to_lead(ON, TOM, (), PARIS, Profile.STANDARD), paris(25, 10, month=6),
            Skip(Reason.OTHER_OWNER), id="another lead",
        ),
        pytest.param(to_lead(), None, paris(25, 10, month=6), Skip(Reason.REPLACED), id="nothing left to say"),
        pytest.param(to_lead(SAID_SOON), to_lead(SAID_SOON), paris(22, 10, month=7), None, id="late, within the week"),
        pytest.param(
            to_lead(SAID_SOON), to_lead(SAID_SOON), paris(23, 10, month=7), Skip(Reason.LATE), id="later still"
        ),
    ],
)  # fmt: skip
def test_it_is_decided_on_what_is_true_now(
    touch: Touch | None, plan: Touch | None, now: datetime, said: Skip | Move | None
) -> None:
    assert verdict(touch, plan, now) == said


def test_too_early_it_waits() -> None:
    plan = to_lead()
    assert plan is not None
    assert verdict(plan, plan, paris(24, 10, month=6)) == Move(plan.at_utc, Reason.EARLY)


def test_a_profile_that_hears_less_is_passed_over_and_the_quarter_ends_all_the_same() -> None:
    plan = to_lead(profile=Profile.OFF)
    assert verdict(plan, plan, paris(16, 10, month=7), Profile.OFF) == Skip(Reason.PROFILE)
    assert cadence.is_over([Settled(LATE, date(2026, 7, 16), Outcome.SKIPPED)])
    assert not cadence.is_over(SAID_SOON)


@given(st.dates(date(2024, 1, 1), date(2032, 1, 1)), st.integers(7, 400), st.integers(1, 12))
def test_quarter_after_quarter_the_lead_hears_twice_in_each_and_in_order(start: date, days: int, quarters: int) -> None:
    calendar = a_calendar("America/New_York")
    coming, said = cadence.due(start, days, None, calendar), list[date]()
    for _ in range(quarters):
        history: list[Settled] = []
        while touch := cadence.to_lead(coming, LEA, history, calendar, Profile.STANDARD):
            assert calendar.is_working(touch.local_day)
            history.append(Settled(touch.rung, touch.local_day, Outcome.SENT))
        assert [touch.rung for touch in history] in ([SOON, LATE], [LATE])
        assert history[-1].local_day > coming.on
        if len(history) == 2:
            assert coming.after < history[0].local_day < coming.on
        said += [touch.local_day for touch in history]
        coming = cadence.following(coming, days, calendar)
    assert coming.on > start
