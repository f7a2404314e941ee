"""Which team is meant? Asked where neither the words nor the channel tell."""

from collections.abc import Sequence

from bot.domain.delivery import Message
from bot.views import blocks, message

PICK = "which.team"
MOST_TEAMS = 100  # options of a select

NO_SUCH_TEAM = "There is no such team that you can see."
NO_TEAM_YET = (
    "This channel has no team yet, and you belong to none. Type */finops-assess* in your team's channel to start its "
    "first assessment."
)


def build(choices: Sequence[tuple[str, str]]) -> Message:
    """``choices``: the name of each team, and the command that asks the same of it."""
    if not choices:
        return message.message(NO_TEAM_YET)
    options = [blocks.option(name, command) for name, command in choices[:MOST_TEAMS]]
    return message.message(
        "Which team do you mean?", blocks.actions(blocks.select(PICK, options, None, "Choose a team"))
    )


def no_such_team() -> Message:
    """Said of one that the person may not see as well."""
    return message.message(NO_SUCH_TEAM)
