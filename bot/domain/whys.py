"""What "Why am I seeing this?" can be asked about, as the value of its button."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.actions import ActionPoint
from bot.domain.ids import TouchId
from bot.domain.touches import Rung, Track


class Said(StrEnum):
    """What the bot says by itself without a touch. Its subject is a team, if nothing else is said."""

    RESULT = "result"
    STAGE_UP = "stage-up"
    STAGE_DOWN = "stage-down"
    DIGEST = "digest"
    INVITATION = "invitation"
    INTRODUCTION = "introduction"  # its subject is a channel
    WELCOME = "welcome"  # its subject is who installed the bot
    DELEGATED = "delegated"
    SAMPLE = "sample"  # asked for by the person; its subject is that person
    HANDED_OVER = "handed-over"  # of an action point
    CONFIRM = "confirm"  # of one as well: somebody says that it is done, and its owner is asked


@dataclass(frozen=True, slots=True)
class OfTouch:
    touch: TouchId


@dataclass(frozen=True, slots=True)
class OfPost:
    said: Said
    subject: str


Asked = OfTouch | OfPost


def value_of(said: Said, subject: str) -> str:
    """A touch is its own value; anything else says what it is, and about what."""
    return f"{said}:{subject}"


def read(value: str) -> Asked | None:
    """None for a value that is not of ours, or of another time."""
    kind, colon, subject = value.partition(":")
    if not colon:
        return OfTouch(TouchId(kind)) if kind else None
    return OfPost(Said(kind), subject) if kind in set(Said) and subject else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One touch as a reason names it. What people wrote is theirs: a view makes it inert."""

    track: Track
    rung: Rung
    team: str
    action: ActionPoint | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A touch that is planned, at the hour of whom it is for."""

    told: Told
    at: datetime  # on their own clock
