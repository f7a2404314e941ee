"""One call of a method: who calls with what, and the questions that every method asks."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from sandbox.rates import Rates
from sandbox.rotation import Rotation
from sandbox.values import FAMILIES, App, Channel, Json, Kind, Refused, Token
from sandbox.views import Screens
from sandbox.workspace import Workspace

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Platform:
    """What all calls share."""

    workspace: Workspace
    screens: Screens
    rates: Rates
    codes: dict[str, Json] = field(default_factory=dict)  # of OAuth: what each was given for
    rotation: Rotation = field(default_factory=Rotation)


@dataclass(frozen=True, slots=True)
class Call:
    platform: Platform
    args: Json
    token: Token
    origin: str  # where the stand-in is reached, for the addresses that it gives out
    lag: float = 0.0

    @property
    def workspace(self) -> Workspace:
        return self.platform.workspace

    @property
    def app(self) -> App:
        return self.platform.workspace.app

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name)
        return default if value is None else str(value)

    def flag(self, name: str) -> bool:
        return self.args.get(name) in (True, "true", "True", "1", 1)

    def needed(self, name: str, error: str = "invalid_arguments") -> str:
        if not (value := self.text(name)):
            note = f"[ERROR] missing required field: {name}"
            raise Refused(error, response_metadata={"messages": [note]})
        return value

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise Refused("invalid_arguments") from None

    def needs(self, *scopes: str) -> None:
        """Any one of these scopes."""
        if not any(self.token.may(scope) for scope in scopes):
            provided = ",".join(sorted(self.token.scopes or ()))
            raise Refused("missing_scope", needed=",".join(scopes), provided=provided)

    def channel(self, name: str = "channel") -> Channel:
        """A channel that the app can see."""
        channel = self.workspace.channels.get(self.needed(name, "channel_not_found"))
        if channel is None or (channel.kind is not Kind.PUBLIC and self.app.bot_user not in channel.members):
            raise Refused("channel_not_found")
        return channel

    def joined(self, channel: Channel) -> Channel:
        if self.app.bot_user not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def family(self, channel: Channel, right: str) -> None:
        """Rights come by kind of channel: channels:read, groups:read, im:read."""
        self.needs(f"{FAMILIES[channel.kind]}:{right}")


Run: TypeAlias = Callable[[Call], Json]


@dataclass(frozen=True, slots=True)
class Method:
    run: Run
    scopes: tuple[str, ...] = ()  # any one of them
    open: bool = False  # needs no token
    for_sockets: bool = False  # needs the app's own token


def page(call: Call, items: Sequence[T], default: int, most: int = 1000) -> tuple[list[T], Json]:
    """The part that was asked for, and the cursor to the next."""
    limit = min(call.number("limit", default), most)
    start = _place(call.text("cursor"))
    part = list(items[start : start + limit])
    following = start + limit
    cursor = base64.b64encode(f"place:{following}".encode()).decode() if following < len(items) else ""
    return part, {"response_metadata": {"next_cursor": cursor}}


def _place(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("place:")) if cursor else 0
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise Refused("invalid_cursor") from None


def as_list(value: Any) -> list[Any]:
    match value:
        case None | "":
            return []
        case list():
            return value
        case _:
            return [part.strip() for part in str(value).split(",")]
