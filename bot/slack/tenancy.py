"""Whose request this is: as Slack vouches for it, never by the person's own workspace or a view's metadata."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.ids import TenantId, UserId
from bot.slack.gate import Payload


@dataclass(frozen=True, slots=True)
class Installation:
    """The bot in one workspace, or in a whole organisation; the token never shows in a log."""

    tenant: TenantId
    bot_token: str = field(repr=False)
    bot_user_id: UserId
    bot_id: str | None = None
    refresh_token: str | None = field(repr=False, default=None)  # only just granted, and only of a token that expires
    lifetime: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    enterprise_id: str | None
    team_id: str | None
    org_wide: bool = False

    @property
    def tenant(self) -> TenantId | None:
        known = self.enterprise_id if self.org_wide else self.team_id
        return TenantId(known) if known else None


# Told of a place, whoever did it: nobody asks the bot for anything by them.
_OF_PLACES = frozenset(
    {
        "channel_archive", "channel_deleted", "channel_id_changed", "channel_left", "channel_rename", "channel_shared",
        "channel_unarchive", "channel_unshared", "group_archive", "group_deleted", "group_left", "group_rename",
        "group_unarchive", "member_joined_channel",
    }
)  # fmt: skip

# Asked with (enterprise, workspace); the workspace is None for an organisation-wide installation.
Lookup = Callable[[str | None, str | None], Awaitable[Installation | None]]


def origin_of(payload: Payload) -> Origin:
    """Where the bot is installed that this payload is for.

    An event tells its installation first in `authorizations`. A modal that a stranger opened through a shared
    channel carries the stranger's workspace as `team` and ours as `app_installed_team_id`.
    """
    authorizations = payload.get("authorizations")
    first = authorizations[0] if isinstance(authorizations, list) and authorizations else payload
    source = first if isinstance(first, dict) else {}
    team = payload.get("team")
    installed = _text(payload.get("view"), "app_installed_team_id")
    enterprise = (
        _text(source, "enterprise_id") or _text(payload.get("enterprise"), "id") or _text(team, "enterprise_id")
    )
    team_id = installed or _text(source, "team_id") or _text(team, "id") or (team if isinstance(team, str) else None)
    return Origin(enterprise, team_id, source.get("is_enterprise_install") in (True, "true"))


def is_stranger(payload: Payload) -> bool:
    """Whether the person acts from outside the installing workspace (Slack Connect).

    Slack says of everybody in a shared channel where they are at home; where it says nothing, there are no others.

    Commands reach the bot from its own workspaces only.
    """
    event = payload.get("event")
    if "command" in payload or (isinstance(event, dict) and event.get("type") in _OF_PLACES):
        return False
    origin = origin_of(payload)
    home = _home_of_person(payload)
    if home is None:
        return payload.get("is_ext_shared_channel") is True
    if origin.org_wide and origin.team_id is None:
        # Slack names no workspace here; whether the person is of our organisation, only `users.info` can say.
        return False
    return home not in {origin.team_id, origin.enterprise_id if origin.org_wide else None}


def _home_of_person(payload: Payload) -> str | None:
    event = payload.get("event")
    if isinstance(event, dict):
        told = _text(event, "user_team") or _text(event, "team")
        # Slack leaves the person's workspace out of events where nobody else can be.
        return told or (None if payload.get("is_ext_shared_channel") is True else origin_of(payload).team_id)
    return _text(payload.get("user"), "team_id")


def _text(holder: object, name: str) -> str | None:
    value = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, str) and value else None
