"""Verbs for the team of the channel."""

from collections.abc import Callable

from bot.commands.arguments import only_person
from bot.commands.tokens import Channel, text_in
from bot.commands.verbs import Reader, Said, Verb, Who, bare
from bot.domain.commands import Command
from bot.domain.ids import UserId
from bot.domain.team_commands import TeamAdd, TeamLead, TeamLink, TeamRemove, TeamRename, TeamShow, TeamUnlink
from bot.domain.understanding import Parsed, Wrong


def link(said: Said) -> Parsed:
    match said.tokens:
        case (Channel(channel=channel),):
            return TeamLink(channel)
        case _:
            return said.wrong("Please give one channel, from the list that Slack shows after #.")


def rename(said: Said) -> Parsed:
    name = text_in(said.tokens)
    return TeamRename(name) if name else said.wrong("Please say what the team is called from now on.")


def _with_person(command: Callable[[UserId], Command]) -> Reader:
    def read(said: Said) -> Parsed:
        user = only_person(said)
        return user if isinstance(user, Wrong) else command(user)

    return read


def _verb(name: str, usage: str, does: str, read: Reader, *examples: str, who: Who = Who.LEAD) -> Verb[Reader]:
    return Verb(
        name=name, usage=f"team {usage}", does=does, who=who, examples=examples or (f"team {usage}",), read=read
    )


VERBS: tuple[Verb[Reader], ...] = (
    _verb("show", "show", "Shows the team and its settings; the same as `team`.", bare(TeamShow()), who=Who.READERS),
    _verb("link", "link #CHANNEL", "Moves the team's messages to this channel.", link, "team link #payments"),
    _verb("unlink", "unlink", "The team has no channel any more, and nothing is posted.", bare(TeamUnlink())),
    _verb("lead", "lead @PERSON", "Makes this person the team's lead.", _with_person(TeamLead), "team lead @ada"),
    _verb("add", "add @PERSON", "Makes this person a member of the team.", _with_person(TeamAdd), "team add @ada"),
    _verb(
        "remove", "remove @PERSON", "Takes this person out of the team.", _with_person(TeamRemove), "team remove @ada"
    ),
    _verb("rename", "rename NAME", "Gives the team another name.", rename, "team rename Payments and checkout"),
)
