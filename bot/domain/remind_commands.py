"""What a person can ask of their own reminders. Days of the week are numbers: Monday is 0."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class RemindSettings:
    """The form of them; where nothing can be opened, what it would show."""


@dataclass(frozen=True, slots=True)
class RemindShow:
    pass


@dataclass(frozen=True, slots=True)
class RemindOn:
    pass


@dataclass(frozen=True, slots=True)
class RemindOff:
    pass


@dataclass(frozen=True, slots=True)
class RemindLight:
    pass


@dataclass(frozen=True, slots=True)
class RemindStandard:
    pass


@dataclass(frozen=True, slots=True)
class RemindAt:
    at: time


@dataclass(frozen=True, slots=True)
class RemindZone:
    name: str | None  # none: the one that Slack knows


@dataclass(frozen=True, slots=True)
class RemindDays:
    weekdays: frozenset[int]


@dataclass(frozen=True, slots=True)
class RemindHolidays:
    country: str | None  # ISO 3166-1 alpha-2; none: the one that the zone tells


@dataclass(frozen=True, slots=True)
class RemindPause:
    until: date | None = None


@dataclass(frozen=True, slots=True)
class RemindResume:
    pass


@dataclass(frozen=True, slots=True)
class RemindDigest:
    day: int
    at: time


@dataclass(frozen=True, slots=True)
class RemindTest:
    pass


RemindCommand = (
    RemindSettings
    | RemindShow
    | RemindOn
    | RemindOff
    | RemindLight
    | RemindStandard
    | RemindAt
    | RemindZone
    | RemindDays
    | RemindHolidays
    | RemindPause
    | RemindResume
    | RemindDigest
    | RemindTest
)
