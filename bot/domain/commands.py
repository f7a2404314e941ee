"""What a person can ask of the bot: the same value whether it was typed, pressed or said in a thread."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.action_commands import ActionCommand
from bot.domain.admin_commands import AdminCommand
from bot.domain.ids import UserId
from bot.domain.naming import Draft, TeamRef
from bot.domain.remind_commands import RemindCommand
from bot.domain.team_commands import TeamCommand


class Which(StrEnum):
    """Which action points a list shows."""

    MINE = "mine"
    TEAM = "team"
    OVERDUE = "overdue"
    UNOWNED = "unowned"
    STALLED = "stalled"
    ALL = "all"


class Order(StrEnum):
    DUE = "due"
    STEP = "step"


class ExportFormat(StrEnum):
    CSV = "csv"
    JSON = "json"
    ICS = "ics"


@dataclass(frozen=True, slots=True)
class OwnedBy:
    user: UserId


@dataclass(frozen=True, slots=True)
class Start:
    """Starts the assessment, or goes on where the draft stands; without a team, that of the channel."""

    team: TeamRef | None = None
    scope: str | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Resume:
    what: TeamRef | Draft | None = None


@dataclass(frozen=True, slots=True)
class Status:
    team: TeamRef | None = None
    public: bool = False


@dataclass(frozen=True, slots=True)
class History:
    team: TeamRef | None = None
    last: int | None = None
    public: bool = False


@dataclass(frozen=True, slots=True)
class Actions:
    which: Which = Which.MINE
    team: TeamRef | None = None
    by: OwnedBy | Order | None = None


@dataclass(frozen=True, slots=True)
class Export:
    format: ExportFormat
    team: TeamRef | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Help:
    verb: str | None = None


Command = (
    Start
    | Resume
    | Status
    | History
    | Actions
    | ActionCommand
    | RemindCommand
    | Export
    | TeamCommand
    | AdminCommand
    | Help
)
