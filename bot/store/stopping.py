"""A workspace that will not have us any more: nothing is sent there until it is installed again."""

from datetime import datetime

from sqlalchemy import update

from bot.domain.ids import TenantId
from bot.store.database import SystemTransaction
from bot.store.schema import TenantRow


async def stop(tx: SystemTransaction, tenant: TenantId, now: datetime) -> bool:
    """True for the first to notice."""
    stopped = await tx.session.scalar(
        update(TenantRow)
        .where(TenantRow.id == tenant, TenantRow.stopped_at.is_(None))
        .values(stopped_at=now)
        .returning(TenantRow.id)
        .execution_options(synchronize_session=False)
    )
    return stopped is not None
