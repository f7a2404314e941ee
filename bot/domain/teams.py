"""A team is where a channel is."""

from dataclasses import dataclass

from bot.domain.ids import ChannelId, TeamId, UserId


@dataclass(frozen=True, slots=True)
class Place:
    """A channel that a team has or will have."""

    channel: ChannelId
    name: str
    is_private: bool


@dataclass(frozen=True, slots=True)
class Team:
    id: TeamId
    place: Place
    lead: UserId
    is_stopped: bool = False  # by an admin: the bot says nothing about it by itself
    suspended: str | None = None  # why the bot cannot speak in its channel

    @property
    def name(self) -> str:
        return self.place.name
