"""The line of a workspace: until when its places are taken by what comes late."""

from datetime import datetime

from sqlalchemy import select, update

from bot.domain import pacing
from bot.store.database import Transaction
from bot.store.schema import TenantRow


async def take_place(tx: Transaction, now: datetime) -> datetime:
    """The next one. Whoever else wants one waits until this transaction ends."""
    # Locked like a row whose key stays: nobody has to wait who only stores something of this workspace.
    query = select(TenantRow.line_until).where(TenantRow.id == tx.tenant).with_for_update(key_share=True)
    place = pacing.place(await tx.session.scalar(query), now)
    await tx.session.execute(
        update(TenantRow)
        .where(TenantRow.id == tx.tenant)
        .values(line_until=pacing.free_after(place))
        .execution_options(synchronize_session=False)
    )
    return place
