"""What delivering needs of others: the words, the counts, and the means."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.delivery import Envelope, Letter
from bot.domain.ids import MessageTs
from bot.domain.notices import Notice
from bot.services.picturing import Gallery
from bot.slack.gateway import Gateway
from bot.store.database import Database, Transaction

# The database is not flooded by all that are under way at once: people's requests go first. A server commits many at a
# time with one write to its disk; SQLite takes one after the other.
TURNS_OF_A_FILE, TURNS_OF_A_SERVER = 3, 8


def turns(database: Database) -> asyncio.Semaphore:
    """For so many deliveries at once."""
    return asyncio.Semaphore(TURNS_OF_A_FILE if database.is_sqlite else TURNS_OF_A_SERVER)


class Correspondent(Protocol):
    """Knows the words, and what follows when they were said or could not be.

    Each runs inside a transaction of the delivery and may put more into the outbox; none may call Slack.
    """

    async def compose(self, tx: Transaction, notice: Notice, delivery: Envelope, now: datetime) -> Letter:
        """What is true now: asked just before each attempt, perhaps many times for one delivery."""
        ...

    async def delivered(
        self, tx: Transaction, notice: Notice, delivery: Envelope, ts: MessageTs, now: datetime
    ) -> None: ...

    async def undeliverable(
        self, tx: Transaction, notice: Notice, delivery: Envelope, reason: str, now: datetime
    ) -> None:
        """Given up, with Slack's word for it, "expired", "poison", or why nobody can know ("ambiguous: …")."""
        ...


class Tally(Protocol):
    """What is counted."""

    def ended(self, kind: str, outcome: str) -> None: ...
    def ambiguous(self) -> None: ...
    def reconciled(self) -> None: ...
    def duplicate_deleted(self) -> None: ...
    def dead(self) -> None: ...
    def claim_expired(self) -> None: ...
    def blocked(self) -> None: ...


def asleep(_: datetime) -> None:
    """Whoever has no other clock is woken by the next tick."""


@dataclass(frozen=True, slots=True)
class Means:
    """``clock`` is the wall's; ``monotonic`` never jumps and counts a suspended machine's sleep, too.

    ``wake`` is told when there will be more to do: an instant of ``clock``. ``pause`` lets so many seconds of it go by.
    """

    database: Database
    gateway: Gateway
    correspondent: Correspondent
    tally: Tally
    clock: Callable[[], datetime]
    monotonic: Callable[[], float]
    jitter: Callable[[], float]  # in [0, 1)
    gallery: Gallery
    turns: asyncio.Semaphore
    wake: Callable[[datetime], None] = asleep
    pause: Callable[[float], Awaitable[object]] = asyncio.sleep
