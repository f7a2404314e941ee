"""A throw-away PostgreSQL server for tests: nothing is installed, no port is fixed, nothing is left behind."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

OWNER = "finops"
EMPTY = "template0"
STARTING_ATTEMPTS = 5
# Whoever is still connected goes first, or the tables could not be locked.
EMPTIED = """
DO $$ BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    EXECUTE (SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') || ' RESTART IDENTITY' FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version');
END $$
"""

# A test's data dies with the server, so nothing is worth waiting for the disk.
FAST: Mapping[str, str] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
NOTHING_MORE: Mapping[str, str] = {}


class PostgresError(Exception):
    """What a program of the server said when it refused."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; anyone on this machine may connect as its owner while the tests last."""

    programs: Path
    port: int
    directory: str
    settings: Mapping[str, str]
    environment: Mapping[str, str]
    numbers: Iterator[int] = field(default_factory=count)
    templates: set[str] = field(default_factory=set)

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://{OWNER}@127.0.0.1:{self.port}/{database}"

    def template(self, name: str, fill: Callable[[str], None], copy_of: str = EMPTY) -> str:
        """Makes a database once and fills it, so that `fresh_database` can copy it in milliseconds.

        `fill` gets the database's address and must have closed its connections when it returns.
        """
        if name not in self.templates:
            self._execute(f"CREATE DATABASE {name} TEMPLATE {copy_of}")
            fill(self.url(name))
            self.templates.add(name)
        return name

    @contextmanager
    def emptied_database(self, template: str) -> Iterator[str]:
        """The address of a copy of a template that serves test after test: emptying one is quicker than copying."""
        name = self.template(f"{template}_again", lambda url: None, copy_of=template)
        try:
            yield self.url(name)
        finally:
            self._execute(EMPTIED, name)

    @contextmanager
    def fresh_database(self, template: str = EMPTY) -> Iterator[str]:
        """The address of a new database, empty or a copy of a template; dropped with whoever is still connected."""
        name = f"fresh_{next(self.numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def crash(self) -> None:
        """As if its machine lost power, but for what the disk was given."""
        _run(
            self.programs / "pg_ctl", "stop", "--mode=immediate", f"--pgdata={self.directory}/data", account=_account()
        )

    def start_again(self) -> None:
        _start(self.programs, self.directory, self.settings, self.environment, _account(), self.port)

    def _execute(self, statement: str, database: str = "postgres") -> None:
        address = ["--host=127.0.0.1", f"--port={self.port}", f"--username={OWNER}", f"--dbname={database}"]
        _run(self.programs / "psql", "--no-psqlrc", "--quiet", *address, f"--command={statement}")


def programs() -> Path | None:
    """The directory with the server's programs: the one in PATH, else the newest that Debian keeps out of PATH."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in installed), key=lambda path: float(path.parent.name), default=None)


@contextmanager
def running(
    programs: Path, settings: Mapping[str, str] = FAST, environment: Mapping[str, str] = NOTHING_MORE
) -> Iterator[Cluster]:
    """A server of its own; `settings={}` gives one that keeps its promises to the disk.

    `environment`: what its processes find in theirs beside what this one has.
    """
    account = _account()
    # Not under pytest's directories: those are closed to other accounts, and a socket's path must be short.
    with tempfile.TemporaryDirectory(prefix="finops-pg-") as directory:
        if account:
            shutil.chown(directory, account, pwd.getpwnam(account).pw_gid)
        data = f"{directory}/data"
        choices = ["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
        _run(programs / "initdb", f"--pgdata={data}", f"--username={OWNER}", *choices, account=account)
        port = _start(programs, directory, settings, environment, account)
        try:
            yield Cluster(programs, port, directory, settings, environment)
        finally:
            _run(programs / "pg_ctl", "stop", "--mode=immediate", f"--pgdata={data}", account=account)


def _start(
    programs: Path,
    directory: str,
    settings: Mapping[str, str],
    environment: Mapping[str, str],
    account: str | None,
    again: int | None = None,
) -> int:
    # Another process can take a free port between our look and the server's start: then look again.
    for attempt in range(1, STARTING_ATTEMPTS + 1):
        port = again or _free_port()
        chosen = {
            "port": str(port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": directory,
            "max_connections": "200",
            **settings,
        }
        options = " ".join(f"-c {name}={value}" for name, value in chosen.items())
        place = [f"--pgdata={directory}/data", f"--log={directory}/log"]
        try:
            start = ("start", "--wait", *place, f"--options={options}")
            _run(programs / "pg_ctl", *start, account=account, environment=environment)
        except PostgresError as failure:
            if attempt == STARTING_ATTEMPTS:
                failure.add_note(Path(directory, "log").read_text())
                raise
        else:
            return port
    raise AssertionError("the last attempt returns or raises")


def _account() -> str | None:
    """Whom to run as: PostgreSQL refuses root, so root lends it the account made for it, or the one without rights."""
    if os.geteuid() != 0:
        return None
    accounts = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in accounts else "nobody"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def _run(
    program: Path, *arguments: str, account: str | None = None, environment: Mapping[str, str] = NOTHING_MORE
) -> None:
    group = pwd.getpwnam(account).pw_gid if account else None
    # Not a pipe: the server inherits it from pg_ctl and would keep it open for as long as it lives.
    with tempfile.TemporaryFile() as said:
        finished = subprocess.run(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={**os.environ, **environment},  # noqa: TID251  # of the test's own process
            user=account,
            group=group,
            extra_groups=[] if account else None,
            check=False,
        )
        if finished.returncode:
            said.seek(0)
            raise PostgresError(f"{program.name} failed: {said.read().decode(errors='replace')}")
