"""Where it is not clear which team is meant: the person is asked, and what they asked for is kept for the answer."""

from collections.abc import Callable
from typing import assert_never

from bot.domain.command_text import text_of
from bot.domain.commands import Command
from bot.domain.delivery import Message
from bot.domain.naming import InChannel
from bot.services.visibility import NoSuchTeam, SeveralTeams
from bot.views import which


def unclear(found: SeveralTeams | NoSuchTeam, again: Callable[[InChannel], Command]) -> Message:
    """``again``: the same command for the team of a channel."""
    match found:
        case SeveralTeams(teams=teams):
            return which.build([(team.name, text_of(again(InChannel(team.place.channel)))) for team in teams])
        case NoSuchTeam():
            return which.no_such_team()
        case _:
            assert_never(found)
