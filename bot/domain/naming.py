"""How a person points at a team or a draft: by its channel, by its name, by an id that the bot gave out."""

from dataclasses import dataclass

from bot.domain.ids import AssessmentId, ChannelId


@dataclass(frozen=True, slots=True)
class InChannel:
    """The team of that channel."""

    channel: ChannelId


@dataclass(frozen=True, slots=True)
class Named:
    """The team of that name, as it was typed."""

    name: str


@dataclass(frozen=True, slots=True)
class Draft:
    id: AssessmentId


TeamRef = InChannel | Named
