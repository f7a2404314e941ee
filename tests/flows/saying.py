"""What a person types after the command, and the answer that they alone see."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.commands.parsing import parse
from bot.domain.ids import ChannelId, TenantId, UserId
from bot.handlers import admin, exports, helping, status
from bot.handlers.asked import Asked, Perform
from bot.handlers.request import Asker, Spot
from bot.handlers.whispering import whispered
from sandbox.person import Person
from sandbox.values import Message
from sandbox.views import View
from tests.flows.world import World

PERFORMS: Mapping[type[Any], Perform] = {**admin.PERFORMS, **exports.PERFORMS, **helping.PERFORMS, **status.PERFORMS}


def tenant_of(world: World) -> TenantId:
    return TenantId(world.slack.workspace.team_id)


async def answer(
    world: World, person: Person, text: str, channel: str = "C_PAY", trigger: str | None = None
) -> Message:
    """Understood by the table of verbs, performed, and shown where it was typed."""
    today = world.now().date()
    command = parse(text, today, lambda day, number: day + timedelta(days=number))
    who = Asker(tenant_of(world), UserId(person.id))
    asked = Asked(who, ChannelId(channel), trigger=trigger or world.slack.screens.trigger(person.id))
    told = await PERFORMS[type(command)](world.deps, asked, command)
    assert told is not None
    await whispered(world.deps, who, Spot(asked.channel), told)
    await world.settle()
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
