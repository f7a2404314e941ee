"""A token that expires is renewed by one at a time for each workspace, and what comes of it kept once.

Whoever renews it has a lease and not a lock: Slack may take seconds, and everybody who waits for a lock holds a
connection. Taking it looks once more at what is stored, with the row locked: who saw an older token gets nothing.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from bot.domain.ids import TenantId
from bot.store import lanes
from bot.store.database import SystemTransaction
from bot.store.schema import TenantRow

LEASE = timedelta(seconds=20)  # longer than a call of Slack's may take


async def take(tx: SystemTransaction, tenant: TenantId, seen: str, now: datetime) -> str | None:
    """What to renew it with. None: somebody is at it, or it is another token by now than the one that was seen."""
    return await tx.session.scalar(
        update(TenantRow)
        .where(
            TenantRow.id == tenant,
            TenantRow.token == seen,
            TenantRow.refresh_token.is_not(None),
            TenantRow.stopped_at.is_(None),
            lanes.is_over(tx, TenantRow.refreshing_until, now),
        )
        .values(refreshing_until=lanes.lease_ends(tx, now, LEASE))
        .returning(TenantRow.refresh_token)
        .execution_options(synchronize_session=False)
    )


async def keep(tx: SystemTransaction, tenant: TenantId, used: str, token: str, refresh: str, until: datetime) -> bool:
    """All of it sealed. False where somebody else has renewed it, or installed the bot once more, meanwhile."""
    kept = await tx.session.scalar(
        update(TenantRow)
        .where(TenantRow.id == tenant, TenantRow.refresh_token == used, TenantRow.stopped_at.is_(None))
        .values(token=token, refresh_token=refresh, token_expires_at=until, refreshing_until=None)
        .returning(TenantRow.id)
        .execution_options(synchronize_session=False)
    )
    return kept is not None


async def give_back(tx: SystemTransaction, tenant: TenantId, used: str) -> None:
    """It could not be renewed just now."""
    await tx.session.execute(
        update(TenantRow)
        .where(TenantRow.id == tenant, TenantRow.refresh_token == used)
        .values(refreshing_until=None)
        .execution_options(synchronize_session=False)
    )


async def is_still(tx: SystemTransaction, tenant: TenantId, used: str) -> bool:
    """Whether that is what it would be renewed with; the row stays as it is until the transaction ends."""
    query = select(TenantRow.id).where(TenantRow.id == tenant, TenantRow.refresh_token == used)
    return await tx.session.scalar(query.with_for_update()) is not None
