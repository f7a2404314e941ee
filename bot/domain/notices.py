"""Everything the bot says by itself: one type each, holding ids only; the words are drawn when it is sent."""

from dataclasses import dataclass

from bot.domain.direct_notices import Direct
from bot.domain.ids import ActionId, AssessmentId, CardId, ChannelId, MessageTs, NoteId, TeamId, TouchId, UserId


@dataclass(frozen=True, slots=True)
class ResultPost:
    """The result of a closed assessment, in the team's channel."""

    assessment: AssessmentId


@dataclass(frozen=True, slots=True)
class ResultEdit:
    """The same message again, after a correction."""

    assessment: AssessmentId


@dataclass(frozen=True, slots=True)
class CardPost:
    """The parent card of an action point, or the list message that several share."""

    card: CardId


@dataclass(frozen=True, slots=True)
class CardEdit:
    """The card brought up to date."""

    card: CardId


@dataclass(frozen=True, slots=True)
class ReminderPost:
    """A reply in the card's thread that reminds the owner."""

    action: ActionId
    touch: TouchId


@dataclass(frozen=True, slots=True)
class BundlePost:
    """A direct message that tells a person everything that came due for them at once."""

    person: UserId


@dataclass(frozen=True, slots=True)
class ReminderRetired:
    """An older reminder loses its buttons because a newer one stands below it."""

    action: ActionId
    touch: TouchId


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A reply in the card's thread that tells the new owner."""

    action: ActionId
    due_version: int


@dataclass(frozen=True, slots=True)
class HandoverSettled:
    """That reply again, once its owner has answered, or has it no more: nothing to press any longer."""

    action: ActionId
    owner: UserId  # whom it told
    ts: MessageTs


@dataclass(frozen=True, slots=True)
class NoteInThread:
    """What somebody said about a change in their own words, as a reply in the card's thread."""

    action: ActionId
    note: NoteId


@dataclass(frozen=True, slots=True)
class ConfirmAsked:
    """Somebody else says that it is done: its owner is asked, by direct message."""

    action: ActionId
    asker: UserId


@dataclass(frozen=True, slots=True)
class StageUp:
    assessment: AssessmentId


@dataclass(frozen=True, slots=True)
class StageDownToLead:
    """The lead learns first, by direct message."""

    assessment: AssessmentId


@dataclass(frozen=True, slots=True)
class StageDown:
    """The neutral channel post after the hold."""

    assessment: AssessmentId


@dataclass(frozen=True, slots=True)
class StatusPost:
    """How a team stands, in the channel where somebody asked for it to be shown."""

    team: TeamId


@dataclass(frozen=True, slots=True)
class HistoryPost:
    """A team's assessments so far, in the same way; ``last``: how many of them."""

    team: TeamId
    last: int | None = None


@dataclass(frozen=True, slots=True)
class DigestPost:
    """A team's week, in its channel."""

    team: TeamId
    touch: TouchId


@dataclass(frozen=True, slots=True)
class InvitationPost:
    """One line in a team's channel: the next assessment is due."""

    team: TeamId
    touch: TouchId


@dataclass(frozen=True, slots=True)
class Delegated:
    """Somebody is asked by a team's lead to start the next assessment."""

    team: TeamId
    person: UserId
    lead: UserId
    due: int  # the day, as an ordinal


@dataclass(frozen=True, slots=True)
class Welcome:
    """To who installed the bot."""

    person: UserId


@dataclass(frozen=True, slots=True)
class Introduction:
    """In a channel that the bot was invited to: what it will post there."""

    channel: ChannelId


Notice = (
    ResultPost
    | ResultEdit
    | CardPost
    | CardEdit
    | ReminderPost
    | BundlePost
    | ReminderRetired
    | HandedOver
    | HandoverSettled
    | NoteInThread
    | ConfirmAsked
    | StageUp
    | StageDownToLead
    | StageDown
    | StatusPost
    | HistoryPost
    | DigestPost
    | InvitationPost
    | Delegated
    | Welcome
    | Introduction
    | Direct
)
