"""Help, for whoever asks for it: one screen, or one verb by its examples."""

from collections.abc import Mapping
from typing import Any

from bot.commands.help import help_for
from bot.domain.commands import Help
from bot.domain.delivery import Message
from bot.domain.helping import HelpScreen, HelpTopic
from bot.handlers.asked import Asked, Perform
from bot.handlers.deps import Deps
from bot.views import help as help_view


async def show(deps: Deps, asked: Asked, command: Help) -> Message | None:
    match help_for(command):
        case HelpScreen() as screen:
            return help_view.build(screen)
        case HelpTopic() as topic:
            return help_view.topic(topic)


PERFORMS: Mapping[type[Any], Perform] = {Help: show}
