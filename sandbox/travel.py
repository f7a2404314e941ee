"""Moving the workspace's time, with the app's process following."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sandbox.child import Child
from sandbox.standin import SlackStandIn
from sandbox.values import Impossible

DAY = 86_400.0
MOST_DAYS = 45
DELIVERY_SECONDS = 2.0
STIRRING_SECONDS = 2.5  # within which an app that has just started does something, if anything came due
SPEAKING_SECONDS = 20.0  # within which one that does something may say something


@dataclass(frozen=True, slots=True)
class Journey:
    """What is going on, or how it ended, for whoever watches."""

    moving: bool = False
    note: str = ""


class Travel:
    """One journey at a time. Without a process of ours only the workspace's own clock moves."""

    def __init__(self, slack: SlackStandIn, child: Child | None) -> None:
        self._slack = slack
        self._child = child
        self.journey = Journey()

    async def by(self, seconds: float) -> None:
        async with self._travelling():
            await self._go(seconds)

    async def until_the_app_speaks(self, first: float) -> bool:
        """To a moment `first`, then a day at a time, until the app says something; False if it is silent for weeks."""
        async with self._travelling():
            for day in range(MOST_DAYS):
                self._tell(Journey(True, f"Day {day + 1}: waiting for the app to say something"))
                before, calls = self._said(), self._calls()
                await self._go(first + day * DAY - self._slack.clock.now())
                if await self._heard_more_than(before, calls):
                    return True
        self._tell(Journey(note=f"The app said nothing for {MOST_DAYS} days."))
        return False

    @asynccontextmanager
    async def _travelling(self) -> AsyncIterator[None]:
        if self.journey.moving:
            raise Impossible("time is moving already")
        self._tell(Journey(True, "Time is moving"))
        try:
            yield
        finally:
            self._tell(Journey())

    async def _go(self, seconds: float) -> None:
        """The app is stopped, time passes, and it starts again into the new time."""
        sender = self._slack.sender
        if self._child:
            await self._delivered()
            sender.flowing.clear()
            await self._child.stop()
        self._slack.clock.advance(seconds)
        self._slack.workspace.changes.happened()
        try:
            if self._child:
                await self._child.start(self._slack.clock.offset)
        finally:
            sender.flowing.set()

    async def _delivered(self) -> None:
        """What was on its way to the app has come there, unless the app has troubles of its own."""
        try:
            async with asyncio.timeout(DELIVERY_SECONDS):
                await asyncio.shield(self._slack.sender.settled())
        except TimeoutError:
            pass

    def _said(self) -> int:
        return sum(called.performed for called in self._slack.calls("chat.postMessage"))

    async def _heard_more_than(self, before: int, calls: int) -> bool:
        """Most days nothing is due, and an app that asks for nothing has nothing to say."""
        if not await self._comes_true(lambda: self._calls() > calls, STIRRING_SECONDS):
            return self._said() > before
        return await self._comes_true(lambda: self._said() > before, SPEAKING_SECONDS)

    def _calls(self) -> int:
        return sum(called.method != "auth.test" for called in self._slack.journal)

    async def _comes_true(self, predicate: Callable[[], bool], seconds: float) -> bool:
        try:
            return await self._slack.until(predicate, seconds)
        except TimeoutError:
            return False

    def _tell(self, journey: Journey) -> None:
        self.journey = journey
        self._slack.workspace.changes.happened()
