"""What the quarter needs of a bot, and the quickest one: in the test's own process, with a clock moved by hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.store.database import Database
from sandbox import SlackStandIn
from tests.flows.assessment import CRAWL, assessed
from tests.flows.world import World

HALF_AN_HOUR = timedelta(minutes=30)


class Living(Protocol):
    """A bot in a workspace, and time that passes for both of them."""

    @property
    def slack(self) -> SlackStandIn: ...

    @property
    def db(self) -> Database: ...

    @property
    def step(self) -> timedelta:
        """No look is taken sooner than this after another: who is written to within it comes in one."""

    def now(self) -> datetime: ...

    async def leap(self, span: timedelta) -> None:
        """Time passes; whatever came due meanwhile is looked at when it settles."""

    async def outage(self, until: datetime) -> None:
        """Nothing of the bot runs until then."""

    async def settle(self) -> None:
        """Everything that is due by now has been decided and said."""

    async def answered(self) -> None:
        """What the bot does after an answer to Slack is done."""

    async def assess(self, channel: str, lead: str) -> None:
        """A team's first assessment, at the lowest stage, without action points."""


@dataclass(frozen=True, slots=True)
class InProcess:
    world: World
    step: timedelta = HALF_AN_HOUR

    @property
    def slack(self) -> SlackStandIn:
        return self.world.slack

    @property
    def db(self) -> Database:
        return self.world.db

    def now(self) -> datetime:
        return self.world.now()

    async def leap(self, span: timedelta) -> None:
        self.world.clock.advance(span.total_seconds())

    async def outage(self, until: datetime) -> None:
        await self.leap(until - self.now())

    async def settle(self) -> None:
        await self.world.settle()

    async def answered(self) -> None:
        await self.world.answered()

    async def assess(self, channel: str, lead: str) -> None:
        await assessed(self.world, 1, CRAWL, channel=channel, user=lead)
