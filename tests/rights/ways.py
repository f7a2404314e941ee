"""The ways in, as Slack would send them for anybody: also for who could not press there, or not any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from sqlalchemy import select

from bot.domain.ids import UserId
from bot.store.schema import Base
from bot.views.blocks import View
from sandbox.sender import Sent
from sandbox.values import Json
from tests.door.setting import HERE
from tests.flows.world import World

# What is learned of people, and noted of requests, is no effect of theirs.
ASIDE = frozenset({"handled", "heartbeats", "people", "tenants"})
_NUMBERS = count(1)


@dataclass(frozen=True)
class Ways:
    world: World
    user: str
    channel: str
    home: str = "T0SANDBOX"  # the person's own workspace

    async def command(self, text: str) -> Sent:
        return await self._sent(
            "command",
            {
                "command": "/finops-assess",
                "text": text,
                "user_id": self.user,
                "team_id": HERE,
                "channel_id": self.channel,
                "channel_name": "privategroup",
                "response_url": "",
                "trigger_id": self._trigger(),
            },
        )

    async def mention(self, text: str) -> Sent:
        inner = {"type": "app_mention", "user": self.user, "channel": self.channel, "ts": "1.2", "team": self.home}
        said = {"text": f"<@{self.world.slack.app.bot_user}> {text}", "event_ts": "1.2"}
        envelope = {"type": "event_callback", "event_id": f"Ev{next(_NUMBERS)}", "team_id": HERE, "event": inner | said}
        return await self._sent("event", envelope)

    async def button(self, name: str, value: str) -> Sent:
        action = {"action_id": name, "block_id": "b", "type": "button", "value": value, "action_ts": "1.2"}
        there = {"channel": {"id": self.channel}, "container": {"type": "message", "message_ts": "1.2"}}
        return await self._sent("interaction", self._by("block_actions") | there | {"actions": [action]})

    async def form(self, view: View, values: Mapping[str, Json]) -> Sent:
        """``view``: as the bot drew it for them while they had the right to it."""
        bound = self.world.deps.binding.bind(HERE, UserId(self.user), view)
        state = {"state": {"values": {block: {"x": value} for block, value in values.items()}}}
        filled = {**bound, **state, "id": f"V{next(_NUMBERS)}", "hash": "1.abc", "team_id": HERE}
        return await self._sent("interaction", self._by("view_submission") | {"view": filled, "response_urls": []})

    def _by(self, kind: str) -> Json:
        user = {"id": self.user, "team_id": self.home}
        return {"type": kind, "team": {"id": HERE}, "user": user, "trigger_id": self._trigger(), "response_url": ""}

    def _trigger(self) -> str:
        return f"{next(_NUMBERS)}.{self.user}"

    async def _sent(self, kind: str, payload: Json) -> Sent:
        sender = self.world.slack.sender
        sent = await {"command": sender.command, "event": sender.event}.get(kind, sender.interaction)(payload)
        assert sent.status == 200, sent
        await self.world.answered()
        return sent


def picked(value: str) -> Json:
    return {"type": "static_select", "selected_option": {"value": value}}


async def everything(world: World) -> list[str]:
    """All that is stored, but for what is aside."""
    found = []
    async with world.db.read(HERE) as tx:
        for table in Base.metadata.sorted_tables:
            if table.name not in ASIDE:
                rows = await tx.session.execute(select(table))
                found += sorted(f"{table.name}: {row}" for row in rows)
    return found
