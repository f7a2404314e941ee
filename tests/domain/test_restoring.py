"""Undo: whatever was done to an action point, taken back it is as it was, and what was kept for that is exact."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import decisions, nudging, snooze
from bot.domain.actions import ActionPoint, ActionState, Changed
from bot.domain.ids import ActionId, TeamId, UserId
from bot.domain.plain import read, written
from bot.domain.restoring import is_as_left, restored
from bot.domain.snooze import Snooze
from tests.domain.action_builders import ANA, LEA, PARIS, TOM, an_action, paris

NOW, LATER = paris(12, 10, 2), paris(12, 10, 5)
some_words = st.text(max_size=60)
people = st.none() | st.sampled_from([ANA, TOM, LEA])
days = st.none() | st.dates(date(2020, 1, 1), date(2034, 12, 31))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2034, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
instants = st.none() | moments
# What somebody does to it at some time.
Deed = Callable[[ActionPoint, UserId, datetime], object]
DEEDS: dict[str, Deed] = {
    "done": decisions.mark_done,
    "dropped": lambda action, actor, now: decisions.drop(action, actor, now, "not needed"),
    "handed over": lambda action, actor, now: decisions.hand_over(action, actor, now, UserId("UNEW")),
    "accepted": decisions.accept,
    "declined": lambda action, actor, now: decisions.not_me(action, actor, now, former_is_there=True),
    "another date": lambda action, actor, now: decisions.change_due(action, actor, now, date(2026, 6, 5), PARIS),
    "blocked": lambda action, actor, now: decisions.block(action, actor, now, "the invoice"),
    "unblocked": decisions.unblock,
    "linked": lambda action, actor, now: decisions.link(action, actor, now, "https://example.com"),
    "opened again": decisions.reopen,
    "nudged": lambda action, actor, now: nudging.nudge(action, LEA, now, PARIS),
    "snoozed": lambda action, actor, now: snooze.snooze(action, actor, now, Snooze.ONE_DAY, PARIS),
    "planned": lambda action, actor, now: snooze.plan_day(action, actor, now, date(2026, 5, 15), PARIS),
}


@st.composite
def actions(draw: st.DrawFn) -> ActionPoint:
    owner, closed_at, blocked_at = draw(people), draw(instants), draw(instants)
    states = [ActionState.OPEN, ActionState.STALLED, ActionState.DONE, ActionState.DROPPED]
    return ActionPoint(
        id=ActionId("ac-1"),
        team=TeamId("te-1"),
        number=draw(st.integers(1, 10**6)),
        title=draw(some_words),
        why=draw(some_words),
        assigned_by=draw(st.sampled_from([ANA, LEA])),
        assigned_at=draw(moments),
        decided_at=draw(moments),
        owner=owner,
        due_on=draw(days),
        due_version=draw(st.integers(1, 50)),
        state=draw(st.sampled_from(states)) if owner else ActionState.NEEDS_OWNER,
        snoozed_until=draw(days),
        snoozes_in_row=draw(st.integers(0, 3)),
        planned_on=draw(days),
        active_at=draw(instants),
        closed_by=draw(people) if closed_at else None,
        closed_at=closed_at,
        drop_reason=draw(st.none() | some_words),
        blocked_why=draw(some_words) if blocked_at else None,
        blocked_at=blocked_at,
        link=draw(st.none() | some_words),
        former_owner=draw(people.filter(lambda former: former is None or former != owner)),
        accepted_at=draw(instants),
        nudged_by=draw(people),
        nudged_at=draw(instants),
    )


@given(actions())
@settings(deadline=None)
def test_what_is_kept_is_read_back_exactly(action: ActionPoint) -> None:
    assert read(json.loads(json.dumps(written(action)))) == action


@pytest.mark.parametrize("name", DEEDS)
@given(action=actions())
@settings(deadline=None, max_examples=40)
def test_taken_back_it_is_as_it_was_and_its_version_never_falls(name: str, action: ActionPoint) -> None:
    match DEEDS[name](action, action.owner or ANA, NOW):
        case Changed(action=after):
            back = restored(action, after)
            assert replace(back, due_version=action.due_version) == action
            assert back.due_version >= after.due_version
            assert (back.due_version == action.due_version) == (after.due_version == action.due_version)
        case _:
            pass


@pytest.mark.parametrize("name", DEEDS)
@given(action=actions())
@settings(deadline=None, max_examples=40)
def test_pressed_once_more_nothing_changes(name: str, action: ActionPoint) -> None:
    match DEEDS[name](action, action.owner or ANA, NOW):
        case Changed(action=after):
            again = DEEDS[name](after, action.owner or ANA, LATER)
            assert not isinstance(again, Changed), again
        case _:
            pass


@pytest.mark.parametrize("name", DEEDS)
def test_each_deed_changes_some_action_point(name: str) -> None:
    given_to_ana = an_action(former_owner=TOM)
    tried = [given_to_ana, replace(given_to_ana, blocked_why="it", blocked_at=NOW), an_action(state=ActionState.DONE)]
    assert any(isinstance(DEEDS[name](action, ANA, NOW), Changed) for action in tried)


@pytest.mark.parametrize(
    ("since", "as_left"),
    [
        pytest.param({}, True, id="nothing happened"),
        pytest.param({"active_at": LATER}, True, id="the owner wrote in the thread"),
        pytest.param({"due_on": date(2026, 6, 5)}, False, id="another date"),
        pytest.param({"state": ActionState.DONE, "closed_by": ANA, "closed_at": LATER}, False, id="done"),
        pytest.param({"accepted_at": LATER}, False, id="accepted"),
    ],
)
def test_what_somebody_changed_since_stands(since: dict[str, object], as_left: bool) -> None:
    after = an_action(active_at=NOW)
    assert is_as_left(replace(after, **since), after) is as_left  # type: ignore[arg-type]
