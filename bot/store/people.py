"""What reminders need to know of people: their zone, and whether they are still there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select, tuple_, update

from bot.domain.calendar import Pause
from bot.domain.ids import TenantId, UserId
from bot.domain.preferences import PersonPreferences
from bot.store.database import SystemTransaction, Transaction
from bot.store.schema import PersonRow, TenantRow
from bot.store.upsert import Insertion

_OF = select(PersonRow).where(PersonRow.user_id.in_(bindparam("users", expanding=True)))
# In one order, so that two who hold the same people never wait for each other in a ring.
_HELD = _OF.order_by(PersonRow.user_id).with_for_update()
_TO_ASK = (
    select(PersonRow.tenant_id, PersonRow.user_id)
    .join(TenantRow, TenantRow.id == PersonRow.tenant_id)
    .where(PersonRow.refresh_at <= bindparam("now"), TenantRow.stopped_at.is_(None))
    .order_by(PersonRow.refresh_at)
    .limit(bindparam("at_most"))
)
_MEET = Insertion(PersonRow, lambda row: row.values(is_member=True, is_active=True).on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class Person:
    user: UserId
    zone: str | None  # as Slack says
    is_member: bool
    is_active: bool
    is_admin: bool  # of the workspace, as Slack says
    refreshed_at: datetime | None  # None: Slack was not asked yet
    refresh_at: datetime | None
    chosen: PersonPreferences


async def of(tx: Transaction, users: Collection[UserId]) -> Mapping[UserId, Person]:
    rows = await tx.session.scalars(_OF, {"users": list(users)})
    return {UserId(row.user_id): value_of(row) for row in rows}


async def meet(tx: Transaction, user: UserId, now: datetime) -> None:
    """Makes a person known by id; the worker asks Slack for the rest."""
    await tx.session.execute(_MEET.on(tx), {"tenant_id": tx.tenant, "user_id": user, "refresh_at": now})


async def welcome(tx: Transaction, user: UserId, now: datetime) -> bool:
    """False when the bot has introduced itself to this person before."""
    await meet(tx, user, now)
    welcomed = await tx.session.scalar(
        update(PersonRow)
        .where(PersonRow.user_id == user, PersonRow.welcomed_at.is_(None))
        .values(welcomed_at=now)
        .returning(PersonRow.user_id)
        .execution_options(synchronize_session=False)
    )
    return welcomed is not None


async def hold(tx: Transaction, user: UserId) -> Person | None:
    """The person, held until the transaction ends: what is said to somebody is decided by one process at a time."""
    return (await hold_each(tx, [user])).get(user)


async def hold_each(tx: Transaction, users: Collection[UserId]) -> Mapping[UserId, Person]:
    """The same of several; who is not known is left out."""
    rows = await tx.session.scalars(_HELD if tx.on_postgresql else _OF, {"users": list(users)})
    return {UserId(row.user_id): value_of(row) for row in rows}


async def put(
    tx: Transaction,
    user: UserId,
    zone: str | None,
    is_member: bool,
    is_active: bool,
    now: datetime,
    *,
    is_admin: bool = False,
) -> bool:
    """Stores what Slack says; True when that changes anything. Someone who never took part is not added."""
    before = (await of(tx, [user])).get(user)
    if before is None:
        return False
    told = {"zone": zone, "is_member": is_member, "is_active": is_active, "is_admin": is_admin}
    await tx.session.execute(
        update(PersonRow)
        .where(PersonRow.user_id == user)
        .values(**told, refreshed_at=now, refresh_at=None)
        .execution_options(synchronize_session=False)
    )
    return (before.zone, before.is_member, before.is_active) != (zone, is_member, is_active)


async def choose(tx: Transaction, user: UserId, chosen: PersonPreferences) -> None:
    """Stores what a person who is known chose about their reminders."""
    pause = chosen.pause
    await tx.session.execute(
        update(PersonRow)
        .where(PersonRow.user_id == user)
        .values(
            profile=chosen.profile,
            wanted_at=chosen.at,
            wanted_zone=chosen.zone,
            weekdays=chosen.weekdays,
            country=chosen.country,
            paused_from=pause.first if pause else None,
            paused_until=pause.last if pause else None,
        )
        .execution_options(synchronize_session=False)
    )


async def zones(tx: Transaction) -> Mapping[UserId, str | None]:
    """By what zone each goes who is still here and of whom Slack was asked: their choice, else what it says."""
    rows = await tx.session.execute(
        select(PersonRow.user_id, PersonRow.wanted_zone, PersonRow.zone)
        .where(PersonRow.is_active, PersonRow.refreshed_at.is_not(None))
        .order_by(PersonRow.user_id)
    )
    return {UserId(user): chosen or told for user, chosen, told in rows}


async def ask(tx: Transaction, user: UserId, at: datetime) -> None:
    """Slack is to be asked about this person at that time."""
    await tx.session.execute(
        update(PersonRow)
        .where(PersonRow.user_id == user)
        .values(refresh_at=at)
        .execution_options(synchronize_session=False)
    )


async def known_before(
    tx: SystemTransaction, who: Collection[tuple[TenantId, UserId]], since: datetime
) -> list[tuple[TenantId, UserId]]:
    """Those of them of whom Slack last told before that, and is not to be asked already."""
    rows = await tx.session.execute(
        select(PersonRow.tenant_id, PersonRow.user_id).where(
            tuple_(PersonRow.tenant_id, PersonRow.user_id).in_(who),
            PersonRow.refresh_at.is_(None),
            or_(PersonRow.refreshed_at.is_(None), PersonRow.refreshed_at < since),
        )
    )
    return [(TenantId(tenant), UserId(user)) for tenant, user in rows]


async def to_ask(tx: SystemTransaction, now: datetime, at_most: int) -> list[tuple[TenantId, UserId]]:
    """Whom Slack is to be asked about by now, in every workspace that has not stopped."""
    rows = await tx.session.execute(_TO_ASK, {"now": now, "at_most": at_most})
    return [(TenantId(tenant), UserId(user)) for tenant, user in rows]


def value_of(row: PersonRow) -> Person:
    return Person(
        UserId(row.user_id),
        row.zone,
        row.is_member,
        row.is_active,
        row.is_admin,
        row.refreshed_at,
        row.refresh_at,
        PersonPreferences(
            profile=row.profile,
            at=row.wanted_at,
            zone=row.wanted_zone,
            weekdays=row.weekdays,
            country=row.country,
            pause=Pause(row.paused_from, row.paused_until) if row.paused_from and row.paused_until else None,
        ),
    )
