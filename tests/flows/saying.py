"""What a person types after the command, and the answer that they alone see."""

from bot.domain.ids import TenantId
from sandbox.person import Person
from sandbox.values import Message
from sandbox.views import View
from tests.flows.world import World


def tenant_of(world: World) -> TenantId:
    return TenantId(world.slack.workspace.team_id)


async def answer(world: World, person: Person, text: str, channel: str = "C_PAY") -> Message:
    reply = await person.command("/finops-assess", text, channel=channel)
    assert reply.status == 200
    await world.settle()
    if reply.message is not None:
        return reply.message
    # What has a picture follows when that was uploaded.
    return (world.slack.dm if channel.startswith("D") else world.slack.ephemerals)(person.id)[-1]


async def home_of(world: World, person: Person) -> View:
    await person.open_home()
    await world.answered()
    return shown_to(world, person)


def shown_to(world: World, person: Person) -> View:
    """The Home as it stands, without opening it anew."""
    view = world.slack.home(person.id)
    assert view is not None
    return view
