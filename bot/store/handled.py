"""Which requests of Slack have had their effect: noted in its transaction, for as long as they may come again."""

from datetime import datetime

from sqlalchemy import delete

from bot.store.database import Transaction
from bot.store.schema import HandledRow
from bot.store.upsert import Insertion

_NOTE = Insertion(HandledRow, lambda row: row.on_conflict_do_nothing().returning(row.table.c.key))


async def note(tx: Transaction, key: str, now: datetime) -> bool:
    """False where it was noted before. Who notes the same at the same time waits until the first has ended."""
    noted = await tx.session.scalar(_NOTE.on(tx), {"tenant_id": tx.tenant, "key": key, "at": now})
    return noted is not None


async def forget(tx: Transaction, key: str) -> None:
    """It had no effect, so that it may be tried again."""
    await tx.session.execute(
        delete(HandledRow).where(HandledRow.key == key).execution_options(synchronize_session=False)
    )
