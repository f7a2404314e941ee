"""How touches of one track are dealt with when they have come due."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.items import Item
from bot.domain.touches import Move, Reason, Skip
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch

# Still to be said, and what there is to say; or why it is not, and what becomes of it.
Judge = Callable[[Transaction, PlannedTouch, datetime], Awaitable[Item | Skip | Move]]
# What is true of it when its words are drawn; or why there is nothing to say any more.
Look = Callable[[Transaction, PlannedTouch, datetime], Awaitable[Item | Reason]]
# What becomes of one that would be said, but has to wait for its person.
PutOff = Callable[[Transaction, PlannedTouch, Move, datetime], Awaitable[Skip | Move]]
# Plans what comes next on its track, once it was said or skipped.
Follow = Callable[[Transaction, PlannedTouch, datetime], Awaitable[None]]
# To a channel: decides, puts into the outbox, settles and plans the next; how many messages that makes.
Speak = Callable[[Transaction, PlannedTouch, datetime], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Conduct:
    judge: Judge
    look: Look
    follow: Follow
    put_off: PutOff


def judged_by(look: Look) -> Judge:
    """Said if it is still true, else skipped: on tracks where nothing else is decided."""

    async def judge(tx: Transaction, planned: PlannedTouch, now: datetime) -> Item | Skip | Move:
        found = await look(tx, planned, now)
        return Skip(found) if isinstance(found, Reason) else found

    return judge


async def wait(tx: Transaction, planned: PlannedTouch, hold: Move, now: datetime) -> Skip | Move:
    """It makes as much sense on a later day."""
    return hold


async def nothing_follows(tx: Transaction, planned: PlannedTouch, now: datetime) -> None:
    """It was the only one."""
