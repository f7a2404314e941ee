"""What a decision about a team was understood as: its name, its channel, its people."""

from bot.domain.ids import UserId
from bot.domain.teams import Team
from bot.views import blocks, words
from bot.views.team_shown import name


def renamed(team: Team) -> str:
    return f"The team is called *{name(team)}* from now on."


def linked(team: Team) -> str:
    return f"*{name(team)}* is told everything in {words.channel(team.place.channel)} from now on."


def unlinked(team: Team) -> str:
    return f"*{name(team)}* has no channel any more. Nothing is posted until it is linked to one; nothing is lost."


def stopped(team: Team) -> str:
    return f"The bot says nothing by itself about *{name(team)}* any more, until it is started again."


def started(team: Team) -> str:
    return f"The bot speaks about *{name(team)}* again."


def led(team: Team) -> str:
    return f"{blocks.mention(team.lead)} leads *{name(team)}* from now on."


def added(team: Team, user: UserId) -> str:
    return f"{blocks.mention(user)} belongs to *{name(team)}* now."


def removed(team: Team, user: UserId) -> str:
    return (
        f"{blocks.mention(user)} was taken off the list of *{name(team)}*. What they answered and own is not changed."
    )


def so_already(team: Team) -> str:
    return f"Nothing was changed: it is so already in *{name(team)}*."
