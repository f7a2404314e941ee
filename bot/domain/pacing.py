"""How what comes late is told: in line, a few messages a minute in one workspace, however much has piled up.

After days without a worker everybody is owed a word at the same second. Each gets a place in their workspace's line;
what is said in its own time stands in none.
"""

from datetime import datetime, timedelta

from bot.domain.touches import Reason

LATE = timedelta(minutes=15)  # a full morning's work that is under way is not late yet
MOST_A_MINUTE = 20
MOST_AT_ONCE = 5  # a small workspace has caught up with that, and waits for nobody
# A place is good for a while, for nobody looks at every second. Whoever comes later stands in line again, so that a
# worker which was away for a minute or two does not say at once whatever was due meanwhile.
KEPT = timedelta(seconds=20)
# In any minute places of that minute and of such a while before it are used, and those of another such while may be
# in the outbox, left there by a worker that died.
APART = (timedelta(minutes=1) + 2 * KEPT) / (MOST_A_MINUTE - MOST_AT_ONCE)


def is_overdue(due_at: datetime, reason: str | None, now: datetime) -> bool:
    """Whether it belongs to what is caught up with. ``reason``: why it has been waiting."""
    return reason in (Reason.IN_LINE, Reason.LATE) or now - due_at > LATE


def needs_place(due_at: datetime, reason: str | None, now: datetime) -> bool:
    """Whether it has to stand in line before it is told."""
    if reason == Reason.IN_LINE:
        return now - due_at >= KEPT
    return is_overdue(due_at, reason, now)


def place(free_from: datetime | None, now: datetime) -> datetime:
    """The next place in a line that is taken until then; where few came of late, some are free that have gone by."""
    first = now - (MOST_AT_ONCE - 1) * APART
    return first if free_from is None else max(free_from, first)


def free_after(place: datetime) -> datetime:
    return place + APART
