"""What Slack answers, as values."""

from dataclasses import dataclass

from bot.domain.ids import MessageTs


@dataclass(frozen=True, slots=True)
class Found:
    copies: tuple[MessageTs, ...]  # the earliest first


@dataclass(frozen=True, slots=True)
class Absent:
    """Looked through completely: it is not there."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Cannot be looked through: no right to, or too long."""

    reason: str


@dataclass(frozen=True, slots=True)
class Opened:
    view_id: str
    hash: str


@dataclass(frozen=True, slots=True)
class TooLate:
    """The three seconds are over, or the trigger was used."""

    reason: str

    @property
    def was_used(self) -> bool:
        """The same request has opened a form already: its person looks at that, and waits for nothing."""
        return self.reason == "exchanged_trigger_id"


@dataclass(frozen=True, slots=True)
class Updated:
    hash: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The view was closed, or has changed since."""

    reason: str


@dataclass(frozen=True, slots=True)
class PersonFacts:
    tz: str | None
    deleted: bool
    is_bot: bool
    is_restricted: bool  # a guest of either kind
    team_id: str | None
    is_admin: bool = False  # of the workspace


@dataclass(frozen=True, slots=True)
class NoSuchPerson:
    pass


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    name: str
    is_member: bool
    is_private: bool
    is_archived: bool
    is_ext_shared: bool


@dataclass(frozen=True, slots=True)
class NotVisible:
    reason: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose token it is: the workspace and the bot in it."""

    team_id: str
    enterprise_id: str | None
    bot_user_id: str
    bot_id: str
    scopes: frozenset[str] | None = None  # None: Slack did not say
