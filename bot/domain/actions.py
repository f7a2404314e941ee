"""What an action point is, what may become of it, and who may decide that."""

from collections.abc import Set
from dataclasses import dataclass
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


def may_act(action: ActionPoint, actor: UserId, lead: UserId | None) -> bool:
    """Whether the actor may close, snooze, plan, reopen or re-date it."""
    return actor in (action.owner, lead)


def may_assign(action: ActionPoint, actor: UserId, lead: UserId | None, admins: Set[UserId]) -> bool:
    """Whether the actor may give it to someone; what belongs to nobody, anyone of the team may take.

    Membership of the team is the caller's to check.
    """
    return action.owner is None or may_act(action, actor, lead) or actor in admins


def as_it_is(action: ActionPoint) -> Already:
    return Already(action.state, action.closed_by, action.closed_at)


def seen(action: ActionPoint, actor: UserId, now: datetime) -> datetime | None:
    """The owner's last activity, after the actor did something just now."""
    return now if actor == action.owner else action.active_at
