"""A draft that was left: two words, a last one, and its end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import drafts
from bot.domain.calendar import Pause
from bot.domain.drafts import Left
from bot.domain.preferences import Profile
from bot.domain.touches import Move, Outcome, Reason, Rung, Settled, Skip, Touch
from tests.domain.action_builders import ANA, PARIS, TOM, a_calendar, paris, told

FIRST, SECOND, LAST, EXPIRES = Rung.DRAFT_FIRST, Rung.DRAFT_SECOND, Rung.DRAFT_LAST, Rung.DRAFT_EXPIRES
MONDAY = paris(4, 11)
START = datetime(2024, 1, 1, tzinfo=UTC)
LEFT = Left(ANA, MONDAY, version=3)


def planned(left: Left = LEFT, history: Sequence[Settled] = (), profile: Profile = Profile.STANDARD) -> Touch | None:
    return drafts.next_touch(left, history, PARIS, profile)


def day_of(touch: Touch | None) -> tuple[Rung, date] | None:
    return (touch.rung, touch.local_day) if touch else None


@pytest.mark.parametrize(
    ("left", "history", "said"),
    [
        pytest.param(LEFT, (), (FIRST, date(2026, 5, 5)), id="the next working day"),
        pytest.param(
            replace(LEFT, touched_at=paris(8, 17)), (), (FIRST, date(2026, 5, 11)), id="left on a Friday: on Monday"
        ),
        pytest.param(LEFT, told((FIRST, date(2026, 5, 5))), (SECOND, date(2026, 5, 8)), id="four working days"),
        pytest.param(LEFT, told((SECOND, date(2026, 5, 8))), (LAST, date(2026, 5, 29)), id="27 days would be a Sunday"),
        pytest.param(LEFT, told((LAST, date(2026, 5, 29))), (EXPIRES, date(2026, 6, 3)), id="30 days"),
        pytest.param(
            LEFT, told((LAST, date(2026, 6, 5))), (EXPIRES, date(2026, 6, 8)), id="said late: three days more"
        ),
        pytest.param(
            LEFT, [Settled(LAST, date(2026, 5, 29), Outcome.SKIPPED)], (EXPIRES, date(2026, 6, 3)), id="not said at all"
        ),
        pytest.param(LEFT, told((EXPIRES, date(2026, 6, 3))), None, id="all is over"),
    ],
)
def test_what_comes_next(left: Left, history: Sequence[Settled], said: tuple[Rung, date] | None) -> None:
    assert day_of(planned(left, history)) == said


def test_what_cannot_be_given_up_is_waited_for_twice_and_never_thrown_away() -> None:
    correction = replace(LEFT, is_lasting=True)
    assert day_of(planned(correction)) == (FIRST, date(2026, 5, 5))
    assert planned(correction, told((SECOND, date(2026, 5, 8)))) is None


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (Profile.STANDARD, (FIRST, date(2026, 5, 5))),
        (Profile.LIGHT, (LAST, date(2026, 5, 29))),
        (Profile.OFF, (EXPIRES, date(2026, 6, 3))),
    ],
)
def test_who_wants_to_hear_less_hears_less(profile: Profile, said: tuple[Rung, date]) -> None:
    assert day_of(planned(profile=profile)) == said


def test_who_is_away_hears_of_it_when_they_are_back_and_loses_nothing_before() -> None:
    away = a_calendar(pause=Pause(date(2026, 5, 5), date(2026, 6, 12)))
    history = list[Settled]()
    while touch := drafts.next_touch(LEFT, history, away, Profile.STANDARD):
        history.append(Settled(touch.rung, touch.local_day, Outcome.SENT))
    assert [(touch.rung, touch.local_day) for touch in history] == [
        (LAST, date(2026, 6, 15)),
        (EXPIRES, date(2026, 6, 18)),
    ]


NOW = paris(5, 10)


def verdict(touch: Touch, left: Left = LEFT, now: datetime = NOW, **rest: object) -> Skip | Move | None:
    history = rest.get("history", ())
    profile = rest.get("profile", Profile.STANDARD)
    return drafts.verdict(touch, left, history, PARIS, profile, now)  # type: ignore[arg-type]


def _first() -> Touch:
    touch = planned()
    assert touch is not None
    return touch


def test_it_is_said_when_its_time_has_come() -> None:
    assert verdict(_first()) is None


@pytest.mark.parametrize(
    ("left", "now", "said"),
    [
        pytest.param(replace(LEFT, recipient=TOM), NOW, Skip(Reason.OTHER_OWNER), id="somebody else is at it"),
        pytest.param(replace(LEFT, version=4), NOW, Skip(Reason.OTHER_VERSION), id="a step further"),
        pytest.param(LEFT, paris(8, 10), Skip(Reason.LATE), id="the second is due"),
        pytest.param(LEFT, paris(5, 8), Move(_first().at_utc, Reason.EARLY), id="too early"),
    ],
)
def test_it_is_decided_on_what_is_true_now(left: Left, now: datetime, said: Skip | Move) -> None:
    assert verdict(_first(), left, now) == said


def test_touched_again_without_a_step_further_it_waits_for_another_day() -> None:
    said = verdict(_first(), replace(LEFT, touched_at=paris(5, 9)))
    assert isinstance(said, Move)
    assert PARIS.local_date(said.to_utc) == date(2026, 5, 6)


def test_who_chose_to_hear_less_meanwhile_is_left_alone() -> None:
    assert verdict(_first(), profile=Profile.OFF) == Skip(Reason.PROFILE)


def test_a_last_word_is_never_too_late_and_puts_the_end_off() -> None:
    history = told((SECOND, date(2026, 5, 8)))
    last = planned(history=history)
    assert last is not None
    assert verdict(last, now=paris(9, 10, month=6), history=history) is None
    assert drafts.expires_on(LEFT, told((LAST, date(2026, 6, 9))), PARIS) == date(2026, 6, 12)


def test_when_its_time_is_over_it_expires() -> None:
    history = told((LAST, date(2026, 5, 29)))
    end = planned(history=history)
    assert end is not None
    assert verdict(end, now=end.at_utc, history=history) == Skip(Reason.EXPIRED)


@given(
    st.integers(0, 8 * 365 * 24).map(lambda hours: START + timedelta(hours=hours)),
    st.sampled_from(["Europe/Paris", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland"]),
)
def test_walked_to_its_end_a_draft_is_spoken_of_three_times_and_expires_after_thirty_days(
    touched_at: datetime, zone: str
) -> None:
    calendar = a_calendar(zone)
    left, history = replace(LEFT, touched_at=touched_at), list[Settled]()
    while touch := drafts.next_touch(left, history, calendar, Profile.STANDARD):
        history.append(Settled(touch.rung, touch.local_day, Outcome.SENT))
    touched_on = calendar.local_date(touched_at)
    assert [touch.rung for touch in history] == [FIRST, SECOND, LAST, EXPIRES]
    assert all(calendar.is_working(touch.local_day) for touch in history[:-1])
    assert history[2].local_day <= touched_on + timedelta(days=27)
    assert history[-1].local_day == touched_on + timedelta(days=30)
