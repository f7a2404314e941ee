"""Changes that can still be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select, update

from bot.domain.ids import UndoId, UserId
from bot.store.database import Transaction
from bot.store.schema import UndoRow


@dataclass(frozen=True, slots=True)
class Undo:
    """``before`` and ``after``: plain values, encoded and decoded by whoever made the change."""

    id: UndoId
    actor: UserId
    kind: str
    subject: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    expires_at: datetime
    undone_at: datetime | None


async def add(
    tx: Transaction,
    actor: UserId,
    kind: str,
    subject: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    now: datetime,
    expires_at: datetime,
) -> UndoId:
    undo = UndoId(uuid4().hex)
    said = {"actor": actor, "kind": kind, "subject": subject, "before": dict(before), "after": dict(after)}
    tx.session.add(UndoRow(tenant_id=tx.tenant, id=undo, **said, made_at=now, expires_at=expires_at, undone_at=None))
    await tx.session.flush()
    return undo


async def take(tx: Transaction, undo: UndoId) -> Undo | None:
    """Held until the transaction ends, so that it is taken back once."""
    query = select(UndoRow).where(UndoRow.id == undo)
    row = await tx.session.scalar(query.with_for_update() if tx.on_postgresql else query)
    return _value(row) if row else None


async def done(tx: Transaction, undo: UndoId, now: datetime) -> None:
    await tx.session.execute(
        update(UndoRow).where(UndoRow.id == undo).values(undone_at=now).execution_options(synchronize_session=False)
    )


def _value(row: UndoRow) -> Undo:
    return Undo(
        UndoId(row.id),
        UserId(row.actor),
        row.kind,
        row.subject,
        row.before,
        row.after,
        row.expires_at,
        row.undone_at,
    )
