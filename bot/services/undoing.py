"""Undo, for ten minutes after every change: things are put back as they were, unless somebody changed them since."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.ids import UndoId, UserId
from bot.store import undos
from bot.store.database import Transaction
from bot.store.undos import Undo

UNDO_FOR = timedelta(minutes=10)

Values = Mapping[str, Any]
# Puts things back; False when they are not any more as the change left them.
Restore = Callable[[Transaction, Undo, datetime], Awaitable[bool]]


class Kind(StrEnum):
    """What was changed. Each has its function in the table that ``undo`` is given."""

    ACTION = "action"
    PERSON = "person"
    TEAM = "team"
    LEAD = "lead"
    MEMBER = "member"
    POLICY = "policy"
    ROLE = "role"
    TOUCH = "touch"


@dataclass(frozen=True, slots=True)
class Undone:
    kind: Kind
    subject: str


@dataclass(frozen=True, slots=True)
class TooLate:
    """The ten minutes are over."""


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """Somebody changed it since, and that stands."""


@dataclass(frozen=True, slots=True)
class NothingToUndo:
    """Taken back already, somebody else's change, or never there: all said in the same words."""


Outcome = Undone | TooLate | ChangedSince | NothingToUndo


async def remember(
    tx: Transaction, actor: UserId, kind: Kind, subject: str, before: Values, after: Values, now: datetime
) -> UndoId:
    """In the transaction of the change; the id goes onto the button."""
    return await undos.add(tx, actor, kind, subject, before, after, now, now + UNDO_FOR)


async def undo(
    tx: Transaction, restores: Mapping[Kind, Restore], undo_id: UndoId, actor: UserId, now: datetime
) -> Outcome:
    found = await undos.take(tx, undo_id)
    if found is None or found.actor != actor or found.undone_at is not None:
        return NothingToUndo()
    if now >= found.expires_at:
        return TooLate()
    kind = Kind(found.kind)
    if not await restores[kind](tx, found, now):
        return ChangedSince()
    await undos.done(tx, undo_id, now)
    return Undone(kind, found.subject)
