"""What an operator may set: the one reader of the environment, which names everything missing or wrong at once."""

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot import failpoints
from bot.domain.ids import ChannelId
from bot.failpoints import Fault
from bot.slack.secrets import bad_keys

SLACK_API = "https://slack.com/api/"
SIGNING_SECRET_LENGTH = 32

_DRIVERS = {
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
}


class Part(StrEnum):
    """Which process is being started; `STORE` is everything that only needs the database."""

    RUN = "run"
    WEB = "web"
    WORKER = "worker"
    STORE = "store"


class Misconfigured(Exception):
    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _starting(prefix: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not value.startswith(prefix):
            raise ValueError(f"must start with {prefix}")
        return value

    return check


def _long_enough(secret: str) -> str:
    if len(secret) < SIGNING_SECRET_LENGTH:
        raise ValueError(f"must have {SIGNING_SECRET_LENGTH} characters or more")
    return secret


def _port(value: object) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= 65535):
        raise ValueError("must be a whole number from 1 to 65535")
    return int(text)


def _seconds(value: object) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) > 0):
        raise ValueError("must be a whole number of seconds from 1 to 99999")
    return int(text)


def _api_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an http or https address")
    return url.rstrip("/") + "/"


def _keys(value: object) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in str(value).split(","))
    if wrong := bad_keys(keys):
        places = ", ".join(str(place) for place in wrong)
        raise ValueError(f"key {places} of {len(keys)} is not 32 bytes in url-safe base64")
    return keys


def _faults(value: object) -> tuple[Fault, ...]:
    return failpoints.parse(str(value))


def _database_url(address: str) -> str:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise ValueError("is not a database address") from None
    if url.drivername not in _DRIVERS:
        raise ValueError("must start with postgresql:// or sqlite:///")
    url = url.set(drivername=_DRIVERS[url.drivername])
    if url.drivername.startswith("sqlite") and _in_memory(url):
        raise ValueError("must name a file: a database in memory forgets everything at the first restart")
    return _with_asyncpg_words(url).render_as_string(hide_password=False)


def _in_memory(url: URL) -> bool:
    return not url.database or ":memory:" in url.database or url.query.get("mode") == "memory"


def _with_asyncpg_words(url: URL) -> URL:
    """Hosting services hand out libpq's `sslmode`; asyncpg knows it as `ssl`."""
    if "sslmode" not in url.query:
        return url
    mode = url.query["sslmode"]
    return url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})


_Secret = Field(default=None, repr=False)


class Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, alias_generator=str.upper)

    slack_bot_token: Annotated[str | None, AfterValidator(_starting("xox"))] = _Secret
    slack_signing_secret: Annotated[str | None, AfterValidator(_long_enough)] = _Secret
    slack_app_token: Annotated[str | None, AfterValidator(_starting("xapp-"))] = _Secret
    slack_client_id: str | None = None
    slack_client_secret: str | None = _Secret
    encryption_keys: Annotated[tuple[str, ...], BeforeValidator(_keys)] = Field(default=(), repr=False)
    slack_api_url: Annotated[str, AfterValidator(_api_url)] = SLACK_API
    database_url: Annotated[str, AfterValidator(_database_url)] = Field(
        default="sqlite+aiosqlite:///finops.db", repr=False
    )
    host: str = "0.0.0.0"  # noqa: S104  # nosec B104 - a container's door is meant to be reachable
    port: Annotated[int, BeforeValidator(_port)] = 3000
    health_port: Annotated[int | None, BeforeValidator(_port)] = None
    announce_channel: ChannelId | None = None
    most_clock_skew_seconds: Annotated[int | None, BeforeValidator(_seconds)] = None
    log_level: Literal["INFO", "WARNING", "ERROR"] = "INFO"  # at DEBUG the libraries print tokens and messages
    fault: Annotated[tuple[Fault, ...], BeforeValidator(_faults)] = ()

    @property
    def most_clock_skew(self) -> timedelta | None:
        return timedelta(seconds=self.most_clock_skew_seconds) if self.most_clock_skew_seconds else None

    @property
    def socket_mode(self) -> bool:
        return self.slack_app_token is not None

    @property
    def shared_with_slack(self) -> str:
        """A secret that Slack and the doors of the bot know. Empty only where there is no door."""
        return self.slack_signing_secret or self.slack_app_token or ""

    @property
    def many_workspaces(self) -> bool:
        return self.slack_client_id is not None

    @property
    def on_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


KNOWN = tuple(name.upper() for name in Settings.model_fields)
_STORE_NEEDS = ("DATABASE_URL", "LOG_LEVEL", "FAULT")


def read(environ: Mapping[str, str], part: Part) -> Settings:
    """The settings of one part, or `Misconfigured` with a line for each thing to put right. Blank means missing."""
    names = _STORE_NEEDS if part is Part.STORE else KNOWN
    given = {name: value.strip() for name in names if (value := environ.get(name, "")).strip()}
    problems = [*_missing(given, part), *_strangers(environ)]
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        raise Misconfigured((*_wrong(error), *problems)) from None
    if problems:
        raise Misconfigured(tuple(problems))
    return settings


def from_environment(part: Part) -> Settings:
    return read(os.environ, part)  # noqa: TID251 - the one place


def _wrong(error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False, include_input=False):
        reason = detail["msg"].removeprefix("Value error, ")
        yield f"{detail['loc'][0]} {reason[:1].lower()}{reason[1:]}"


def _missing(given: Mapping[str, str], part: Part) -> Iterator[str]:
    if part is Part.STORE:
        return
    if "SLACK_BOT_TOKEN" not in given and "SLACK_CLIENT_ID" not in given:
        yield "SLACK_BOT_TOKEN is missing (or SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and ENCRYPTION_KEYS instead)"
    if "SLACK_CLIENT_ID" in given or "SLACK_CLIENT_SECRET" in given:
        for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "ENCRYPTION_KEYS"):
            if name not in given:
                yield f"{name} is missing (needed to be installed in many workspaces)"
    if part is not Part.WORKER and "SLACK_APP_TOKEN" not in given and "SLACK_SIGNING_SECRET" not in given:
        yield "SLACK_SIGNING_SECRET is missing (or SLACK_APP_TOKEN, for Socket Mode)"


def _strangers(environ: Mapping[str, str]) -> Iterator[str]:
    """A misspelt name would be ignored in silence, and its setting with it."""
    for name in sorted(environ):
        if name not in KNOWN and name.startswith(("SLACK_", "ENCRYPTION_", "ANNOUNCE_")):
            for likely in get_close_matches(name, KNOWN, n=1, cutoff=0.9):
                yield f"{name} is not a setting; did you mean {likely}?"
    if environ.get("FAULT", "").strip() and environ.get("APP_ENV") != "test":
        yield "FAULT is for tests only"
