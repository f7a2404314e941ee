"""What holds for somebody now, and who says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Generic, TypeVar

from bot.domain.calendar import Pause
from bot.domain.ids import StepId, UserId
from bot.domain.preferences import PersonPreferences, Profile, TeamSettings, WorkspacePolicy
from bot.domain.teams import Team

T = TypeVar("T")


class Source(StrEnum):
    CHOSEN = "chosen"
    SLACK = "slack"
    TEAM = "team"
    LEAD = "lead"
    WORKSPACE = "workspace"
    ZONE = "zone"  # the country in which the clocks of the zone hang
    COUNTRY = "country"  # the week as the country keeps it
    MODEL = "model"  # the maturity model
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Holds(Generic[T]):
    value: T
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInForce:
    chosen: PersonPreferences
    today: date  # theirs
    profile: Holds[Profile]
    usual_profile: Profile  # of the workspace
    at: Holds[time]  # on the clock of the zone
    zone: Holds[str]
    weekdays: Holds[frozenset[int]]
    country: Holds[str | None]
    country_name: str | None
    pause: Pause | None  # the present one, or one to come


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamInForce:
    team: Team
    chosen: TeamSettings
    members: Sequence[UserId]  # added by name
    zone: Holds[str]
    digest_day: Holds[int]
    digest_at: Holds[time]
    reassess_days: Holds[int]
    steps: Mapping[StepId, str]  # what a target can be set for, by what it is called


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceInForce:
    policy: WorkspacePolicy
    country_name: str | None
    admins: Sequence[UserId]  # by a role that was given here
