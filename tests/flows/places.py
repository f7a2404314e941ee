"""Channels that come and go, as their people see it."""

from datetime import timedelta

from sandbox.person import Person
from sandbox.values import Message
from sandbox.views import View
from tests.flows.assessment import RUN, Values, answered, posts
from tests.flows.looking import buttons
from tests.flows.world import World

A_MORNING = timedelta(hours=2)  # from the nine o'clock at which everything begins


async def archived(world: World, channel: str = "C_PAY", *, is_archived: bool = True) -> None:
    await world.slack.lifecycle.archive(channel, "U_ADA", is_archived)
    await world.settle()


async def from_home(world: World, user: str = "U_ADA") -> View:
    """The first step, opened where no channel is needed: for the first team that has a button."""
    person = world.slack.person(user)
    await person.open_home()
    await world.answered()
    home = world.slack.home(user)
    assert home is not None
    await person.press(home, text=next(said for said in buttons(home) if said in ("Start", "Resume")))
    await world.answered()
    view = world.slack.screen(user)
    assert view is not None
    return view


async def finished_from_home(world: World, plan: Values | None = None, user: str = "U_ADA") -> View:
    """A whole assessment, begun in the Home tab; the last view of the modal."""
    person = world.slack.person(user)
    submission = await person.submit(await answered(person, await from_home(world, user), 3, RUN), plan or {})
    assert submission.view is not None
    await person.close(submission.view)
    await world.settle()
    return submission.view


def results(world: World, channel: str = "C_PAY") -> list[Message]:
    return [kept for kept in posts(world, channel) if "finished its FinOps assessment" in kept.text]


def asked_for_a_channel(world: World, user: str = "U_ADA") -> list[Message]:
    """What the lead was told about a channel that is lost."""
    return [kept for kept in world.slack.dm(user) if "Choose a channel" in buttons(kept)]


def refusals(world: World) -> list[str]:
    return [called.outcome for called in world.slack.calls("chat.postMessage") if called.outcome != "ok"]


async def chooser(world: World, person: Person, told: Message) -> View:
    """The form for another channel."""
    await person.press(told, text="Choose a channel")
    await world.answered()
    view = world.slack.screen(person.id)
    assert view is not None
    return view
