"""Which people and conversations a list offers to one person."""

from sandbox.values import Channel, Json, Kind, Role, User
from sandbox.workspace import Workspace

INCLUDED = {Kind.PUBLIC: "public", Kind.PRIVATE: "private", Kind.DIRECT: "im"}
GUESTS = (Role.GUEST, Role.SINGLE, Role.EXTERNAL)


def person_offered(user: User | None) -> bool:
    return user is not None and not user.deleted


def channel_offered(workspace: Workspace, viewer: str, channel: Channel | None) -> bool:
    """Public ones, whether one is in them or not; guests see only where they are."""
    if channel is None or channel.kind is not Kind.PUBLIC:
        return False
    return not channel.archived and _sees(workspace, viewer, channel)


def conversation_offered(workspace: Workspace, viewer: str, channel: Channel | None, wanted: Json) -> bool:
    """`wanted` is the element's own filter."""
    if channel is None or channel.archived or not _sees(workspace, viewer, channel):
        return False
    if INCLUDED[channel.kind] not in (wanted.get("include") or INCLUDED.values()):
        return False
    robots = channel.kind is Kind.DIRECT and workspace.app.bot_user in channel.members
    return not (wanted.get("exclude_external_shared_channels") and channel.shared) and not (
        wanted.get("exclude_bot_users") and robots
    )


def _sees(workspace: Workspace, viewer: str, channel: Channel) -> bool:
    everybody = channel.kind is Kind.PUBLIC and workspace.users[viewer].role not in GUESTS
    return everybody or viewer in channel.members
