"""What a person, a team and a workspace have chosen about when and how the bot speaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from bot.domain.calendar import MONDAY, Pause
from bot.domain.ids import ChannelId, StepId
from bot.domain.model import Stage

DIGEST_AT = time(10)


class Profile(StrEnum):
    OFF = "off"  # the App Home and the channel's digest only
    LIGHT = "light"  # on the due date and the working day after it
    STANDARD = "standard"


class Drops(StrEnum):
    """How a stage that went down is told."""

    LEAD_FIRST = "lead-first"  # the lead at once, the channel after a hold
    LEAD_ONLY = "lead-only"


class Role(StrEnum):
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPreferences:
    """None: not chosen, so what Slack or the workspace says holds."""

    profile: Profile | None = None
    at: time | None = None  # of their own day
    zone: str | None = None
    weekdays: frozenset[int] | None = None  # Monday is 0
    country: str | None = None  # whose public holidays are theirs, as ISO 3166-1 alpha-2
    pause: Pause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspacePolicy:
    """The workspace's defaults, below everybody's own choice."""

    profile: Profile = Profile.STANDARD
    zone: str | None = None
    country: str | None = None
    weekdays: frozenset[int] | None = None
    digest_day: int = MONDAY
    digest_at: time = DIGEST_AT
    guests: bool = False  # whether they may answer, as members do


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSettings:
    zone: str | None = None
    digests: bool = True
    digest_day: int | None = None
    digest_at: time | None = None
    announce_to: ChannelId | None = None  # a stage that went up is told there as well
    drops: Drops = Drops.LEAD_FIRST
    reassess_days: int | None = None  # between two assessments; None: as the model says
    reassess_on: date | None = None  # the next one, where somebody moved it
    targets: Mapping[StepId, Stage] = field(default_factory=dict)  # "good enough": nothing is proposed above
