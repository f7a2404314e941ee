"""What one message to a person may tell of, beside others: one type for each kind of thing."""

from dataclasses import dataclass

from bot.domain.actions import ActionPoint
from bot.domain.channels import Lost
from bot.domain.ids import AssessmentId, ChannelId, TeamId, UserId


@dataclass(frozen=True, slots=True)
class ChannelLost:
    """A team's channel that the bot cannot speak in: its lead is asked for another one."""

    team: TeamId
    name: str
    why: Lost


@dataclass(frozen=True, slots=True)
class Ownerless:
    """An action point that nobody owns any more: its lead is asked for a new owner."""

    action: ActionPoint
    team: str
    former: UserId | None


@dataclass(frozen=True, slots=True)
class RoundWaiting:
    """An anonymous round that waits for this person's answers."""

    assessment: AssessmentId
    channel: ChannelId
    team: str
    scope: str | None


Item = ChannelLost | Ownerless | RoundWaiting
