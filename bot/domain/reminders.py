"""The reminder policy: the next touch of an action, from the action, what was already said, and the owner's calendar.

The time of planning is no part of it: planned twice, at whatever hours, the plan is the same. A touch whose time
has gone by is planned all the same, and `picking` says what becomes of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.calendar import MONDAY, WorkCalendar
from bot.domain.ids import UserId
from bot.domain.ladder import NEVER_LEFT_OUT, Step, all_weeklies_told, asked_for, ladder, weekly
from bot.domain.preferences import Profile
from bot.domain.touches import REPEATED, Outcome, Plan, Reason, Rest, Rung, Settled, Stall, Touch

# Of two rungs on one day about one action the more urgent is said, and the other is merged into it. A message that
# tells of several things goes by it as well.
URGENCY: tuple[Rung, ...] = (
    Rung.ESCALATION,
    Rung.ESCALATION_NOTICE,
    Rung.OVERDUE,
    Rung.T0,
    Rung.NUDGE,
    Rung.WEEKLY,
    Rung.PLANNED_DAY,
    Rung.T1,
    Rung.WAKE,
    Rung.T5,
    Rung.OWNERLESS,
    Rung.UNACCEPTED,
    Rung.CHANNEL_LOST,
    Rung.ROUND_ASKED,
    Rung.REASSESS_LATE,
    Rung.REASSESS_SOON,
    Rung.DRAFT_EXPIRES,
    Rung.DRAFT_LAST,
    Rung.DRAFT_SECOND,
    Rung.DRAFT_FIRST,
    Rung.REASSESS_DAY,
    Rung.DIGEST,
)


# What a person hears who wants to hear less.
HEARD: Mapping[Profile, frozenset[Rung]] = {
    Profile.OFF: frozenset(),
    Profile.LIGHT: frozenset({Rung.T0, Rung.OVERDUE, Rung.NUDGE, Rung.WAKE, Rung.PLANNED_DAY}),
    Profile.STANDARD: frozenset(Rung),
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How an owner is spoken to: when, how much, on which day of the week at last, and who leads the team."""

    calendar: WorkCalendar
    profile: Profile = Profile.STANDARD
    digest_day: int = MONDAY
    lead: UserId | None = None

    def escalates(self, action: ActionPoint) -> bool:
        """Whether the lead hears of it when it is long overdue, and so the owner before that."""
        return self.lead not in (None, action.owner) and self.profile is Profile.STANDARD


def next_touch(action: ActionPoint, history: Sequence[Settled], manner: Manner) -> Plan:
    """`history`: what became of the touches of the action's present version, in any order."""
    told, calendar = tuple(history), manner.calendar
    if action.owner is None or action.state is not ActionState.OPEN:
        return Rest(_why_silent(action))
    steps = (
        *ladder(action, calendar, escalates=manner.escalates(action)),
        *asked_for(action, calendar),
        *weekly(action, told, calendar, manner.digest_day),
    )
    last = _last_told(told)
    heard = (_kept(step, last, calendar) for step in steps if step.rung in HEARD[manner.profile])
    ahead = [step for step in heard if _is_ahead(step, action, told, last)]
    if ahead:
        return _touch(action, action.owner, ahead, calendar)
    if all_weeklies_told(told):
        return Stall()
    return Rest(Reason.NO_DATE if manner.profile is Profile.STANDARD else Reason.PROFILE)


def _why_silent(action: ActionPoint) -> Reason:
    if action.state.closed:
        return Reason.CLOSED
    return Reason.STALLED if action.state is ActionState.STALLED else Reason.NO_OWNER


def _last_told(history: tuple[Settled, ...]) -> date | None:
    """The owner's last local day on which something was said about the action."""
    return max((touch.local_day for touch in history if touch.outcome is Outcome.SENT), default=None)


def _kept(step: Step, last: date | None, calendar: WorkCalendar) -> Step:
    """Overdue is never left out, for the weekly touches follow it: on a day that is taken, it waits for the next.

    Nor is the word that the lead will hear of it: without it the lead does not.
    """
    if step.rung not in NEVER_LEFT_OUT or last is None or step.day > last:
        return step
    return Step(step.rung, calendar.next_working(last))


def _is_ahead(step: Step, action: ActionPoint, history: tuple[Settled, ...], last: date | None) -> bool:
    said_since = last is not None and step.day <= last
    asleep = action.snoozed_until is not None and step.day < action.snoozed_until
    return not said_since and not asleep and not any(_settles(touch, step) for touch in history)


def _settles(touch: Settled, step: Step) -> bool:
    return touch.rung is step.rung and (step.rung not in REPEATED or touch.local_day >= step.day)


def _touch(action: ActionPoint, owner: UserId, ahead: list[Step], calendar: WorkCalendar) -> Touch:
    day = min(step.day for step in ahead)
    rung, *merged = sorted((step.rung for step in ahead if step.day == day), key=URGENCY.index)
    return Touch(rung, day, calendar.slot(day, owner), action.due_version, owner, tuple(merged))
