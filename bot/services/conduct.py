"""How touches of one track are dealt with when they have come due."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.items import Item
from bot.domain.touches import Move, Reason, Skip
from bot.store.database import Transaction
from bot.store.touches import PlannedTouch

Verdict = Item | Skip | Move
# Of each of those that have come due for one reader, whether it is still to be said, and what there is to say; or why
# it is not, and what becomes of it.
Judge = Callable[[Transaction, Sequence[PlannedTouch], datetime], Awaitable[Sequence[Verdict]]]
JudgeOne = Callable[[Transaction, PlannedTouch, datetime], Awaitable[Verdict]]
# What is true of it when its words are drawn; or why there is nothing to say any more.
Look = Callable[[Transaction, PlannedTouch, datetime], Awaitable[Item | Reason]]
# What becomes of one that would be said, but has to wait for its person.
PutOff = Callable[[Transaction, PlannedTouch, Move, datetime], Awaitable[Skip | Move]]
# Plans what comes next on their track, once they were said or skipped.
Follow = Callable[[Transaction, Sequence[PlannedTouch], datetime], Awaitable[None]]
FollowOne = Callable[[Transaction, PlannedTouch, datetime], Awaitable[None]]
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

    async def judge(tx: Transaction, planned: PlannedTouch, now: datetime) -> Verdict:
        found = await look(tx, planned, now)
        return Skip(found) if isinstance(found, Reason) else found

    return each(judge)


def each(judge: JudgeOne) -> Judge:
    """One by one: on tracks where a reader seldom has more than one."""

    async def judge_all(tx: Transaction, due: Sequence[PlannedTouch], now: datetime) -> Sequence[Verdict]:
        return [await judge(tx, planned, now) for planned in due]

    return judge_all


def in_turn(follow: FollowOne) -> Follow:
    """The same for what follows."""

    async def follow_all(tx: Transaction, ended: Sequence[PlannedTouch], now: datetime) -> None:
        for planned in ended:
            await follow(tx, planned, now)

    return follow_all


async def wait(tx: Transaction, planned: PlannedTouch, hold: Move, now: datetime) -> Skip | Move:
    """It makes as much sense on a later day."""
    return hold


async def nothing_follows(tx: Transaction, ended: Sequence[PlannedTouch], now: datetime) -> None:
    """They were the only ones."""
