"""A rehearsal says what the reminders would, as long as nobody does anything."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.actions import ActionState
from bot.domain.ids import ActionId
from bot.domain.preferences import Profile
from bot.domain.previewing import Foreseen, Watched, foresee
from bot.domain.reminders import Manner
from bot.domain.touches import Rung
from tests.domain.action_builders import ANA, LEA, PARIS, TOM, an_action, paris, told

NOW = paris(18, 8)  # Monday 18 May; A-12 is due on Friday the 29th
UNTIL = NOW + timedelta(days=14)
MANNER = Manner(PARIS, lead=LEA)


def watched(place: int = 12, manner: Manner = MANNER, **changes: Any) -> Watched:
    return Watched(an_action(id=ActionId(f"ac-{place}"), number=place, **changes), (), manner)


def may(day: int) -> date:
    return date(2026, 5, day)


def told_of(found: list[Foreseen]) -> list[tuple[date, str, Rung]]:
    return [(one.day, one.action.label, one.rung) for one in found]


LADDER = [(may(22), Rung.T5), (may(28), Rung.T1), (may(29), Rung.T0)]
AFTER_A_WEEK = [(may(18), Rung.OVERDUE), (may(22), Rung.ESCALATION_NOTICE), (may(25), Rung.WEEKLY)]
AT_WORK = [(may(20), Rung.T0), (may(21), Rung.OVERDUE), (may(25), Rung.WEEKLY), (may(27), Rung.ESCALATION_NOTICE)]
SNOOZED = [(may(26), Rung.WAKE), (may(28), Rung.T1), (may(29), Rung.T0)]
PICKED = [(may(27), Rung.PLANNED_DAY), (may(29), Rung.T0)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, LADDER, id="the ladder"),
        pytest.param({"due_on": may(15)}, AFTER_A_WEEK, id="overdue, then weekly"),
        pytest.param({"due_on": may(20), "active_at": NOW}, AT_WORK, id="at work: no word the day before"),
        pytest.param({"snoozed_until": may(26)}, SNOOZED, id="snoozed: the ladder goes on after it"),
        pytest.param({"planned_on": may(27)}, PICKED, id="a day was picked"),
        pytest.param({"owner": None}, [], id="nobody's"),
        pytest.param({"state": ActionState.DONE}, [], id="done"),
        pytest.param({"state": ActionState.STALLED}, [], id="stalled"),
        pytest.param({"due_on": None}, [], id="without a date"),
        pytest.param({"due_on": date(2026, 8, 1)}, [], id="far ahead"),
    ],
)
def test_what_an_owner_would_be_told(changes: dict[str, Any], expected: list[tuple[date, Rung]]) -> None:
    found = foresee([watched(**changes)], {}, NOW, UNTIL)
    assert [(day, rung) for day, _, rung in told_of(found)] == expected
    assert all(one.person == ANA for one in found)


def test_everything_of_one_day_comes_in_one_message() -> None:
    found = foresee([watched(12), watched(13), watched(14)], {}, NOW, UNTIL)
    assert told_of(found)[:3] == [(may(22), f"A-{place}", Rung.T5) for place in (12, 13, 14)]


def test_nobody_is_told_twice_on_a_day_nor_four_times_in_seven() -> None:
    late = [watched(place, due_on=may(15) + timedelta(days=place)) for place in range(10)]
    days = sorted({one.day for one in foresee(late, {}, NOW, UNTIL)})
    for day in days:
        assert len([other for other in days if day - timedelta(days=7) < other <= day]) <= 3


def test_what_was_told_lately_counts() -> None:
    lately = {ANA: {f"told-{day}": may(day) for day in (13, 14, 15)}}
    assert told_of(foresee([watched(due_on=may(15))], lately, NOW, UNTIL))[0] == (may(20), "A-12", Rung.OVERDUE)


def test_a_person_who_wants_to_hear_less_is_told_less() -> None:
    light = Manner(PARIS, Profile.LIGHT)
    assert [rung for *_, rung in told_of(foresee([watched(manner=light)], {}, NOW, UNTIL))] == [Rung.T0]
    assert foresee([watched(manner=Manner(PARIS, Profile.OFF))], {}, NOW, UNTIL) == []


def test_what_was_said_is_not_said_again() -> None:
    before = Watched(an_action(), told((Rung.T5, may(22))), MANNER)
    assert [rung for *_, rung in told_of(foresee([before], {}, NOW, UNTIL))] == [Rung.T1, Rung.T0]


def test_people_do_not_stand_in_each_others_way() -> None:
    found = foresee([watched(12), watched(13, owner=TOM)], {}, NOW, UNTIL)
    assert {one.person for one in found if one.day == may(22)} == {ANA, TOM}


def test_a_thousand_action_points_are_foreseen_in_no_time() -> None:
    assert len(foresee([watched(place) for place in range(200)], {}, NOW, UNTIL)) == 600
