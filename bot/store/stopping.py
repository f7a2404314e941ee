"""A workspace that removed the bot, or will not have it any more: nothing is sent until it is installed again."""

from datetime import datetime

from sqlalchemy import func, or_, update

from bot.domain.ids import TenantId
from bot.store.database import SystemTransaction, Transaction
from bot.store.schema import TenantRow


async def stop(tx: SystemTransaction | Transaction, tenant: TenantId, now: datetime) -> bool:
    """Its token is forgotten, and what is owed waits for another installation. True for the first to notice."""
    stopped = await tx.session.scalar(
        update(TenantRow)
        .where(TenantRow.id == tenant, or_(TenantRow.stopped_at.is_(None), TenantRow.token.is_not(None)))
        .values(
            token=None,
            refresh_token=None,
            token_expires_at=None,
            refreshing_until=None,
            stopped_at=func.coalesce(TenantRow.stopped_at, now),
        )
        .returning(TenantRow.id)
        .execution_options(synchronize_session=False)
    )
    return stopped is not None
