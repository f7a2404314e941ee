"""People at their screens before a real web process that dies: what they were told is saved is remembered."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sandbox import SlackStandIn
from sandbox.outcomes import Submission
from sandbox.person import Person
from sandbox.values import User
from sandbox.views import View
from tests.faults.invariants import Saved
from tests.flows.assessment import WALK, answers
from tests.process.parts import PATIENT, SECRET, Parts

OPENS_WITHIN = 60.0
# Of whoever waits for an answer: far beyond Slack's three seconds, for machines with much else to do.
PATIENCE = 20.0


@dataclass
class Desk:
    slack: SlackStandIn
    bot: Parts
    saved: list[Saved] = field(default_factory=list)

    async def start(self, fault: str = "", parts: Sequence[str] = ("web",), *, is_strict: bool = False) -> None:
        """As a platform starts them again after whatever happened to them.

        ``is_strict``: nobody is kept waiting for longer than in earnest, however busy the machine is.
        """
        await self.bot.kill(*self.bot.running)
        self.bot.settings = {"FAULT": f"{fault};{'' if is_strict else PATIENT}"}
        await self.bot.start(*parts)

    def people(self, how_many: int, channel: str = "C_PAY") -> list[Person]:
        """Newcomers who belong to the channel."""
        workspace, made = self.slack.workspace, [f"U_{channel}{number:02}" for number in range(how_many)]
        workspace.add(*(User(user, user.lower(), tz="Europe/Paris") for user in made))
        place = workspace.channels[channel]
        workspace.add(replace(place, members=place.members | set(made)))
        return [self.slack.person(user) for user in made]

    async def opened(self, person: Person, channel: str = "C_PAY") -> View:
        """The first step of the assessment before this person."""
        reply = await person.command("/finops-assess", channel=channel)
        assert reply.status == 200, reply
        try:
            await self.slack.until(lambda: asks(self.slack.screen(person.id)), OPENS_WITHIN)
        except TimeoutError:
            raise AssertionError(f"{person.id} sees {self.slack.screen(person.id)}") from None
        view = self.slack.screen(person.id)
        assert view is not None
        return view

    async def submit(self, person: Person, view: View, step: str) -> Submission:
        given = answers(step, 2)
        done = await person.submit(view, given | WALK.get(step, {}))
        if done.status == 200 and not done.errors:
            self.saved.append(Saved("C_PAY", person.id, given))
        return done


def asks(view: View | None) -> bool:
    """A light view stands in for the step while the store is slow."""
    return view is not None and view.title.startswith("Step")


@asynccontextmanager
async def desk(database_url: str, log: Path) -> AsyncIterator[Desk]:
    """``database_url``: of a database with the schema."""
    async with SlackStandIn("", SECRET, patience=PATIENCE, retry_delays=(0.2, 0.5, 1.0)) as slack:
        bot = Parts(slack, database_url, log, log.with_name("clock"))
        try:
            yield Desk(slack, bot)
        finally:
            await bot.kill(*bot.running)
