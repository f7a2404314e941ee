"""What a person asks for in words, and the answer that they alone see."""

from typing import Any

from bot.domain.ids import ChannelId, MessageTs, TenantId, UserId
from bot.handlers import remind, team, workspace
from bot.handlers.asked import Asked
from bot.handlers.request import Asker, Spot
from bot.handlers.whispering import whispered
from sandbox.values import Message
from sandbox.views import View
from tests.flows.world import World

PERFORMS: dict[type[Any], Any] = {**remind.PERFORMS, **team.PERFORMS, **workspace.PERFORMS}


def tenant_of(world: World) -> TenantId:
    return TenantId(world.slack.workspace.team_id)


async def told(world: World, user: str, command: Any, channel: str = "C_PAY", thread: str | None = None) -> Message:
    """Performs what was understood, and shows the answer where it was asked for."""
    who, place = Asker(tenant_of(world), UserId(user)), Spot(ChannelId(channel), MessageTs(thread) if thread else None)
    trigger = None if thread else world.slack.screens.trigger(user)
    asked = Asked(who, place.channel, "", place.thread, trigger)
    answer = await PERFORMS[type(command)](world.deps, asked, command)
    assert answer is not None
    await whispered(world.deps, who, place, answer)
    await world.settle()
    return world.slack.ephemerals(user)[-1]


async def pressed_for_form(world: World, user: str, message: Message, text: str) -> View:
    """The form that a button opens."""
    before = world.slack.screen(user)
    await world.slack.person(user).press(message, text=text)
    await world.answered()
    view = world.slack.screen(user)
    assert view is not None
    assert view != before
    return view


async def undone(world: World, user: str, message: Message) -> str:
    """Presses Undo; what is said then."""
    await world.slack.person(user).press(message, text="Undo")
    await world.settle()
    return world.slack.ephemerals(user)[-1].text
