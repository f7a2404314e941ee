"""What a lead hears of: only after the owner was told that they would, and only what nobody has done anything about."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.calendar import WorkCalendar
from bot.domain.leading import Leading, shown_on, touches
from bot.domain.touches import Outcome, Rung, Settled, Touch, Track
from tests.domain.action_builders import ANA, LEA, PARIS, TOM, a_calendar, an_action, paris, told

NOTICE = told((Rung.ESCALATION_NOTICE, date(2026, 6, 5)))
NEW_YORK = a_calendar("America/New_York")
WEDNESDAY = date(2026, 6, 10)


def leading(
    history: Sequence[Settled] = NOTICE,
    of_lead: WorkCalendar = NEW_YORK,
    told_lead: Mapping[Track, Sequence[Settled]] = MappingProxyType({}),
) -> Leading:
    return Leading(LEA, of_lead, PARIS, history, told_lead)


@pytest.mark.parametrize(
    ("action", "history", "day"),
    [
        pytest.param(an_action(), NOTICE, WEDNESDAY, id="three working days after its owner was told"),
        pytest.param(an_action(), (), None, id="never before its owner was told"),
        pytest.param(
            an_action(),
            (Settled(Rung.ESCALATION_NOTICE, date(2026, 6, 5), Outcome.SKIPPED),),
            None,
            id="nor when that was skipped",
        ),
        pytest.param(an_action(active_at=paris(6, 9, month=6)), NOTICE, None, id="its owner did something since"),
        pytest.param(
            an_action(active_at=paris(4, 9, month=6)), NOTICE, WEDNESDAY, id="what came before does not count"
        ),
        pytest.param(an_action(blocked_at=paris(8, 9, month=6)), NOTICE, None, id="it is blocked, and says by what"),
        pytest.param(an_action(state=ActionState.DONE), NOTICE, None, id="it is done"),
        pytest.param(an_action(state=ActionState.STALLED), NOTICE, WEDNESDAY, id="stalled is still open"),
        pytest.param(an_action(owner=LEA), NOTICE, None, id="nobody is told on to themselves"),
    ],
)
def test_long_overdue_comes_to_the_lead(action: ActionPoint, history: Sequence[Settled], day: date | None) -> None:
    planned = touches(action, leading(history))[Track.LEAD]

    assert planned == (day and Touch(Rung.ESCALATION, day, NEW_YORK.slot(day, LEA), action.due_version, LEA))


def test_it_is_said_once() -> None:
    there = Settled(Rung.ESCALATION, WEDNESDAY, Outcome.SENT)
    assert touches(an_action(), leading(told_lead={Track.LEAD: [there]}))[Track.LEAD] is None


def test_the_owner_is_told_the_day_on_which_it_really_comes() -> None:
    assert shown_on(an_action(), leading()) == WEDNESDAY
    holiday = a_calendar("America/New_York", frozenset(range(5)), WEDNESDAY)
    assert shown_on(an_action(), leading(of_lead=holiday)) == date(2026, 6, 11)


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        pytest.param({"former_owner": ANA}, True, id="its owner has left"),
        pytest.param({}, False, id="it was taken on without an owner"),
    ],
)
def test_t38_a_lead_is_asked_once_for_the_owner_of_what_somebody_left_behind(
    changes: dict[str, Any], is_told: bool
) -> None:
    left = an_action(owner=None, state=ActionState.NEEDS_OWNER, decided_at=paris(6, 8), **changes)

    planned = touches(left, leading(()))[Track.OWNERLESS]

    assert (planned is not None) is is_told
    if planned:
        assert (planned.rung, planned.recipient, planned.local_day) == (Rung.OWNERLESS, LEA, date(2026, 5, 6))
    said = Settled(Rung.OWNERLESS, date(2026, 5, 6), Outcome.SENT)
    assert touches(left, leading((), told_lead={Track.OWNERLESS: [said]}))[Track.OWNERLESS] is None


GIVEN: dict[str, Any] = {"owner": TOM, "former_owner": ANA, "assigned_by": ANA, "assigned_at": paris(7, 16)}


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        pytest.param({}, date(2026, 5, 12), id="not accepted within two working days: on the third"),
        pytest.param({"accepted_at": paris(8, 9)}, None, id="accepted"),
        pytest.param({"active_at": paris(8, 9)}, None, id="at it already"),
        pytest.param({"assigned_by": TOM}, None, id="taken by himself"),
        pytest.param({"former_owner": None}, None, id="given to him from the start"),
        pytest.param({"owner": LEA}, None, id="the lead's own"),
    ],
)
def test_what_nobody_accepted_is_the_leads_to_decide(changes: dict[str, Any], day: date | None) -> None:
    planned = touches(an_action(**GIVEN | changes), leading(()))[Track.HANDOVER]

    assert (planned and planned.local_day) == day
