"""Very many messages that wait, put in by the database itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import text

from bot.domain.ids import TenantId
from bot.store.database import Database
from tests.store.builders import a_tenant, install

LANES = """
INSERT INTO lanes (tenant_id, channel_id, due_at, token, deliveries_numbered, failures, is_shared)
WITH RECURSIVE numbered(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbered WHERE n < :many)
SELECT :tenant, 'C_HEAP' || n, :due, 0, 1, 0, FALSE FROM numbered
"""
DELIVERIES = """
INSERT INTO deliveries (tenant_id, id, key, kind, fields, subject, channel_id, state, "order", not_before, token,
                        attempts, waits, crashes, created_at)
WITH RECURSIVE numbered(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbered WHERE n < :many)
SELECT :tenant, 'id-' || n, 'key-' || n, 'card', '{"card": "c"}', 's' || n, 'C_HEAP' || n, 'pending', 1, :due,
       0, 0, 0, 0, :due FROM numbered
"""


async def heap(db: Database, tenant: TenantId, many: int, due: datetime) -> None:
    """So many messages for as many channels, all due at once."""
    await install(db, a_tenant(tenant))
    at: Any = due.replace(tzinfo=None).isoformat(" ") + ".000000" if db.is_sqlite else due
    async with db.begin_for_all() as tx:
        for statement in (LANES, DELIVERIES):
            await tx.session.execute(text(statement), {"tenant": tenant, "many": many, "due": at})
    async with db.engine.begin() as connection:
        await connection.execute(text("ANALYZE"))
