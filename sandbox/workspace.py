"""The state of one workspace, and everything that was done to it."""

import asyncio
import itertools
import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from sandbox.clock import Clock
from sandbox.values import (
    App,
    Called,
    Channel,
    Complaint,
    Impossible,
    Kind,
    Message,
    Refused,
    Role,
    Token,
    Upload,
    User,
)

T = TypeVar("T")


class Changes:
    """Wakes whoever waits, at every change."""

    def __init__(self) -> None:
        self._next = asyncio.Event()
        self.count = 0

    def happened(self) -> None:
        self.count += 1
        self._next.set()
        self._next = asyncio.Event()

    async def until(self, predicate: Callable[[], T], seconds: float = 10) -> T:
        """The first true answer of `predicate`, asked now and after each change."""
        try:
            async with asyncio.timeout(seconds):
                while not (answer := predicate()):
                    await self._next.wait()
        except TimeoutError:
            if answer := predicate():
                return answer
            raise TimeoutError(f"still not so after {seconds} s") from None
        return answer


class Workspace:
    """People, channels and messages of one team."""

    def __init__(self, app: App, clock: Clock, team_id: str = "T0SANDBOX", name: str = "Sandbox") -> None:
        self.app = app
        self.clock = clock
        self.team_id = team_id
        self.name = name
        self.domain = name.lower()
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.tokens: dict[str, Token] = {}
        self.journal: list[Called] = []
        self.complaints: list[Complaint] = []
        self.uploads: dict[str, Upload] = {}
        self.changes = Changes()
        self.heard: Callable[[Message | None, Message | None], None] = lambda after, before: None
        self.entered: Callable[[Channel, str], None] = lambda channel, user: None
        self.touched: list[tuple[str, str]] = []  # channel and ts of every message that came, changed or went
        self._messages: dict[str, dict[str, Message]] = {}
        self._replies: dict[tuple[str, str], dict[str, None]] = {}  # in order, by channel and parent
        self._ephemerals: list[Message] = []
        self._last_ts = 0
        self._numbers = itertools.count(1)
        # Slack never gives a trigger or an event's id twice, also to a bot whose records are older than this workspace.
        self.life = uuid.uuid4().hex[:10]

    def number(self) -> int:
        return next(self._numbers)

    def complain(self, what: str, detail: str) -> None:
        self.complaints.append(Complaint(self.clock.now(), what, detail))
        self.changes.happened()

    def add(self, *things: User | Channel | Token) -> None:
        for thing in things:
            match thing:
                case User():
                    self.users[thing.id] = thing if thing.team_id else replace(thing, team_id=self.team_id)
                case Channel():
                    self.channels[thing.id] = thing
                case Token():
                    self.tokens[thing.value] = thing
        self.changes.happened()

    def active_user(self, user_id: str) -> User:
        """Somebody who can sit at a screen."""
        user = self.users.get(user_id)
        if user is None or user.deleted or user.role is Role.BOT:
            raise Impossible(f"{user_id} is nobody who can act here")
        return user

    def direct(self, user_id: str) -> Channel:
        """The conversation between the app and one person, made on first use."""
        if user_id not in self.users:
            raise Refused("user_not_found")
        members = frozenset({user_id, self.app.bot_user})
        for channel in self.channels.values():
            if channel.kind is Kind.DIRECT and channel.members == members:
                return channel
        channel = Channel(f"D_{user_id}", "", Kind.DIRECT, members)
        self.add(channel)
        return channel

    def between(self, one: str, other: str) -> Channel:
        """The conversation of two people, made on first use; the app takes no part in it."""
        first, second = sorted((one, other))
        known = self.channels.get(f"D_{first}_{second}")
        if known is None:
            known = Channel(f"D_{first}_{second}", "", Kind.DIRECT, frozenset({first, second}))
            self.add(known)
        return known

    def move(self, channel_id: str, new_id: str) -> Channel:
        """The channel goes by another id from now on, and all that stands in it with it."""
        channel = replace(self.channels.pop(channel_id), id=new_id)
        moved = {ts: replace(kept, channel=new_id) for ts, kept in self._messages.pop(channel_id, {}).items()}
        self._messages[new_id] = moved
        for place, ts in [key for key in self._replies if key[0] == channel_id]:
            self._replies[(new_id, ts)] = self._replies.pop((place, ts))
        self._ephemerals = [
            replace(kept, channel=new_id) if kept.channel == channel_id else kept for kept in self._ephemerals
        ]
        self.add(channel)
        return channel

    def forget(self, channel_id: str) -> Channel:
        """The channel is gone, and all that stood in it."""
        channel = self.channels.pop(channel_id)
        self._messages.pop(channel_id, None)
        self._replies = {key: kept for key, kept in self._replies.items() if key[0] != channel_id}
        self._ephemerals = [kept for kept in self._ephemerals if kept.channel != channel_id]
        self.changes.happened()
        return channel

    def next_ts(self) -> str:
        """Messages have times of their own: later than every one before."""
        self._last_ts = max(self._last_ts + 1, int(self.clock.now() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def keep(self, message: Message) -> Message:
        if message.ephemeral_for is not None:
            self._ephemerals = [*(kept for kept in self._ephemerals if kept.ts != message.ts), message]
        else:
            kept = self._messages.setdefault(message.channel, {})
            before = kept.get(message.ts)
            kept[message.ts] = message
            self.touched.append((message.channel, message.ts))
            if message.is_reply and message.thread_ts:
                self._replies.setdefault((message.channel, message.thread_ts), {})[message.ts] = None
            self.heard(message, before)
        self.changes.happened()
        return message

    def find(self, channel_id: str, ts: str) -> Message | None:
        return self._messages.get(channel_id, {}).get(ts)

    def find_ephemeral(self, ts: str) -> Message | None:
        return next((kept for kept in self._ephemerals if kept.ts == ts), None)

    def drop(self, message: Message) -> None:
        """A parent with replies leaves its place empty; anything else is gone."""
        if message.ephemeral_for is not None:
            self._ephemerals.remove(message)
            self.changes.happened()
            return
        kept = self._messages[message.channel]
        self.touched.append((message.channel, message.ts))
        if self.thread(message.channel, message.ts)[1:]:
            gone = replace(message, text="This message was deleted.", blocks=(), metadata=None, subtype="tombstone")
            kept[message.ts] = gone
        else:
            del kept[message.ts]
        self.heard(None, message)
        self.changes.happened()

    def all_messages(self, channel_id: str) -> list[Message]:
        return sorted(self._messages.get(channel_id, {}).values(), key=lambda message: message.ts)

    def top_level(self, channel_id: str) -> list[Message]:
        return [message for message in self.all_messages(channel_id) if not message.is_reply or message.broadcast]

    def thread(self, channel_id: str, ts: str) -> list[Message]:
        """A parent and its replies, in order."""
        kept = self._messages.get(channel_id, {})
        stamps = [ts, *self._replies.get((channel_id, ts), {})]
        return [kept[stamp] for stamp in stamps if stamp in kept]

    def ephemerals(self, user_id: str) -> list[Message]:
        return [message for message in self._ephemerals if message.ephemeral_for == user_id]

    def shared_teams(self, channel: Channel) -> list[str]:
        return sorted({self.users[member].team_id for member in channel.members} | {self.team_id})

    def forget_ephemerals(self) -> None:
        """Nothing ephemeral outlives a reload of the client."""
        self._ephemerals.clear()
        self.changes.happened()


def visible(messages: Iterable[Message]) -> list[Message]:
    return [message for message in messages if message.subtype != "tombstone"]
