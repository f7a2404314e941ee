"""What is done once more: PostgreSQL ended the transaction because another was in its way, or ended the connection.

SQLite has no such thing: whoever writes says so at the beginning, and then nobody else does (see `Database`).
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, InternalError

MOST_TIMES = 3
PAUSE_SECONDS = 0.1
MET = frozenset({"40001", "40P01"})  # not serializable; a deadlock
SHUT_DOWN = "57P01"  # by an operator
T = TypeVar("T")


def has_collided(trouble: Exception) -> bool:
    """``trouble`` of PostgreSQL's that the same work need not meet again."""
    if not isinstance(trouble, DBAPIError):
        return False
    # An internal error is what asyncpg says of a connection that its server has just left.
    is_lost = trouble.connection_invalidated or isinstance(trouble, InternalError)
    return is_lost or _state(trouble) == SHUT_DOWN or has_met_another(trouble)


def has_met_another(trouble: Exception) -> bool:
    """Two transactions wanted what the other had, and one was ended."""
    return isinstance(trouble, DBAPIError) and _state(trouble) in MET


def _state(trouble: DBAPIError) -> str | None:
    return getattr(trouble.orig, "sqlstate", None)


async def repeated(work: Callable[[], Awaitable[T]]) -> T:
    """``work`` begins and ends its transaction by itself, and does nothing beside it that may not be done again."""
    for left in reversed(range(MOST_TIMES)):
        try:
            return await work()
        except DBAPIError as trouble:
            if not left or not has_collided(trouble):
                raise
        # Not all at once: they would run into each other again.
        await asyncio.sleep(random.uniform(0, PAUSE_SECONDS))  # noqa: S311  # no secret
    raise AssertionError("the last time returns or raises")
