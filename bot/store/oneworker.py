"""On SQLite there is one worker: two would claim the same deliveries, and no lock of the database's could tell."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store.database import Database


class SecondWorker(Exception):
    """Another process already is the worker of this SQLite file."""


@contextmanager
def the_only_worker(db: Database) -> Iterator[None]:
    """Held while the process lives; the system lets go of it when the process dies, however it dies."""
    path = db.engine.url.database
    if not db.is_sqlite or not path:
        yield
        return
    with Path(f"{path}.worker.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SecondWorker(path) from None
        yield
