"""Slack installations: one tenant each, with its sealed token where the bot is installed in many workspaces."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import case, func, select

from bot.domain.ids import TenantId, UserId
from bot.store.database import Database, SystemTransaction
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
    sealed_refresh: str | None = None  # what the token is renewed with; None: it does not expire
    expires_at: datetime | None = None


async def of(tx: SystemTransaction, tenant: TenantId) -> Tenant | None:
    row = await tx.session.scalar(select(TenantRow).where(TenantRow.id == tenant))
    return _value(row) if row else None


async def all_active(tx: SystemTransaction) -> Sequence[Tenant]:
    rows = await tx.session.scalars(select(TenantRow).where(TenantRow.stopped_at.is_(None)).order_by(TenantRow.id))
    return [_value(row) for row in rows]


async def expiring(tx: SystemTransaction, until: datetime) -> Sequence[Tenant]:
    """Whose tokens will not hold until then and can be renewed, the most urgent first."""
    query = select(TenantRow).where(TenantRow.token_expires_at <= until, TenantRow.stopped_at.is_(None))
    rows = await tx.session.scalars(query.order_by(TenantRow.token_expires_at))
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
        refresh_token=tenant.sealed_refresh,
        token_expires_at=tenant.expires_at,
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
    granted = {name: new[name] for name in ("token", "refresh_token", "token_expires_at")}
    changed = {**kept, **granted, "refreshing_until": None, "installed_at": anew, "stopped_at": None}
    await tx.session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed))
    stored = await of(tx, tenant.id)
    assert stored is not None  # just stored
    return stored


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

    @property
    def refresh_token(self) -> str | None: ...

    @property
    def lifetime(self) -> timedelta | None: ...


class Keys(Protocol):
    def seal(self, secret: str, tenant: TenantId) -> str: ...


class Installations:
    """Where the page that Slack sends people back to puts an installation: its token only ever sealed."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db = db
        self._keys = keys

    async def save(self, installation: Granted, installed_by: UserId, now: datetime) -> None:
        granted, refresh, lifetime = installation, installation.refresh_token, installation.lifetime
        tenant = Tenant(
            granted.tenant,
            None,
            None,
            granted.bot_user_id,
            granted.bot_id,
            self._keys.seal(granted.bot_token, granted.tenant),
            stopped_at=None,
            sealed_refresh=self._keys.seal(refresh, granted.tenant) if refresh else None,
            expires_at=now + lifetime if refresh and lifetime else None,
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
        row.refresh_token,
        row.token_expires_at,
    )
