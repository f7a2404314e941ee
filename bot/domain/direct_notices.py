"""What the bot tells one person directly about their part in a team or a workspace: a type each, like every notice."""

from dataclasses import dataclass

from bot.domain.ids import AssessmentId, ChannelId, TeamId, UserId


@dataclass(frozen=True, slots=True)
class SharedAsked:
    """The lead is asked whether a result may be told in a channel that other organisations read."""

    assessment: AssessmentId


@dataclass(frozen=True, slots=True)
class LeadChosen:
    """Somebody leads a team now, because its lead has left."""

    team: TeamId


@dataclass(frozen=True, slots=True)
class LeadGiven:
    """Somebody leads a team now, because somebody else has made them its lead."""

    team: TeamId
    by: UserId


@dataclass(frozen=True, slots=True)
class MemberAdded:
    """Somebody belongs to a team now, because somebody else has added them."""

    team: TeamId
    by: UserId


@dataclass(frozen=True, slots=True)
class Leaderless:
    """The lead of a team has left, and nobody follows: for the admins."""

    team: TeamId


@dataclass(frozen=True, slots=True)
class PlaceSuspended:
    """Slack refused so many messages in a row there that no more are sent: for the admins."""

    channel: ChannelId  # or a person


@dataclass(frozen=True, slots=True)
class RoundPost:
    """To the lead: how many have answered in an anonymous round."""

    assessment: AssessmentId


@dataclass(frozen=True, slots=True)
class RoundEdit:
    """The same message, as it is now."""

    assessment: AssessmentId


Direct = SharedAsked | LeadChosen | LeadGiven | MemberAdded | Leaderless | PlaceSuspended | RoundPost | RoundEdit
