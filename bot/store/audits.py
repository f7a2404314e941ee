"""Who did what that matters, for whoever has to account for it."""

from datetime import datetime
from uuid import uuid4

from bot.domain.audited import Audited
from bot.domain.ids import UserId
from bot.store.database import Transaction
from bot.store.schema import AuditRow


async def note(tx: Transaction, actor: UserId, what: Audited, subject: str, now: datetime) -> None:
    """In the transaction of what was done. ``subject``: an id, never anything that somebody wrote."""
    tx.session.add(AuditRow(tenant_id=tx.tenant, id=uuid4().hex, at=now, actor=actor, what=what.value, subject=subject))
    await tx.session.flush()
