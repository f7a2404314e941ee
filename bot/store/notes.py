"""What people said about a change in their own words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select

from bot.domain.ids import ActionId, NoteId, UserId
from bot.store.database import Transaction
from bot.store.schema import NoteRow


@dataclass(frozen=True, slots=True)
class Note:
    id: NoteId
    action: ActionId
    author: UserId
    words: str


async def add(tx: Transaction, action: ActionId, author: UserId, words: str, now: datetime) -> NoteId:
    note = NoteId(uuid4().hex)
    tx.session.add(NoteRow(tenant_id=tx.tenant, id=note, action_id=action, author=author, words=words, made_at=now))
    await tx.session.flush()
    return note


async def by_id(tx: Transaction, note: NoteId) -> Note | None:
    row = await tx.session.scalar(select(NoteRow).where(NoteRow.id == note))
    return Note(NoteId(row.id), ActionId(row.action_id), UserId(row.author), row.words) if row else None
