"""The workspace that everybody starts with, and how another one is read from a file."""

from collections.abc import Iterable
from pathlib import Path

import yaml

from sandbox.values import App, Channel, Json, Kind, Role, User
from sandbox.workspace import Workspace

USERS = (
    User("U_ADA", "ada", "Ada Martin", "Europe/Paris", Role.ADMIN),
    User("U_BEN", "ben", "Ben Clarke", "America/New_York"),
    User("U_CHI", "chi", "Chi Tanaka", "Asia/Tokyo"),
    User("U_EVE", "eve", "Eve Novak", "Europe/Prague", Role.GUEST),
    User("U_XAV", "xav", "Xavier Roux", "Europe/Brussels", Role.EXTERNAL, team_id="T0PARTNER"),
    User("U_GONE", "gone", "Gus Gone", "Europe/London", deleted=True),
)
STAFF = frozenset({"U_ADA", "U_BEN", "U_CHI"})


def channels(bot: str) -> Iterable[Channel]:
    with_bot = STAFF | {bot}
    yield Channel("C_PAY", "payments", members=with_bot | {"U_EVE"})
    yield Channel("C_WEB", "web-shop", members=with_bot)
    yield Channel("C_DATA", "data-platform", members=with_bot)
    yield Channel("C_OUT", "elsewhere", members=STAFF)
    yield Channel("C_EXT", "with-partner", members=with_bot | {"U_XAV"}, shared=True)
    yield Channel("G_SEC", "secrets", Kind.PRIVATE, frozenset({"U_ADA", "U_BEN", bot}))
    yield Channel("G_HID", "hidden", Kind.PRIVATE, frozenset({"U_BEN", "U_CHI"}))
    yield Channel("C_OLD", "old-stuff", members=STAFF, archived=True)


def bot_of(app: App) -> User:
    name = app.bot_name or app.name
    return User(app.bot_user, name.lower().replace(" ", "_"), name, role=Role.BOT)


def settle(workspace: Workspace) -> None:
    """Fill an empty workspace with the usual people and channels."""
    workspace.add(bot_of(workspace.app), *USERS, *channels(workspace.app.bot_user))


def user_from(entry: Json) -> User:
    hours = entry.get("quiet_hours")
    return User(**{
        **entry, "role": Role(entry.get("role", Role.MEMBER)), "quiet_hours": tuple(hours) if hours else None,
    })  # fmt: skip


def channel_from(entry: Json) -> Channel:
    kind = Kind(entry.get("kind", Kind.PUBLIC))
    return Channel(**{**entry, "kind": kind, "members": frozenset(entry.get("members", ()))})


def settle_from(workspace: Workspace, path: Path) -> None:
    """Fill an empty workspace from a YAML file with `team`, `users` and `channels`."""
    described = yaml.safe_load(path.read_text(encoding="utf-8"))
    team = described.get("team", {})
    workspace.team_id = team.get("id", workspace.team_id)
    workspace.name = team.get("name", workspace.name)
    workspace.domain = team.get("domain", workspace.domain)
    workspace.add(bot_of(workspace.app))
    workspace.add(*(user_from(entry) for entry in described.get("users", ())))
    workspace.add(*(channel_from(entry) for entry in described.get("channels", ())))
