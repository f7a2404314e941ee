"""What a person can ask of an action point, which goes by its team's number for it: A-12 is 12."""

from dataclasses import dataclass
from datetime import date

from bot.domain.ids import UserId


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """From today on, in the owner's calendar, which the one who asks need not share."""

    number: int


@dataclass(frozen=True, slots=True)
class AddAction:
    text: str
    owner: UserId | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Done:
    number: int
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Snooze:
    number: int
    until: date | WorkingDays
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Assign:
    number: int
    user: UserId
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    number: int
    due_on: date
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Unblock:
    number: int


@dataclass(frozen=True, slots=True)
class Drop:
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reopen:
    number: int


@dataclass(frozen=True, slots=True)
class Show:
    number: int


@dataclass(frozen=True, slots=True)
class Link:
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Nudge:
    """The team's lead has the owner reminded now."""

    number: int


OneActionCommand = Done | Snooze | Assign | Due | Block | Unblock | Drop | Reopen | Show | Link | Nudge
ActionCommand = AddAction | OneActionCommand
