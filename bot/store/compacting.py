"""What was deleted leaves the database's file: SQLite keeps the bytes until it writes over them."""

import asyncio
import sqlite3

from bot.store.database import Database

PATIENCE_SECONDS = 30


async def compact(db: Database) -> bool:
    """False where others were at work on the file for too long. PostgreSQL looks after itself."""
    if not db.is_sqlite:
        return True
    return await asyncio.to_thread(_compact, str(db.engine.url.database))


def _compact(path: str) -> bool:
    file = sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)
    try:
        file.execute("VACUUM")
        busy, *_ = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        file.close()
    return not busy
