"""What happens to people and channels over time, told to the app where it listens."""

from dataclasses import replace
from typing import Any

from sandbox import drawing
from sandbox.desk import CHANNEL_TYPES, Desk
from sandbox.values import Channel, Json, Kind, User


class Lifecycle:
    """Each change is made in the workspace first, then told."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def _tell(self, kind: str, place: Channel | None = None, **fields: Any) -> None:
        if self._desk.workspace.app.listens_to(kind):
            stamp = f"{self._desk.workspace.clock.now():.6f}"
            await self._desk.event({"type": kind, "event_ts": stamp, **fields}, place)

    def _changed(self, channel_id: str, **changes: Any) -> Channel:
        channel = replace(self._desk.workspace.channels[channel_id], **changes)
        self._desk.workspace.add(channel)
        return channel

    def _family(self, channel: Channel) -> str:
        return "group" if channel.kind is Kind.PRIVATE else "channel"

    async def join(self, channel_id: str, user: str) -> None:
        members = self._desk.workspace.channels[channel_id].members
        channel = self._changed(channel_id, members=members | {user})
        await self._membership("member_joined_channel", channel, user)

    async def leave(self, channel_id: str, user: str) -> None:
        """Or be removed; an app that goes is told in a way of its own."""
        members = self._desk.workspace.channels[channel_id].members
        channel = self._changed(channel_id, members=members - {user})
        if user == self._desk.workspace.app.bot_user:
            await self._tell(f"{self._family(channel)}_left", channel, channel=channel_id)
        else:
            await self._membership("member_left_channel", channel, user)

    async def _membership(self, kind: str, channel: Channel, user: str) -> None:
        if self._desk.workspace.app.bot_user in channel.members:
            letter = CHANNEL_TYPES[channel.kind][0].upper()
            team = self._desk.workspace.team_id
            await self._tell(kind, channel, channel=channel.id, user=user, channel_type=letter, team=team)

    async def archive(self, channel_id: str, user: str, archived: bool = True) -> None:
        channel = self._changed(channel_id, archived=archived)
        verb = "archive" if archived else "unarchive"
        await self._tell(f"{self._family(channel)}_{verb}", channel, channel=channel_id, user=user)

    async def rename(self, channel_id: str, name: str) -> None:
        channel = self._changed(channel_id, name=name)
        renamed: Json = {"id": channel_id, "name": name, "name_normalized": name, "created": channel.created}
        await self._tell(f"{self._family(channel)}_rename", channel, channel=renamed)

    async def remove(self, channel_id: str) -> None:
        channel = self._desk.workspace.channels.pop(channel_id)
        self._desk.workspace.changes.happened()
        await self._tell(f"{self._family(channel)}_deleted", channel, channel=channel_id)

    async def change_user(self, user_id: str, **changes: Any) -> User:
        """Another name, zone or role; or deactivated, by `deleted=True`."""
        workspace = self._desk.workspace
        user = replace(workspace.users[user_id], **changes)
        workspace.add(user)
        if user.deleted:
            for channel in list(workspace.channels.values()):
                if channel.kind is not Kind.DIRECT and user_id in channel.members:
                    workspace.add(replace(channel, members=channel.members - {user_id}))
        now = int(workspace.clock.now())
        await self._tell("user_change", user=drawing.user(workspace, user), cache_ts=now)
        return user
