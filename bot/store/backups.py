"""A copy of a SQLite database that is whole whatever is written meanwhile, and ready to be started from."""

import asyncio
import sqlite3
from datetime import datetime
from pathlib import Path

from bot.store import backlog
from bot.store.database import Database, open_database


class NotSound(Exception):  # what the disk is, not a mistake of ours
    """The copy is damaged, and was thrown away."""


async def copy(db: Database, target: Path, now: datetime) -> int:
    """How many bytes it has. Raises FileExistsError, OSError or NotSound, and then leaves nothing behind."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        await asyncio.to_thread(_copy, str(db.engine.url.database), unfinished, target)
        await _ready_to_start(unfinished, now)
        return await asyncio.to_thread(_judged, unfinished, target)
    except sqlite3.Error as failed:
        raise NotSound from failed
    finally:
        for left in (unfinished, *(Path(f"{unfinished}{end}") for end in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)


def _copy(source: str, unfinished: Path, target: Path) -> None:
    if target.exists():
        raise FileExistsError(target)
    unfinished.unlink(missing_ok=True)  # of a backup that was killed
    unfinished.touch(mode=0o600)
    original, made = sqlite3.connect(source), sqlite3.connect(unfinished)
    try:
        # At one go: page by page it would begin anew with every commit of another process.
        original.backup(made)
    finally:
        made.close()
        original.close()


async def _ready_to_start(copied: Path, now: datetime) -> None:
    """Whoever starts from it does not know what was said since: it is looked for before it is said again."""
    db = open_database(f"sqlite+aiosqlite:///{copied}")
    try:
        async with db.begin_for_all() as tx:
            await backlog.doubt_all(tx, now)
    finally:
        await db.close()


def _judged(copied: Path, target: Path) -> int:
    """Puts it in its place, if it is sound."""
    made = sqlite3.connect(copied)
    try:
        # One file, without a log beside it that could be forgotten when it is carried away.
        made.execute("PRAGMA journal_mode=DELETE")
        found = [row[0] for row in made.execute("PRAGMA integrity_check")]
    finally:
        made.close()
    if found != ["ok"]:
        raise NotSound
    size = copied.stat().st_size
    copied.replace(target)
    return size
