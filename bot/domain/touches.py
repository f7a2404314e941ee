"""A touch is one reminder to one person about one action: planned, then sent, skipped, merged or moved."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.ids import UserId


class Track(StrEnum):
    """Whom a touch is for and what it is about. A subject has at most one planned touch on each."""

    OWNER = "owner"  # an action: its owner is reminded
    LEAD = "lead"  # an action: its lead hears that it is long overdue
    OWNERLESS = "ownerless"  # an action: its lead is asked for a new owner
    HANDOVER = "handover"  # an action: its lead decides, where a new owner has not accepted it
    DRAFT = "draft"  # an assessment: who began it left off
    ROUND = "round"  # an assessment and a person: who was asked to answer, and has not
    CADENCE = "cadence"  # a team: its lead hears of the next assessment
    INVITATION = "invitation"  # a team: its channel is invited to the next assessment
    DIGEST = "digest"  # a team: its channel's week
    CHANNEL = "channel"  # a team: its lead is asked for a channel that the bot can speak in


TO_CHANNELS = frozenset({Track.INVITATION, Track.DIGEST})


class Rung(StrEnum):
    T5 = "t-5"
    T1 = "t-1"
    T0 = "t0"
    OVERDUE = "t+1"
    WEEKLY = "weekly"
    WAKE = "wake"
    PLANNED_DAY = "planned-day"
    NUDGE = "nudge"
    ESCALATION_NOTICE = "escalation-notice"
    ESCALATION = "escalation"
    OWNERLESS = "ownerless"
    UNACCEPTED = "unaccepted"
    DRAFT_FIRST = "draft-first"
    DRAFT_SECOND = "draft-second"
    DRAFT_LAST = "draft-last"
    DRAFT_EXPIRES = "draft-expires"
    ROUND_ASKED = "round-asked"
    REASSESS_SOON = "reassess-soon"
    REASSESS_DAY = "reassess-day"
    REASSESS_LATE = "reassess-late"
    DIGEST = "digest"
    CHANNEL_LOST = "channel-lost"


REPEATED = frozenset({Rung.WEEKLY, Rung.WAKE, Rung.PLANNED_DAY, Rung.NUDGE})


class Outcome(StrEnum):
    SENT = "sent"
    SKIPPED = "skipped"
    MERGED = "merged"  # told by a more urgent one
    FAILED = "failed"  # Slack refused it for good
    UNKNOWN = "unknown"  # may have been seen: a lost reminder beats a double one


class Reason(StrEnum):
    """Why there is no touch, or what became of one, or why it has to wait."""

    DUE = "due"  # sent, as planned
    CLOSED = "closed"
    STALLED = "stalled"
    NO_OWNER = "no-owner"
    NO_DATE = "no-date"
    OTHER_OWNER = "other-owner"
    OTHER_VERSION = "other-version"
    SNOOZED = "snoozed"
    REPLACED = "replaced"
    REPLANNED = "replanned"  # something was decided before it came due
    LATE = "late"
    IN_LINE = "in-line"  # late, and waits for its place among the others of its workspace
    ACTIVE = "active"
    BLOCKED = "blocked"
    EARLY = "early"
    DAY_OFF = "day-off"
    OUTSIDE_WINDOW = "outside-window"
    WEEK_ENDS = "week-ends"
    DO_NOT_DISTURB = "do-not-disturb"
    TOLD_TODAY = "told-today"
    TOLD_ENOUGH = "told-enough-this-week"
    PROFILE = "profile"  # the person wants to hear less
    NOTHING_NEW = "nothing-new"
    STOPPED = "stopped"  # the team, by an admin
    SUSPENDED = "suspended"  # the bot cannot speak in the channel
    UNWANTED = "unwanted"  # the person skipped it
    LEFT = "left"  # the person is not there any more
    EXPIRED = "expired"  # the draft was thrown away, as had been said
    BROKEN = "broken"  # a mistake of ours, for a week
    CHANNEL_BUSY = "channel-busy"  # the channel has read something else today


@dataclass(frozen=True, slots=True)
class Touch:
    rung: Rung
    local_day: date  # the day it was meant for; stays when the touch is moved
    at_utc: datetime
    version: int  # of what it is about; one planned before the last decision is void
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
