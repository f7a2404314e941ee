"""What the workers of a fault case are told when they are started, and the time they live in."""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import text

from bot.slack.calling import TIMEOUT_SECONDS
from bot.slack.secrets import KeyRing
from bot.store.database import Database

KEYS = KeyRing(["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="])
# In the place of the server's own: it is found first, and runs as fast as everybody else's.
CLOCK = """
CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
    $$ SELECT to_timestamp({since}) + (pg_catalog.clock_timestamp() - to_timestamp({since})) * {speed} $$;
DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET search_path = public, pg_catalog', current_database());
END $$
"""


@dataclass(frozen=True, slots=True)
class Time:
    """Runs so many times as fast as the machine's: a lease of a minute is over in three seconds at twenty.

    Workers, the database and the stand-in all live in it, so that every span keeps its proportion to every other.
    """

    since: float  # by the machine's clock
    speed: float
    start: float  # what time it was in this world then

    def unix(self) -> float:
        return self.unix_at(time.time())  # noqa: TID251  # the tests' own reader

    def unix_at(self, moment: float) -> float:
        return self.start + (moment - self.since) * self.speed

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.unix(), UTC)

    def steady(self) -> float:
        return time.clock_gettime(time.CLOCK_BOOTTIME) * self.speed

    async def pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.speed)

    @property
    def call_seconds(self) -> float:
        """How long a worker waits for Slack's answer, by the machine's clock."""
        return TIMEOUT_SECONDS / self.speed


@dataclass(frozen=True, slots=True)
class Life:
    database_url: str
    api_url: str
    token: str
    fault: str
    workers: int
    hands: int  # how many deliveries a worker has under way at once
    deaths: int | None  # so many may die of it; whoever is started afterwards is spared
    seed: int
    since: float
    speed: float
    start: float
    plans: bool  # decides what is due as well
    client: Sequence[str]  # id and secret of an app whose tokens expire; empty: there is one token, for ever

    @property
    def time(self) -> Time:
        return Time(self.since, self.speed, self.start)

    def written(self) -> str:
        return json.dumps(asdict(self))


def read(written: str) -> Life:
    return Life(**json.loads(written))


async def hasten(database: Database, since: float, speed: float) -> None:
    async with database.engine.begin() as connection:
        for statement in CLOCK.format(since=since, speed=speed).split(";\nDO"):
            await connection.execute(text(statement if "FUNCTION" in statement else f"DO{statement}"))
    await database.engine.dispose()  # what is connected already goes by the clock of before
