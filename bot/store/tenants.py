"""Slack installations: one tenant each, with its sealed token where the bot is installed in many workspaces."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import case, func, select, update

from bot.domain.ids import TenantId, UserId
from bot.store.database import Database, SystemTransaction, Transaction
from bot.store.schema import TenantRow
from bot.store.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Tenant:
    id: TenantId
    team_id: str | None
    enterprise_id: str | None
    bot_user_id: UserId | None
    bot_id: str | None
    sealed_token: str | None
    stopped_at: datetime | None


async def of(tx: SystemTransaction, tenant: TenantId) -> Tenant | None:
    row = await tx.session.scalar(select(TenantRow).where(TenantRow.id == tenant))
    return _value(row) if row else None


async def all_active(tx: SystemTransaction) -> Sequence[Tenant]:
    rows = await tx.session.scalars(select(TenantRow).where(TenantRow.stopped_at.is_(None)).order_by(TenantRow.id))
    return [_value(row) for row in rows]


async def installed(tx: SystemTransaction, tenant: Tenant, now: datetime, installed_by: UserId | None = None) -> Tenant:
    """Stores an installation; one that had stopped goes on. What is not known this time stays as it was."""
    statement = insert_into(tx, TenantRow).values(
        id=tenant.id,
        team_id=tenant.team_id,
        enterprise_id=tenant.enterprise_id,
        bot_user_id=tenant.bot_user_id,
        bot_id=tenant.bot_id,
        token=tenant.sealed_token,
        installed_by=installed_by,
        installed_at=now,
    )
    new = statement.excluded
    kept = {
        name: func.coalesce(new[name], getattr(TenantRow, name))
        for name in ("team_id", "enterprise_id", "bot_user_id", "bot_id", "installed_by")
    }
    # A bot that starts with the one token of its settings says so each time: that is no new installation.
    anew = case(
        (TenantRow.stopped_at.is_not(None) | new.token.is_not(None), new.installed_at), else_=TenantRow.installed_at
    )
    await tx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"], set_={**kept, "token": new.token, "installed_at": anew, "stopped_at": None}
        )
    )
    stored = await of(tx, tenant.id)
    assert stored is not None  # just stored
    return stored


async def stop(tx: SystemTransaction | Transaction, tenant: TenantId, now: datetime) -> None:
    """The token is forgotten and nothing is sent any more; what is owed waits for another installation."""
    await tx.session.execute(
        update(TenantRow)
        .where(TenantRow.id == tenant)
        .values(token=None, stopped_at=func.coalesce(TenantRow.stopped_at, now))
        .execution_options(synchronize_session=False)
    )


class Granted(Protocol):
    """What Slack hands over when somebody installs the bot."""

    @property
    def tenant(self) -> TenantId: ...

    @property
    def bot_token(self) -> str: ...

    @property
    def bot_user_id(self) -> UserId: ...

    @property
    def bot_id(self) -> str | None: ...


class Keys(Protocol):
    def seal(self, secret: str, tenant: TenantId) -> str: ...


class Installations:
    """Where the page that Slack sends people back to puts an installation: its token only ever sealed."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db = db
        self._keys = keys

    async def save(self, installation: Granted, installed_by: UserId, now: datetime) -> None:
        sealed = self._keys.seal(installation.bot_token, installation.tenant)
        tenant = Tenant(
            installation.tenant, None, None, installation.bot_user_id, installation.bot_id, sealed, stopped_at=None
        )
        async with self._db.begin_for_all() as tx:
            await installed(tx, tenant, now, installed_by or None)


def _value(row: TenantRow) -> Tenant:
    return Tenant(
        TenantId(row.id),
        row.team_id,
        row.enterprise_id,
        UserId(row.bot_user_id) if row.bot_user_id else None,
        row.bot_id,
        row.token,
        row.stopped_at,
    )
