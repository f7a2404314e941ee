"""What a message to a person may tell of. With one of them it says more of it; with several, a row of each."""

from dataclasses import dataclass
from datetime import date

from bot.domain.actions import ActionPoint
from bot.domain.channels import Lost
from bot.domain.ids import AssessmentId, TouchId, UserId
from bot.domain.teams import Team
from bot.domain.touches import Rung, Send


@dataclass(frozen=True, slots=True)
class Reminded:
    """An action point of the person's own."""

    touch: TouchId
    action: ActionPoint
    team: Team
    send: Send
    # Said with the notice of an escalation: when who will hear of it.
    shown_on: date | None = None
    lead: UserId | None = None


@dataclass(frozen=True, slots=True)
class Escalated:
    """To the lead: an action point that has been overdue for long, facts only."""

    touch: TouchId
    action: ActionPoint
    team: Team
    today: date
    reminders: int  # that its owner was sent
    last_word: date | None  # the day on which its owner last did something


@dataclass(frozen=True, slots=True)
class Unaccepted:
    """To the lead: somebody was given an action point and has not said that they take it."""

    touch: TouchId
    action: ActionPoint
    team: Team
    today: date


@dataclass(frozen=True, slots=True)
class DraftWaiting:
    """An assessment that the person began and left, or whose answers they began to correct."""

    touch: TouchId
    assessment: AssessmentId
    team: Team
    rung: Rung
    saved_on: date
    today: date
    expires_on: date | None  # None: never
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class ReassessSoon:
    """To the lead: the next assessment comes up, and what is still open from the last one."""

    touch: TouchId
    team: Team
    due_on: date
    today: date
    open_actions: int
    respondents: int  # who answered last time


@dataclass(frozen=True, slots=True)
class ReassessLate:
    """To the lead: it was due two weeks ago. The last word about it for this quarter."""

    touch: TouchId
    team: Team
    due_on: date
    today: date


@dataclass(frozen=True, slots=True)
class Ownerless:
    """To the lead: an action point whose owner has left."""

    touch: TouchId
    action: ActionPoint
    team: Team
    former: UserId


@dataclass(frozen=True, slots=True)
class ChannelLost:
    """To the lead: the bot cannot speak in the team's channel, and asks for another one."""

    touch: TouchId
    team: Team
    why: Lost


@dataclass(frozen=True, slots=True)
class RoundWaiting:
    """An anonymous round waits for this person's answers."""

    touch: TouchId
    team: Team
    assessment: AssessmentId
    scope: str | None


Item = (
    Reminded
    | Escalated
    | Unaccepted
    | DraftWaiting
    | ReassessSoon
    | ReassessLate
    | Ownerless
    | ChannelLost
    | RoundWaiting
)
