"""What a workspace is made of: people, channels, messages, and the app that lives among them."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


class Refused(Exception):
    """The platform says no, by one of its error names."""

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.error = error
        self.details = details


class Impossible(Exception):
    """A person cannot do this: the official client would not let them."""


class Role(StrEnum):
    MEMBER = "member"
    OWNER = "owner"
    ADMIN = "admin"
    GUEST = "guest"  # of several channels
    SINGLE = "single"  # a guest of one channel
    EXTERNAL = "external"
    BOT = "bot"


class Kind(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"
    DIRECT = "direct"


FAMILIES = {Kind.PUBLIC: "channels", Kind.PRIVATE: "groups", Kind.DIRECT: "im"}  # in the names of rights and events


@dataclass(frozen=True, slots=True)
class User:
    id: str
    name: str
    real_name: str = ""
    tz: str = "Etc/UTC"
    role: Role = Role.MEMBER
    deleted: bool = False
    team_id: str = ""  # another workspace's for someone external; empty means this one
    locale: str = "en-US"
    dnd_from: float = 0.0  # do not disturb from then until then, by the workspace's clock
    dnd_until: float = 0.0
    quiet_hours: tuple[str, str] | None = None  # do not disturb every day from one hour to the other, where they are


@dataclass(frozen=True, slots=True)
class Channel:
    id: str
    name: str
    kind: Kind = Kind.PUBLIC
    members: frozenset[str] = frozenset()
    archived: bool = False
    shared: bool = False  # with another organisation
    created: int = 1_600_000_000


@dataclass(frozen=True, slots=True)
class Message:
    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    thread_ts: str | None = None
    metadata: Json | None = None
    by_app: bool = False
    edited: str | None = None  # when it was last edited
    broadcast: bool = False
    files: tuple[Json, ...] = ()
    subtype: str | None = None
    client_msg_id: str | None = None
    ephemeral_for: str | None = None
    posted: float = 0.0  # steady time, for the lag of histories

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(frozen=True, slots=True)
class App:
    """What the app's settings page would say."""

    id: str = "A0SANDBOX"
    name: str = "App"
    bot_name: str = ""  # of its user, where that differs
    bot_user: str = "U_BOT"
    bot_id: str = "B0SANDBOX"
    client_id: str = "10.20"
    client_secret: str = "sandbox-client-secret"  # noqa: S105
    signing_secret: str = "sandbox-signing-secret-0123456789"  # noqa: S105
    verification_token: str = "sandbox-verification"  # noqa: S105
    scopes: frozenset[str] | None = None  # None: every scope but chat:write.public
    events: frozenset[str] | None = None  # None: every event but messages
    commands: tuple[Json, ...] = ()
    shortcuts: tuple[Json, ...] = ()
    home_tab: bool = True
    messages_read_only: bool = False

    def listens_to(self, event: str) -> bool:
        if self.events is None:
            return not event.startswith("message")
        return event in self.events


@dataclass(frozen=True, slots=True)
class Token:
    value: str
    scopes: frozenset[str] | None = None
    revoked: bool = False
    for_sockets: bool = False
    expires_at: float | None = None

    def may(self, scope: str) -> bool:
        if self.scopes is None:
            return scope != "chat:write.public"
        return scope in self.scopes


@dataclass(slots=True)
class Upload:
    """A file on its way: its address was given out, its bytes came, it was completed, and then looked through."""

    name: str
    length: int
    content: bytes | None = None
    title: str = ""
    completed: bool = False
    processed: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """One request to the Web API, as it ended."""

    at: float
    method: str
    args: Json
    token: str
    outcome: str  # "ok", an error name, or the fault that struck
    performed: bool
    answer: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that the app did wrong."""

    at: float
    what: str
    detail: str
