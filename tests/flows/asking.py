"""What a person asks for in words, and the answer that they alone see."""

from typing import Any

from bot.domain.command_text import text_of
from bot.domain.commands import Command
from bot.domain.ids import ChannelId, UserId
from bot.handlers import remind, team, workspace
from bot.handlers.asked import Asked
from bot.handlers.request import Asker
from sandbox.values import Message
from sandbox.views import View
from tests.flows.saying import answer, tenant_of
from tests.flows.world import World

PERFORMS: dict[type[Any], Any] = {**remind.PERFORMS, **team.PERFORMS, **workspace.PERFORMS}


async def told(world: World, user: str, command: Command, channel: str = "C_PAY") -> Message:
    """The answer to a command, typed as a person could."""
    return await answer(world, world.slack.person(user), text_of(command), channel)


async def performed(world: World, user: str, command: Any) -> str:
    """What is said where a command was understood that cannot be typed: by a button, or by a mistake of the grammar."""
    asked = Asked(Asker(tenant_of(world), UserId(user)), ChannelId("C_PAY"))
    said = await PERFORMS[type(command)](world.deps, asked, command)
    assert said is not None
    return str(said.text)


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
