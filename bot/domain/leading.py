"""What the lead of a team hears about its action points, each once: long overdue, without an owner, not accepted.

Planned for the lead's own slots. An owner who does something in between keeps the lead out of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import UserId
from bot.domain.touches import Outcome, Rung, Settled, Touch, Track

ESCALATED_AFTER = 3  # working days of the owner after they were told that it would be
ACCEPTED_WITHIN = 2  # working days of the new owner


@dataclass(frozen=True, slots=True)
class Leading:
    """Who leads the team, by whose days each of the two is spoken to, and what the owner was told."""

    lead: UserId
    of_lead: WorkCalendar
    of_owner: WorkCalendar
    told_owner: Sequence[Settled]
    told_lead: Mapping[Track, Sequence[Settled]]


def touches(action: ActionPoint, leading: Leading) -> Mapping[Track, Touch | None]:
    """The lead's next touch on each track; None where there is nothing to say, or it was said."""
    return {track: None if leading.told_lead.get(track) else touch for track, touch in wanted(action, leading).items()}


def wanted(action: ActionPoint, leading: Leading) -> Mapping[Track, Touch | None]:
    """What the lead is to hear of it as it stands, whether or not they have heard."""
    return {
        Track.LEAD: _escalation(action, leading),
        Track.OWNERLESS: _ownerless(action, leading),
        Track.HANDOVER: _unaccepted(action, leading),
    }


def shown_on(action: ActionPoint, leading: Leading) -> date | None:
    """The day on which the lead will hear of it, as the owner is told when it is decided today."""
    planned = _escalation(action, leading)
    return planned.local_day if planned else None


def _escalation(action: ActionPoint, leading: Leading) -> Touch | None:
    if action.state not in (ActionState.OPEN, ActionState.STALLED) or action.owner in (None, leading.lead):
        return None
    told = [touch for touch in leading.told_owner if touch.rung is Rung.ESCALATION_NOTICE]
    announced = next((touch.local_day for touch in told if touch.outcome in (Outcome.SENT, Outcome.UNKNOWN)), None)
    if announced is None or action.blocked_at is not None or _moved_since(action, announced, leading.of_owner):
        return None
    return _touch(Rung.ESCALATION, action, leading.of_owner.add_working_days(announced, ESCALATED_AFTER), leading)


def _moved_since(action: ActionPoint, day: date, calendar: WorkCalendar) -> bool:
    return action.active_at is not None and calendar.local_date(action.active_at) >= day


def _ownerless(action: ActionPoint, leading: Leading) -> Touch | None:
    """Only where somebody left: what was taken on without an owner is the team's own choice."""
    if action.state is not ActionState.NEEDS_OWNER or action.former_owner is None:
        return None
    slot = leading.of_lead.next_slot(action.decided_at, leading.lead)
    return _touch(Rung.OWNERLESS, action, leading.of_lead.local_date(slot), leading)


def _unaccepted(action: ActionPoint, leading: Leading) -> Touch | None:
    given = action.owner not in (None, leading.lead, action.assigned_by) and action.former_owner is not None
    if action.state is not ActionState.OPEN or not given or action.accepted_at or action.active_at:
        return None
    given_on = leading.of_owner.local_date(action.assigned_at)
    day = leading.of_owner.add_working_days(given_on, ACCEPTED_WITHIN)
    return _touch(Rung.UNACCEPTED, action, leading.of_owner.next_working(day), leading)


def _touch(rung: Rung, action: ActionPoint, day: date, leading: Leading) -> Touch:
    on = leading.of_lead.not_before(day)
    return Touch(rung, on, leading.of_lead.slot(on, leading.lead), action.due_version, leading.lead)
