"""A person is taken out of everything that stays: a name of nobody stands where their id stood."""

import json
import re
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Table, Text, cast, delete, insert, literal, or_, select, tuple_, update

from bot.domain.delivery import DeliveryState
from bot.domain.ids import ChannelId, UserId
from bot.store.database import Transaction
from bot.store.erasing import Part
from bot.store.schema import (
    ActionRow,
    AnswerRow,
    Base,
    DeliveryRow,
    LaneRow,
    MeasureRow,
    MemberRow,
    NoteRow,
    PersonRow,
    RespondentRow,
    RoleRow,
    TenantRow,
    TouchRow,
    UndoRow,
    WishRow,
)


def own_rows(tenant: str, user: UserId) -> list[Part]:
    """What is about nobody else, or was written by them."""
    wanted: list[tuple[type[Any], ColumnElement[bool]]] = [
        (PersonRow, PersonRow.user_id == user),
        (MemberRow, MemberRow.user_id == user),
        (RoleRow, RoleRow.user_id == user),
        (NoteRow, NoteRow.author == user),
        (WishRow, WishRow.user_id == user),
        (TouchRow, or_(TouchRow.recipient == user, TouchRow.subject.endswith(f":{user}"))),
        (UndoRow, or_(UndoRow.actor == user, UndoRow.subject == user)),
        (DeliveryRow, DeliveryRow.channel_id == user),
        (LaneRow, LaneRow.channel_id == user),
    ]
    return [(row.__table__, (row.tenant_id == tenant) & condition) for row, condition in wanted]


async def take_back(tx: Transaction, user: UserId, now: datetime) -> None:
    """What waits to be said to them directly."""
    await tx.session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.channel_id == ChannelId(user), DeliveryRow.state == DeliveryState.PENDING)
        .values(state=DeliveryState.SUPPRESSED, reason="erased", settled_at=now)
        .execution_options(synchronize_session=False)
    )


async def forget_words(tx: Transaction, user: UserId) -> None:
    """What they said of their action points in their own words. Titles stay: they are the team's."""
    for words, author in ((ActionRow.blocked_why, ActionRow.owner), (ActionRow.drop_reason, ActionRow.closed_by)):
        await tx.session.execute(
            update(ActionRow)
            .where(author == user, words.is_not(None))
            .values({words: ""})
            .execution_options(synchronize_session=False)
        )


async def answers_of_nobody(tx: Transaction, user: UserId, nobody: UserId) -> int:
    """Their answers stay as numbers: what the team's result was made of. What was typed goes, and their role."""
    parts = (await tx.session.scalars(select(RespondentRow).where(RespondentRow.user_id == user))).all()
    kept = {column.name for column in RespondentRow.__table__.columns} - {"user_id", "persona"}
    for part in parts:
        values = {name: getattr(part, name) for name in kept} | {"user_id": nobody, "persona": None}
        await tx.session.execute(insert(RespondentRow).values(**values))
        for row, more in ((AnswerRow, {}), (MeasureRow, {"typed": ""})):
            await tx.session.execute(
                update(row)
                .where(row.assessment_id == part.assessment_id, row.user_id == user)
                .values(user_id=nobody, **more)
                .execution_options(synchronize_session=False)
            )
    await tx.session.execute(
        delete(RespondentRow).where(RespondentRow.user_id == user).execution_options(synchronize_session=False)
    )
    await tx.session.execute(
        update(TenantRow).where(TenantRow.id == tx.tenant, TenantRow.installed_by == user).values(installed_by=None)
    )
    return len(parts)


async def rename(tx: Transaction, table: Table, user: UserId, nobody: UserId) -> int:
    """In every text and every document of the table, wherever the id stands by itself; in how many rows."""
    there = re.compile(rf"(?<![A-Za-z0-9]){re.escape(user)}(?![A-Za-z0-9])")
    columns = [column for column in table.columns if isinstance(column.type, Text | JSON)]
    texts = [cast(column, Text) for column in columns if column.name != "tenant_id"]
    rows = await tx.session.execute(
        select(table).where(table.c.tenant_id == literal(tx.tenant), or_(*(text.contains(user) for text in texts)))
    )
    changed = 0
    for row in rows.mappings().all():
        values = {}
        for column in columns:
            before = row[column.name]
            after = _renamed(before, there, nobody)
            if after != before and column.name != "tenant_id":
                values[column.name] = after
        if values:
            key = tuple_(*table.primary_key.columns) == tuple(row[column.name] for column in table.primary_key.columns)
            await tx.session.execute(update(table).where(key).values(**values))
            changed += 1
    return changed


def _renamed(value: Any, there: re.Pattern[str], nobody: str) -> Any:
    if value is None:
        return None
    if isinstance(value, str):
        return there.sub(nobody, value)
    return json.loads(there.sub(nobody, json.dumps(value)))


def shared_tables() -> list[Table]:
    """Where people stand beside others' work. Answers are moved by themselves: their keys hang on each other."""
    moved = {row.__tablename__ for row in (RespondentRow, AnswerRow, MeasureRow, WishRow)}
    return [table for table in Base.metadata.sorted_tables if "tenant_id" in table.c and table.name not in moved]
