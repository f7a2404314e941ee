"""``python -m bot backup``: a copy of the SQLite database while it is in use."""

from pathlib import Path

import click

from bot.app import utc_now
from bot.operating.terminal import on_database, refuse
from bot.store import backups
from bot.store.backups import NotSound
from bot.store.database import Database

USE_PG_DUMP = "the database is PostgreSQL: use pg_dump --format=custom, and pg_restore to go back"


@click.command(help="Writes a sound copy of the SQLite database, in use or not, to a new FILE.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    async def copied(db: Database) -> int:
        if not db.is_sqlite:
            refuse(USE_PG_DUMP)
        return await backups.copy(db, file, utc_now())

    try:
        size = on_database(copied)
    except FileExistsError:
        refuse(f"{file} exists already, and is left as it is")
    except NotSound:
        refuse(f"{file} was not written: the copy is damaged, see `PRAGMA integrity_check` of the database")
    except OSError as trouble:
        refuse(f"{file} cannot be written ({trouble.strerror})")
    click.echo(f"{file}: {size} bytes, and sound.")
