"""What a person can ask of the team of the channel that they are in."""

from dataclasses import dataclass

from bot.domain.ids import ChannelId, UserId


@dataclass(frozen=True, slots=True)
class TeamShow:
    pass


@dataclass(frozen=True, slots=True)
class TeamLink:
    channel: ChannelId


@dataclass(frozen=True, slots=True)
class TeamUnlink:
    pass


@dataclass(frozen=True, slots=True)
class TeamLead:
    user: UserId


@dataclass(frozen=True, slots=True)
class TeamAdd:
    user: UserId


@dataclass(frozen=True, slots=True)
class TeamRemove:
    user: UserId


@dataclass(frozen=True, slots=True)
class TeamRename:
    name: str


TeamCommand = TeamShow | TeamLink | TeamUnlink | TeamLead | TeamAdd | TeamRemove | TeamRename
