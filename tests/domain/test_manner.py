"""How much an owner hears, by their own choice, and what is said when an action is blocked, nudged or long overdue."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.actions import ActionPoint
from bot.domain.calendar import MONDAY
from bot.domain.ladder import WEEKLY_TOUCHES
from bot.domain.preferences import Profile
from bot.domain.reminders import Manner, next_touch
from bot.domain.touches import Outcome, Reason, Rest, Rung, Settled, Stall, Touch
from tests.domain.action_builders import ANA, LEA, PARIS, an_action, paris, told

LED = Manner(PARIS, lead=LEA)


def said(action: ActionPoint, manner: Manner, most: int = 20) -> list[tuple[Rung, date]]:
    """Everything that is said when each touch comes on its day, with what is told along with it."""
    history: list[Settled] = []
    for _ in range(most):
        plan = next_touch(action, history, manner)
        if not isinstance(plan, Touch):
            break
        history.append(Settled(plan.rung, plan.local_day, Outcome.SENT))
        history += [Settled(rung, plan.local_day, Outcome.MERGED) for rung in plan.merges]
    return [(touch.rung, touch.local_day) for touch in history if touch.outcome is Outcome.SENT]


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        pytest.param(Profile.OFF, [], id="off: nothing"),
        pytest.param(Profile.LIGHT, [Rung.T0, Rung.OVERDUE], id="light: the day, and the one after"),
        pytest.param(
            Profile.STANDARD,
            [Rung.T5, Rung.T1, Rung.T0, Rung.OVERDUE, Rung.ESCALATION_NOTICE, *[Rung.WEEKLY] * 4],
            id="standard: the whole ladder",
        ),
    ],
)
def test_a_person_hears_as_much_as_they_want(profile: Profile, expected: list[Rung]) -> None:
    heard = [rung for rung, _ in said(an_action(), replace(LED, profile=profile))]

    assert sorted(heard) == sorted(expected)


def test_who_wants_to_hear_less_is_at_rest_for_that_reason_and_never_stalled_by_it() -> None:
    history = told((Rung.T0, date(2026, 5, 29)), (Rung.OVERDUE, date(2026, 6, 1)))

    assert next_touch(an_action(), history, replace(LED, profile=Profile.LIGHT)) == Rest(Reason.PROFILE)
    assert next_touch(an_action(), (), replace(LED, profile=Profile.OFF)) == Rest(Reason.PROFILE)


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        pytest.param(
            LEA, (Rung.ESCALATION_NOTICE, date(2026, 6, 5)), id="five working days late: the owner is told first"
        ),
        pytest.param(ANA, (Rung.WEEKLY, date(2026, 6, 8)), id="who leads the team is not told on to themselves"),
        pytest.param(None, (Rung.WEEKLY, date(2026, 6, 8)), id="nobody leads it"),
    ],
)
def test_the_owner_is_told_before_the_lead_is(lead: Any, expected: tuple[Rung, date]) -> None:
    history = told((Rung.T0, date(2026, 5, 29)), (Rung.OVERDUE, date(2026, 6, 1)))

    plan = next_touch(an_action(), history, Manner(PARIS, lead=lead))

    assert isinstance(plan, Touch)
    assert (plan.rung, plan.local_day) == expected


def test_what_is_told_with_the_notice_counts_among_the_weekly_ones() -> None:
    due = an_action(due_on=date(2026, 6, 1))  # a Monday, so that the notice falls on one
    heard = said(due, LED)

    assert (Rung.ESCALATION_NOTICE, date(2026, 6, 8)) in heard
    assert [rung for rung, _ in heard].count(Rung.WEEKLY) == WEEKLY_TOUCHES - 1


def test_while_it_is_blocked_its_owner_is_asked_once_a_week_and_not_hurried() -> None:
    blocked = an_action(blocked_why="waits for the new account", blocked_at=paris(6, 12))

    assert said(blocked, LED) == [(Rung.WEEKLY, date(2026, 5, 11) + timedelta(weeks=week)) for week in range(4)]
    history = told(*((Rung.WEEKLY, date(2026, 5, 11) + timedelta(weeks=week)) for week in range(4)))
    assert next_touch(blocked, history, LED) == Stall()


@pytest.mark.parametrize(
    ("nudged_at", "history", "expected"),
    [
        pytest.param(paris(12, 8), (), date(2026, 5, 12), id="before the slot: the same morning"),
        pytest.param(paris(12, 15), (), date(2026, 5, 13), id="after it: the next working day"),
        pytest.param(paris(15, 17), (), date(2026, 5, 18), id="on a Friday evening: Monday"),
    ],
)
def test_a_nudge_comes_at_the_owners_next_slot(nudged_at: Any, history: Any, expected: date) -> None:
    plan = next_touch(an_action(nudged_at=nudged_at, nudged_by=LEA), history, LED)

    assert isinstance(plan, Touch)
    assert (plan.rung, plan.local_day) == (Rung.NUDGE, expected)
    again = next_touch(an_action(nudged_at=nudged_at), told((Rung.NUDGE, expected)), LED)
    assert isinstance(again, Touch)
    assert again.rung is not Rung.NUDGE


@given(
    due=st.dates(date(2026, 5, 5), date(2026, 9, 1)),
    profile=st.sampled_from(Profile),
    digest_day=st.integers(0, 6),
    blocked=st.booleans(),
)
def test_whatever_is_chosen_a_ladder_ends_and_no_day_is_used_twice(
    due: date, profile: Profile, digest_day: int, blocked: bool
) -> None:
    action = an_action(due_on=due, blocked_at=paris(20, 10) if blocked else None)
    heard = said(action, Manner(PARIS, profile, digest_day, LEA), most=50)

    days = [day for _, day in heard]
    assert len(heard) < 20
    assert days == sorted(set(days))
    assert all(PARIS.is_working(day) for day in days)
    assert profile is not Profile.OFF or heard == []


def test_the_digest_day_is_the_teams() -> None:
    late = told((Rung.T0, date(2026, 5, 29)), (Rung.OVERDUE, date(2026, 6, 1)))
    plan = next_touch(an_action(), late, Manner(PARIS, digest_day=MONDAY + 3))

    assert isinstance(plan, Touch)
    assert (plan.rung, plan.local_day) == (Rung.WEEKLY, date(2026, 6, 4))
