"""What a message to a person may tell of. With one of them it says more of it; with several, a row of each."""

from dataclasses import dataclass

from bot.domain.actions import ActionPoint
from bot.domain.channels import Lost
from bot.domain.ids import AssessmentId, TouchId, UserId
from bot.domain.teams import Team


@dataclass(frozen=True, slots=True)
class ChannelLost:
    """To the lead: the bot cannot speak in the team's channel, and asks for another one."""

    touch: TouchId
    team: Team
    why: Lost


@dataclass(frozen=True, slots=True)
class Ownerless:
    """To the lead: an action point whose owner has left."""

    touch: TouchId
    action: ActionPoint
    team: Team
    former: UserId


@dataclass(frozen=True, slots=True)
class RoundWaiting:
    """An anonymous round waits for this person's answers."""

    touch: TouchId
    team: Team
    assessment: AssessmentId
    scope: str | None


Item = ChannelLost | Ownerless | RoundWaiting
