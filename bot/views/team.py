"""Which team? Asked where the channel does not tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.ids import ChannelId, TeamId
from bot.domain.teams import Team
from bot.domain.turn import PLAIN, Round
from bot.views import blocks, bookmark
from bot.views.blocks import View
from bot.views.filled_in import state_of

CALLBACK = "assess.team"
TEAM = "team"
CHANNEL = "channel"
CHOICE = "choice"

NOT_INVITED = "I cannot see this channel yet. To use it, invite me: /invite @FinOps"
NOT_VISIBLE = "That team is not there any more."


@dataclass(frozen=True, slots=True)
class OfTeam:
    team: TeamId
    meant: Round = PLAIN


@dataclass(frozen=True, slots=True)
class OfChannel:
    channel: ChannelId
    meant: Round = PLAIN


@dataclass(frozen=True, slots=True)
class Fix:
    problems: dict[str, str]


def build(teams: Sequence[Team], note: str | None = None, meant: Round = PLAIN) -> View:
    options = [blocks.option(team.name, team.id) for team in teams]
    known = blocks.field(
        TEAM, "A team that is known", blocks.select(CHOICE, options, None, "Choose a team"), optional=True
    )
    other = blocks.field(
        CHANNEL,
        "Or the channel of another team" if teams else "The team's channel",
        blocks.channel_select(CHOICE, "Choose a channel"),
        optional=True,
        hint="A team is where a channel is: results and reminders are posted there.",
    )
    return blocks.modal(
        CALLBACK,
        "FinOps assessment",
        [
            blocks.section("*Which team is this about?*"),
            *([blocks.context(note)] if note else []),
            *([known] if options else []),
            other,
        ],
        metadata=bookmark.write_round(meant),
        submit="Next",
    )


def read(view: View) -> OfTeam | OfChannel | Fix:
    state = state_of(view)
    team, channel = state.chosen(TEAM), state.channel(CHANNEL)
    meant = bookmark.read_round(view.get("private_metadata"))
    if channel:
        return OfChannel(ChannelId(channel), meant)
    if team:
        return OfTeam(TeamId(team), meant)
    return Fix({CHANNEL: "Please choose a team or a channel."})


def not_visible() -> Fix:
    return Fix({CHANNEL: "I cannot see that channel. Please invite me there first: /invite @FinOps"})
