"""What the workers of a fault case are told when they are started, and the time they live in."""

import json
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from bot.slack.calling import TIMEOUT_SECONDS


@dataclass(frozen=True, slots=True)
class Time:
    """Runs so many times as fast as the machine's: a lease of a minute is over in three seconds at twenty.

    Workers, the database and the stand-in all live in it, so that every span keeps its proportion to every other.
    """

    since: float
    speed: float = 1.0

    def unix(self) -> float:
        return self.since + (time.time() - self.since) * self.speed  # noqa: TID251  # the tests' own reader

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.unix(), UTC)

    def steady(self) -> float:
        return time.clock_gettime(time.CLOCK_BOOTTIME) * self.speed

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

    @property
    def time(self) -> Time:
        return Time(self.since, self.speed)

    def written(self) -> str:
        return json.dumps(asdict(self))


def read(text: str) -> Life:
    return Life(**json.loads(text))
