"""What reminders need to know of people: their zone, and whether they are still there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from bot.domain.ids import TenantId, UserId
from bot.store.database import SystemTransaction, Transaction
from bot.store.schema import PersonRow, TenantRow
from bot.store.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Person:
    user: UserId
    zone: str | None
    country: str | None
    is_member: bool
    is_active: bool
    refreshed_at: datetime | None  # None: Slack was not asked yet
    refresh_at: datetime | None


async def of(tx: Transaction, users: Collection[UserId]) -> Mapping[UserId, Person]:
    rows = await tx.session.scalars(select(PersonRow).where(PersonRow.user_id.in_(users)))
    return {UserId(row.user_id): _value(row) for row in rows}


async def meet(tx: Transaction, user: UserId, now: datetime) -> None:
    """Makes a person known by id; the worker asks Slack for the rest."""
    await tx.session.execute(
        insert_into(tx, PersonRow)
        .values(tenant_id=tx.tenant, user_id=user, is_member=True, is_active=True, refresh_at=now)
        .on_conflict_do_nothing()
    )


async def put(tx: Transaction, user: UserId, zone: str | None, is_member: bool, is_active: bool, now: datetime) -> bool:
    """Stores what Slack says; True when that changes anything. Someone who never took part is not added."""
    before = (await of(tx, [user])).get(user)
    if before is None:
        return False
    await tx.session.execute(
        update(PersonRow)
        .where(PersonRow.user_id == user)
        .values(zone=zone, is_member=is_member, is_active=is_active, refreshed_at=now, refresh_at=None)
        .execution_options(synchronize_session=False)
    )
    return (before.zone, before.is_member, before.is_active) != (zone, is_member, is_active)


async def ask(tx: Transaction, user: UserId, at: datetime) -> None:
    """Slack is to be asked about this person at that time."""
    await tx.session.execute(
        update(PersonRow)
        .where(PersonRow.user_id == user)
        .values(refresh_at=at)
        .execution_options(synchronize_session=False)
    )


async def to_ask(tx: SystemTransaction, now: datetime, at_most: int) -> list[tuple[TenantId, UserId]]:
    """Whom Slack is to be asked about by now, in every workspace that has not stopped."""
    rows = await tx.session.execute(
        select(PersonRow.tenant_id, PersonRow.user_id)
        .join(TenantRow, TenantRow.id == PersonRow.tenant_id)
        .where(PersonRow.refresh_at <= now, TenantRow.stopped_at.is_(None))
        .order_by(PersonRow.refresh_at)
        .limit(at_most)
    )
    return [(TenantId(tenant), UserId(user)) for tenant, user in rows]


def _value(row: PersonRow) -> Person:
    return Person(
        UserId(row.user_id),
        row.zone,
        row.country,
        row.is_member,
        row.is_active,
        row.refreshed_at,
        row.refresh_at,
    )
