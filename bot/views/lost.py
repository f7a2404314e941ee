"""A team's channel in which the bot cannot speak: its lead is asked for another one, and chooses it in a form."""

import json
from dataclasses import dataclass
from typing import assert_never

from bot.domain.channels import Lost
from bot.domain.delivery import Message
from bot.domain.ids import ChannelId, TeamId
from bot.domain.items import ChannelLost
from bot.domain.teams import Team
from bot.views import blocks, message, team_changed, words
from bot.views.blocks import Block, Element, View
from bot.views.bookmark import Unreadable
from bot.views.filled_in import state_of

CHOOSE = "channel.choose"
CALLBACK = "channel.move"
TITLE = "The team's channel"
CHANNEL = "channel"
CHOICE = "choice"
LEAD = "You get this because you lead this team. Only you see it."
MEANWHILE = "Until then results wait here for up to a week, and owners are reminded by direct message."


@dataclass(frozen=True, slots=True)
class Fix:
    problems: dict[str, str]


@dataclass(frozen=True, slots=True)
class Chosen:
    team: TeamId
    channel: ChannelId


def build(item: ChannelLost) -> Message:
    return message.message(
        sentence(item),
        blocks.section(f"{_what_helps(item.why)} {MEANWHILE}"),
        blocks.actions(_button(item.team)),
        blocks.context(LEAD),
    )


def row(item: ChannelLost) -> Block:
    return blocks.section(f"{sentence(item)} {_what_helps(item.why)}", _button(item.team))


def sentence(item: ChannelLost) -> str:
    name = f"*{words.inert(item.team.name, words.NAME)}*"
    match item.why:
        case Lost.ARCHIVED:
            return f"The channel of {name} is archived, so I cannot post there any more."
        case Lost.GONE:
            return f"The channel of {name} is not there any more, so I cannot post in it."
        case Lost.UNINVITED:
            return f"I am not a member of the channel of {name}, so I cannot post there. Please invite me."
        case Lost.UNLINKED:
            return f"{name} has no channel, so nothing is posted about it."
        case Lost.REFUSED:
            return f"Slack has refused my last messages in the channel of {name}, so I have stopped posting there."
        case _:
            assert_never(item.why)


def _what_helps(why: Lost) -> str:
    match why:
        case Lost.ARCHIVED:
            return "Choose another channel for the team, or open this one again."
        case Lost.UNINVITED:
            return "Type /invite @FinOps there and I go on by myself, or choose another channel."
        case Lost.GONE | Lost.REFUSED | Lost.UNLINKED:
            return "Choose another channel for the team."
        case _:
            assert_never(why)


def _button(team: Team) -> Element:
    aloud = f"Choose another channel for {words.aloud(team.name, 40)}"
    return blocks.button("Choose a channel", CHOOSE, team.id, says=aloud, style="primary")


def form(team: Team) -> View:
    field = blocks.field(
        CHANNEL,
        "Where is this team now?",
        blocks.channel_select(CHOICE, "Choose a channel"),
        hint="Results and cards are posted there from now on. In a private channel, invite me first: /invite @FinOps",
    )
    name = words.inert(team.name, words.NAME)
    return blocks.modal(
        CALLBACK,
        TITLE,
        [blocks.section(f"Another channel for *{name}*. Its open action points are shown there anew."), field],
        metadata=json.dumps({"team": team.id}),
        submit="Move",
    )


def read(view: View) -> Chosen | Fix:
    channel = state_of(view).channel(CHANNEL)
    if channel is None:
        return Fix({CHANNEL: "Please choose a channel."})
    return Chosen(_team_of(view), ChannelId(channel))


def _team_of(view: View) -> TeamId:
    try:
        return TeamId(str(json.loads(str(view.get("private_metadata")))["team"]))
    except (ValueError, KeyError, TypeError) as flaw:
        raise Unreadable("a form without its team") from flaw


def problem(sentence_of_ours: str) -> Fix:
    return Fix({CHANNEL: sentence_of_ours})


def moved(team: Team) -> View:
    return _told(f"{team_changed.linked(team)} What waited for its channel is posted there.")


def not_theirs() -> View:
    return _told("Only the team's lead or an admin can choose its channel.")


def _told(text: str) -> View:
    return blocks.modal(CALLBACK, TITLE, [blocks.section(text)], metadata="")
