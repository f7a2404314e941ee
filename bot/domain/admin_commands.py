"""What an admin can ask of the whole workspace. Days of the week are numbers: Monday is 0."""

from dataclasses import dataclass
from datetime import time

from bot.domain.ids import DeliveryId, UserId
from bot.domain.naming import TeamRef
from bot.domain.preferences import Profile, Role


@dataclass(frozen=True, slots=True)
class AdminHealth:
    pass


@dataclass(frozen=True, slots=True)
class AdminFailures:
    pass


@dataclass(frozen=True, slots=True)
class AdminRetry:
    delivery: DeliveryId


@dataclass(frozen=True, slots=True)
class AdminStop:
    team: TeamRef


@dataclass(frozen=True, slots=True)
class AdminStart:
    team: TeamRef


@dataclass(frozen=True, slots=True)
class AdminRoles:
    pass


@dataclass(frozen=True, slots=True)
class AdminGrant:
    role: Role
    user: UserId


@dataclass(frozen=True, slots=True)
class AdminHolidays:
    country: str | None  # ISO 3166-1 alpha-2; none: each person's zone tells


@dataclass(frozen=True, slots=True)
class PolicyProfile:
    profile: Profile


@dataclass(frozen=True, slots=True)
class PolicyZone:
    name: str | None


@dataclass(frozen=True, slots=True)
class PolicyDigest:
    day: int
    at: time


@dataclass(frozen=True, slots=True)
class PolicyGuests:
    may_answer: bool


@dataclass(frozen=True, slots=True)
class AdminPreview:
    """Who would be told what in the days to come; nothing is sent."""

    team: TeamRef | None  # none: the channel's


PolicyCommand = PolicyProfile | PolicyZone | PolicyDigest | PolicyGuests
AdminCommand = (
    AdminHealth
    | AdminFailures
    | AdminRetry
    | AdminStop
    | AdminStart
    | AdminRoles
    | AdminGrant
    | AdminHolidays
    | PolicyCommand
    | AdminPreview
)
