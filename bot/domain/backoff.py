"""What becomes of a delivery that met trouble: how long to wait before the next attempt, and when to give up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from bot.domain.delivery import Again, DeliveryState, Ended, InDoubt, NotNow, Uncertain, Undeliverable

BASE = timedelta(seconds=2)
CAP = timedelta(minutes=15)
MOST_ATTEMPTS = 12
LONGEST = timedelta(hours=24)
UNREADABLE = timedelta(seconds=60)
SETTLING = timedelta(seconds=20)  # Slack's slowest answer, and ten seconds until its histories show it


@dataclass(frozen=True, slots=True)
class Tries:
    attempts: int  # the last one included
    waits: int  # pauses that counted as no attempt
    first_at: datetime


def pause(failures: int, jitter: float) -> timedelta:
    """Full jitter: anything from nothing to a bound that doubles with each failure; ``jitter`` is in [0, 1)."""
    doublings: int = 1 << min(max(failures, 1) - 1, 30)
    return min(CAP, BASE * doublings) * jitter


def asked(retry_after: str | None) -> timedelta:
    """What a ``Retry-After`` header asks for; a minute where it makes no sense."""
    if retry_after is None or not (retry_after.isascii() and retry_after.isdigit()) or len(retry_after) > 6:
        return UNREADABLE
    return timedelta(seconds=int(retry_after)) or UNREADABLE


def is_spent(attempts: int) -> bool:
    return attempts >= MOST_ATTEMPTS


def after(
    trouble: NotNow | Undeliverable | Uncertain, tries: Tries, now: datetime, jitter: float
) -> Again | InDoubt | Ended:
    """A pause that Slack asks for holds the whole channel, so the delivery itself stays due."""
    match trouble:
        case Undeliverable(reason=reason):
            return Ended(DeliveryState.DEAD, reason)
        case Uncertain(reason=reason):
            return InDoubt(now + SETTLING, reason)
        case NotNow(reason=reason) if now - tries.first_at >= LONGEST:
            return Ended(DeliveryState.EXPIRED, reason)
        case NotNow(reason=reason, is_tried=True) if is_spent(tries.attempts):
            return Ended(DeliveryState.DEAD, reason)
        case NotNow(reason=reason, pause=None, is_tried=is_tried):
            wait = pause(tries.attempts + tries.waits, jitter)
            return Again(now + wait, reason, counts=is_tried, waits=0 if is_tried else 1)
        case NotNow(reason=reason, is_tried=is_tried):
            return Again(now, reason, counts=is_tried, waits=1)
        case _:
            assert_never(trouble)
