"""What an action point is, what may become of it, and who may decide that."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.ids import ActionId, CatalogueId, TeamId, UserId

FIRST_VERSION = 1


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    STALLED = "stalled"  # still open, but its owner is no longer reminded: someone has to decide
    NEEDS_OWNER = "needs_owner"

    @property
    def closed(self) -> bool:
        return self in (ActionState.DONE, ActionState.DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPoint:
    id: ActionId
    team: TeamId
    number: int
    title: str
    why: str
    assigned_by: UserId
    assigned_at: datetime
    # The last decision about date, owner or life. The ladder starts from here: no rung is older.
    decided_at: datetime
    catalogue: CatalogueId | None = None
    owner: UserId | None = None
    due_on: date | None = None  # the owner's local day
    # Rises with date, owner and life, so that a touch planned before the change is void by itself.
    due_version: int = FIRST_VERSION
    state: ActionState = ActionState.OPEN
    snoozed_until: date | None = None  # the owner's local day on which it wakes
    snoozes_in_row: int = 0
    planned_on: date | None = None  # "I will do it on ..."
    active_at: datetime | None = None  # the owner's last activity
    closed_by: UserId | None = None
    closed_at: datetime | None = None
    drop_reason: str | None = None
    blocked_why: str | None = None  # what it waits for; while it does, nobody is hurried
    blocked_at: datetime | None = None
    link: str | None = None  # the work item, or the message that it came from
    former_owner: UserId | None = None  # who handed it over, or left
    accepted_at: datetime | None = None  # by an owner whom somebody else chose
    nudged_by: UserId | None = None  # a lead who asked for a reminder
    nudged_at: datetime | None = None

    @property
    def label(self) -> str:
        return f"A-{self.number}"

    @property
    def awaits_acceptance(self) -> bool:
        """Somebody else chose its owner, who has not said yet that they take it."""
        return self.owner not in (None, self.assigned_by) and self.accepted_at is None and not self.state.closed

    @property
    def is_blocked(self) -> bool:
        return self.blocked_at is not None and not self.state.closed


@dataclass(frozen=True, slots=True)
class Changed:
    action: ActionPoint


@dataclass(frozen=True, slots=True)
class Already:
    """It is so already; by whom and since when, where that is known. Nothing is changed, nothing reactivated."""

    state: ActionState
    by: UserId | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    sentence: str


@dataclass(frozen=True, slots=True)
class Confirm:
    """Allowed, but probably a slip: asked again with this question, and done when told `confirmed`."""

    question: str


@dataclass(frozen=True, slots=True)
class AskNewDate:
    """The wanted day lies beyond the due date, so what is really asked for is another due date."""

    wanted: date
    due_on: date


@dataclass(frozen=True, slots=True)
class AskDecision:
    """Put off often enough: new date, hand over or drop?"""

    snoozes: int


def as_it_is(action: ActionPoint) -> Already:
    return Already(action.state, action.closed_by, action.closed_at)


def heard(action: ActionPoint, actor: UserId, now: datetime) -> ActionPoint:
    """After the actor did something to it: what its owner does is a sign of life, and takes it on as well."""
    if actor != action.owner:
        return action
    return replace(action, active_at=now, accepted_at=now if action.awaits_acceptance else action.accepted_at)
