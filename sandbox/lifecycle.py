"""What happens to people and channels over time, told to the app where it listens."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sandbox import drawing, hearing, quiet
from sandbox.desk import Desk
from sandbox.values import Channel, Impossible, Json, Kind, Message, Role, User

NAME = re.compile(r"[\w-]{1,80}")
MADE_PRIVATE = "made this channel *private*. Now, it can only be viewed or joined by invitation."


class Lifecycle:
    """Each change is made in the workspace first, then told; what the official client would not do is `Impossible`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._workspace = desk.workspace
        self._bot = desk.workspace.app.bot_user

    async def _tell(self, kind: str, place: Channel | None = None, **fields: Any) -> None:
        """`place` as it was when the app could see it last."""
        if hearing.told(self._workspace.app, kind, place):
            stamp = f"{self._workspace.clock.now():.6f}"
            await self._desk.event({"type": kind, "event_ts": stamp, **fields}, place)

    def _channel(self, channel_id: str) -> Channel:
        channel = self._workspace.channels.get(channel_id)
        if channel is None or channel.kind is Kind.DIRECT:
            raise Impossible(f"there is no channel {channel_id}")
        return channel

    def _changed(self, channel: Channel, **changes: Any) -> Channel:
        channel = replace(channel, **changes)
        self._workspace.add(channel)
        return channel

    def _family(self, channel: Channel) -> str:
        return "group" if channel.kind is Kind.PRIVATE else "channel"

    async def join(self, channel_id: str, user: str, inviter: str = "") -> None:
        """By themselves, or because somebody has invited them."""
        channel, who = self._channel(channel_id), self._workspace.users.get(user)
        if who is None or who.deleted or (who.role is Role.EXTERNAL and not channel.shared):
            raise Impossible(f"{user} cannot be invited to #{channel.name}")
        if channel.archived:
            raise Impossible(f"#{channel.name} is archived: nobody can be invited")
        if user not in channel.members:
            await self.joined(self._changed(channel, members=channel.members | {user}), user, inviter)

    async def joined(self, channel: Channel, user: str, inviter: str = "") -> None:
        """The app is told of everybody who comes to where it is, and of itself."""
        await self._membership("member_joined_channel", channel, user, {"inviter": inviter} if inviter else {})

    async def leave(self, channel_id: str, user: str, by: str = "") -> None:
        """Or be removed `by` somebody; an app that goes is told in a way of its own."""
        before = self._channel(channel_id)
        if user not in before.members:
            raise Impossible(f"{user} is not in #{before.name}")
        channel = self._changed(before, members=before.members - {user})
        if user == self._bot:
            await self._tell(f"{self._family(channel)}_left", before, channel=channel_id, actor_id=by or user)
        else:
            await self._membership("member_left_channel", channel, user, {})

    async def _membership(self, kind: str, channel: Channel, user: str, more: Json) -> None:
        if self._bot in channel.members:
            team = self._workspace.users[user].team_id or self._workspace.team_id
            told: Json = {"channel": channel.id, "user": user, "channel_type": channel.id[0], "team": team}
            await self._tell(kind, channel, **told, **more)

    async def archive(self, channel_id: str, user: str, archived: bool = True) -> None:
        """Apps do not stay in an archived public channel."""
        before = self._channel(channel_id)
        if not archived:
            await self.unarchive(channel_id, user)
            return
        gone = {self._bot} if before.kind is Kind.PUBLIC else set()
        self._changed(before, archived=True, members=before.members - gone)
        await self._tell(f"{self._family(before)}_archive", before, channel=channel_id, user=user, is_moved=0)

    async def unarchive(self, channel_id: str, user: str) -> None:
        """A private channel has its members back; in a public one is only who has opened it again."""
        before = self._channel(channel_id)
        members = before.members if before.kind is Kind.PRIVATE else frozenset({user})
        channel = self._changed(before, archived=False, members=members)
        who = {"actor_id": user} if channel.kind is Kind.PRIVATE else {"user": user}
        await self._tell(f"{self._family(channel)}_unarchive", channel, channel=channel_id, **who)

    async def rename(self, channel_id: str, name: str) -> None:
        if not NAME.fullmatch(name) or name != name.lower():
            raise Impossible("channel names are in lower case, without spaces or full stops, and up to 80 characters")
        if any(other.name == name and other.id != channel_id for other in self._workspace.channels.values()):
            raise Impossible(f"there is a channel #{name} already")
        channel = self._changed(self._channel(channel_id), name=name)
        renamed: Json = {
            "id": channel_id, "name": name, "name_normalized": name, "created": channel.created,
            "is_channel": channel.kind is Kind.PUBLIC, "is_mpim": False,
        }  # fmt: skip
        await self._tell(f"{self._family(channel)}_rename", channel, channel=renamed)

    async def remove(self, channel_id: str, user: str = "") -> None:
        """Deleted for good, with all that was said in it."""
        channel = self._channel(channel_id)
        self._workspace.forget(channel_id)
        now = int(self._workspace.clock.now())
        more: Json = {"date_deleted": now, "actor_id": user} if channel.kind is Kind.PRIVATE else {}
        await self._tell(f"{self._family(channel)}_deleted", channel, channel=channel_id, **more)

    async def change_id(self, channel_id: str, new_id: str) -> Channel:
        """From now on there is nothing under the old one."""
        self._channel(channel_id)
        channel = self._workspace.move(channel_id, new_id)
        await self._tell("channel_id_changed", channel, old_channel_id=channel_id, new_channel_id=new_id)
        return channel

    async def make_private(self, channel_id: str, user: str) -> None:
        """The members stay, the app among them; it is told by a message, as one of a private channel."""
        channel = self._channel(channel_id)
        if channel.kind is not Kind.PUBLIC or channel.archived:
            raise Impossible(f"#{channel.name} cannot be made private")
        self._changed(channel, kind=Kind.PRIVATE)
        stamp, steady = self._workspace.next_ts(), self._workspace.clock.steady()
        said = Message(channel_id, stamp, user, MADE_PRIVATE, subtype="channel_convert_to_private", posted=steady)
        await self._desk.told_of(self._workspace.keep(said), None)

    async def share(self, channel_id: str, team: str, people: Sequence[str] = ()) -> Channel:
        """With another organisation, and these people of it; an old private channel gets another id by that."""
        channel = self._channel(channel_id)
        strangers = [user for user in people if self._workspace.users[user].team_id != team]
        if strangers or team == self._workspace.team_id or channel.archived:
            raise Impossible(f"#{channel.name} cannot be shared with {team} and {', '.join(strangers) or 'nobody'}")
        if channel.kind is Kind.PRIVATE and channel.id.startswith("G"):
            channel = await self.change_id(channel_id, f"C{channel_id.removeprefix('G')}")
        channel = self._changed(channel, shared=True)
        await self._tell("channel_shared", channel, channel=channel.id, connected_team_id=team)
        for user in people:
            await self.join(channel.id, user)
        return self._workspace.channels[channel.id]

    async def unshare(self, channel_id: str, team: str) -> None:
        """With whoever is of that organisation out of it."""
        before, users = self._channel(channel_id), self._workspace.users
        members = frozenset(member for member in before.members if users[member].team_id != team)
        still = any(users[member].role is Role.EXTERNAL for member in members)
        channel = self._changed(before, members=members, shared=still)
        told: Json = {"previously_connected_team_id": team, "is_ext_shared": still}
        await self._tell("channel_unshared", channel, channel=channel_id, **told)

    async def change_user(self, user_id: str, **changes: Any) -> User:
        """Another name, zone or role; or deactivated, by `deleted=True`."""
        workspace = self._workspace
        user = replace(workspace.users[user_id], **changes)
        workspace.add(user)
        if user.deleted:
            for channel in list(workspace.channels.values()):
                if channel.kind is not Kind.DIRECT and user_id in channel.members:
                    workspace.add(replace(channel, members=channel.members - {user_id}))
        now = int(workspace.clock.now())
        await self._tell("user_change", user=drawing.user(workspace, user), cache_ts=now)
        return user

    async def do_not_disturb(self, user_id: str, until: float) -> None:
        """Until then by the workspace's clock; a time that has passed ends it."""
        now = self._workspace.clock.now()
        user = replace(self._workspace.users[user_id], dnd_from=now, dnd_until=max(until, now))
        self._workspace.add(user)
        await self._tell("dnd_updated_user", user=user_id, dnd_status=quiet.status(user, now))
