"""When each tick was last begun, whichever process does it."""

from datetime import datetime

from sqlalchemy import select

from bot.store.database import SystemTransaction, Transaction
from bot.store.schema import HeartbeatRow
from bot.store.upsert import insert_into


async def beat(tx: SystemTransaction, name: str, now: datetime) -> None:
    await tx.session.execute(
        insert_into(tx, HeartbeatRow)
        .values(name=name, at=now)
        .on_conflict_do_update(index_elements=["name"], set_={"at": now})
    )


async def last(tx: SystemTransaction | Transaction, name: str) -> datetime | None:
    return await tx.session.scalar(select(HeartbeatRow.at).where(HeartbeatRow.name == name))
