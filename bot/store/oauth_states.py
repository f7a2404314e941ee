"""Installations that were begun and not finished yet; of each only the digest of its secret."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete

from bot.store.database import Database
from bot.store.schema import OAuthStateRow
from bot.store.upsert import insert_into


class OAuthStates:
    def __init__(self, db: Database, now: Callable[[], datetime]) -> None:
        self._db = db
        self._now = now

    async def keep(self, digest: str, expires_at: datetime) -> None:
        """Sweeps on the way: whoever begins installations by the thousand leaves none for longer than they live."""
        async with self._db.begin_for_all() as tx:
            await tx.session.execute(
                delete(OAuthStateRow)
                .where(OAuthStateRow.expires_at <= self._now())
                .execution_options(synchronize_session=False)
            )
            await tx.session.execute(insert_into(tx, OAuthStateRow).values(digest=digest, expires_at=expires_at))

    async def consume(self, digest: str, now: datetime) -> bool:
        """Whether it was there and had not expired. One statement, so that of two who ask at once one is told yes."""
        async with self._db.begin_for_all() as tx:
            expires_at = await tx.session.scalar(
                delete(OAuthStateRow)
                .where(OAuthStateRow.digest == digest)
                .returning(OAuthStateRow.expires_at)
                .execution_options(synchronize_session=False)
            )
        return expires_at is not None and expires_at > now
