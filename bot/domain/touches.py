"""A touch is one reminder to one person about one action: planned, then sent, skipped, merged or moved."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.actions import ActionPoint
from bot.domain.ids import UserId


class Rung(StrEnum):
    T5 = "t-5"
    T1 = "t-1"
    T0 = "t0"
    OVERDUE = "t+1"
    WEEKLY = "weekly"
    WAKE = "wake"
    PLANNED_DAY = "planned-day"


REPEATED = frozenset({Rung.WEEKLY, Rung.WAKE, Rung.PLANNED_DAY})


class Outcome(StrEnum):
    SENT = "sent"  # also what may have been sent: a lost reminder beats a double one
    SKIPPED = "skipped"
    MERGED = "merged"


class Reason(StrEnum):
    """Why there is no touch, why one was skipped, or why it has to wait."""

    CLOSED = "closed"
    STALLED = "stalled"
    NO_OWNER = "no-owner"
    NO_DATE = "no-date"
    OTHER_OWNER = "other-owner"
    OTHER_VERSION = "other-version"
    SNOOZED = "snoozed"
    REPLACED = "replaced"
    LATE = "late"
    ACTIVE = "active"
    EARLY = "early"
    DAY_OFF = "day-off"
    OUTSIDE_WINDOW = "outside-window"
    WEEK_ENDS = "week-ends"


@dataclass(frozen=True, slots=True)
class Touch:
    rung: Rung
    local_day: date  # the day it was meant for; stays when the touch is moved
    at_utc: datetime
    due_version: int
    recipient: UserId
    merges: tuple[Rung, ...] = ()  # less urgent rungs of the same day, told by this one


@dataclass(frozen=True, slots=True)
class Rest:
    reason: Reason


@dataclass(frozen=True, slots=True)
class Stall:
    """Everything the ladder has was said; from now on it is for people to decide."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a touch of the action's present version."""

    rung: Rung
    local_day: date  # sent: the owner's day on which it was sent; else the day it was meant for
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Send:
    """Send it now, with the distances as they really are today."""

    rung: Rung
    local_day: date
    due_on: date | None
    days_left: int | None  # negative: overdue by so many days
    working_days_left: int | None


@dataclass(frozen=True, slots=True)
class Skip:
    reason: Reason


@dataclass(frozen=True, slots=True)
class Move:
    to_utc: datetime
    reason: Reason


Plan = Touch | Rest | Stall
Verdict = Send | Skip | Move


def key(action: ActionPoint, touch: Touch) -> str:
    """What makes a touch unique within its tenant: a second row with this key is the same touch."""
    parts = [action.id, touch.rung, f"v{touch.due_version}", touch.recipient]
    return ":".join([*parts, touch.local_day.isoformat()] if touch.rung in REPEATED else parts)
