"""Which events an app is told of: those that it asked for, each with the right that it needs."""

from collections.abc import Iterator, Mapping

from sandbox.values import FAMILIES, App, Channel, Kind

CHANNELS, GROUPS = "channels:read", "groups:read"
RIGHTS: Mapping[str, tuple[str, ...]] = {  # any one of them; what is not listed needs none
    "app_mention": ("app_mentions:read",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "channel_archive": (CHANNELS,),
    "channel_unarchive": (CHANNELS,),
    "channel_rename": (CHANNELS,),
    "channel_deleted": (CHANNELS,),
    "channel_left": (CHANNELS,),
    "group_archive": (GROUPS,),
    "group_unarchive": (GROUPS,),
    "group_rename": (GROUPS,),
    "group_deleted": (GROUPS,),
    "group_left": (GROUPS,),
    "channel_id_changed": (CHANNELS, GROUPS),
    "channel_shared": (CHANNELS, GROUPS),
    "channel_unshared": (CHANNELS, GROUPS),
    "member_joined_channel": (CHANNELS, GROUPS),
    "member_left_channel": (CHANNELS, GROUPS),
    "user_change": ("users:read",),
    "dnd_updated_user": ("dnd:read",),
}


def _holds(app: App, rights: tuple[str, ...]) -> bool:
    return app.scopes is None or not rights or any(right in app.scopes for right in rights)


def without_right(app: App) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the app listens to in vain; the platform would not accept such settings."""
    for event in sorted(app.events or ()):
        rights = RIGHTS.get(event, ())
        if not _holds(app, rights):
            yield event, rights


def told(app: App, event: str, channel: Channel | None = None) -> bool:
    """An event of a channel needs the right for that kind of channel, and nobody hears of private ones from outside."""
    rights = RIGHTS.get(event, ())
    if channel and rights == (CHANNELS, GROUPS):
        rights = (f"{FAMILIES[channel.kind]}:read",)
    hidden = channel is not None and channel.kind is not Kind.PUBLIC and app.bot_user not in channel.members
    return app.listens_to(event) and _holds(app, rights) and not hidden
