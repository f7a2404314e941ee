"""How the bot itself is in a workspace, and what of that somebody should look at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import UserId
from bot.domain.teams import Team

LATE_TICK = timedelta(minutes=2)
LATE_TOUCH = timedelta(minutes=5)
LATE_DELIVERY = timedelta(minutes=5)


class Worry(StrEnum):
    """What is not as it should be."""

    NO_TICK = "no-tick"
    LATE = "late"
    QUEUE = "queue"
    FAILURES = "failures"
    UNKNOWN = "unknown"
    SUSPENDED = "suspended"
    NO_ZONE = "no-zone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    now: datetime
    ticked_at: datetime | None  # when what had come due was last looked at; None: never
    due: int = 0  # touches that should have been decided by now
    due_since: datetime | None = None
    latest: timedelta | None = None  # the most that a message was late in the last seven days
    queued: int = 0  # messages that could go now
    queued_since: datetime | None = None
    failures: Mapping[str, int] = field(default_factory=dict)  # of the last seven days, by cause
    unknown: int = 0  # messages of which nobody knows whether they were seen
    suspended: tuple[Team, ...] = ()
    without_zone: tuple[UserId, ...] = ()


def worries(health: Health) -> Iterator[Worry]:
    if health.ticked_at is None or health.now - health.ticked_at > LATE_TICK:
        yield Worry.NO_TICK
    if health.due_since is not None and health.now - health.due_since > LATE_TOUCH:
        yield Worry.LATE
    if health.queued_since is not None and health.now - health.queued_since > LATE_DELIVERY:
        yield Worry.QUEUE
    if health.failures:
        yield Worry.FAILURES
    if health.unknown:
        yield Worry.UNKNOWN
    if health.suspended:
        yield Worry.SUSPENDED
    if health.without_zone:
        yield Worry.NO_ZONE
