"""One bot that many workspaces have installed, each with a token of its own; one stand-in serves them all.

What belongs to whom is judged by the token of each call that the stand-in wrote down, never by our own tables.
"""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

from bot.domain.ids import ChannelId, TenantId, UserId
from bot.domain.teams import Place
from bot.handlers import entrance
from bot.handlers.deps import Deps
from bot.metrics import Deliveries, Metrics
from bot.services import reminding
from bot.services.correspondence import turns
from bot.services.delivering import Delivering, Means
from bot.services.picturing import Gallery
from bot.services.telling import Telling
from bot.services.workspaces import ManyWorkspaces
from bot.slack.binding import Binding
from bot.slack.bolt import Dispatch
from bot.slack.gateway import Gateway
from bot.slack.replies import Reply
from bot.slack.secrets import KeyRing
from bot.store import people, teams, tenants
from bot.store.away import STORE_AWAY
from bot.store.database import Database, Transaction
from bot.store.tenants import Tenant
from sandbox import Clock, SlackStandIn
from sandbox.values import Called, Channel, Json, Token, User
from tests.flows.world import APP, MODELS, PATIENCE, SECRET, Hand

KEYS = KeyRing(["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="])
MOST_ROUNDS = 100
_NUMBERS = count(1)


@dataclass(frozen=True)
class Home:
    """A workspace with a team of two, called as in every other, and a word that stands in whatever they write."""

    tenant: TenantId
    token: str
    channel: ChannelId
    lead: UserId
    owner: UserId
    canary: str


@dataclass
class Town:
    slack: SlackStandIn
    db: Database
    clock: Clock
    deps: Deps
    dispatch: Dispatch
    delivering: Delivering

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock.now(), UTC)

    async def installed(self, tenant: str, enterprise: str | None = None, *, org_wide: bool = False) -> str:
        """Its token, which the platform takes from now on."""
        token = f"xoxb-{tenant}-{next(_NUMBERS)}"
        self.slack.workspace.add(Token(token, self.slack.app.scopes))
        known, team = TenantId(tenant), None if org_wide else tenant
        bot, sealed = UserId(self.slack.app.bot_user), KEYS.seal(token, known)
        async with self.db.begin_for_all() as tx:
            stored = Tenant(known, team, enterprise, bot, self.slack.app.bot_id, sealed, None)
            await tenants.installed(tx, stored, self.now())
        return token

    async def settled(self) -> None:
        """The worker has done everything that is due."""
        for _ in range(MOST_ROUNDS):
            await self.deps.afterwards.finish(10)
            late = await reminding.tick(self.db, self.deps.gateway, self.now())
            taken = await self.delivering.drain(self.now())
            await self.delivering.idle()
            if not taken and not late:
                return
            self.clock.advance(1.0)
        raise AssertionError("the outbox never came to rest")

    async def home(self, number: int) -> Home:
        tenant = TenantId(f"T{number:03}")
        lead, owner, channel = UserId(f"UL{number:03}"), UserId(f"UO{number:03}"), ChannelId(f"C{number:03}")
        token = await self.installed(tenant)
        everybody = frozenset({lead, owner, self.slack.app.bot_user})
        self.slack.workspace.add(User(lead, lead.lower(), team_id=tenant), User(owner, owner.lower(), team_id=tenant))
        self.slack.workspace.add(Channel(channel, channel.lower(), members=everybody))
        async with self.db.begin(tenant) as tx:
            await self.known(tx, lead, owner)
            await teams.made(tx, Place(channel, "payments", is_private=False), lead, self.now())
        return Home(tenant, token, channel, lead, owner, f"canary{number:03}x")

    async def known(self, tx: Transaction, *users: UserId) -> None:
        for user in users:
            await people.meet(tx, user, self.now())
            await people.put(tx, user, "Europe/Paris", True, True, self.now())

    async def command(self, home: Home, user: str, text: str, **more: object) -> Reply:
        typed = {"command": "/finops-assess", "text": text, "user_id": user, "team_id": home.tenant}
        where = {"channel_id": home.channel, "channel_name": "privategroup", "response_url": ""}
        return await self.dispatch(typed | where | {"trigger_id": f"{next(_NUMBERS)}.{user}"} | more)

    async def event(self, home: Home, user: str, inner: Json) -> Reply:
        told = {"user": user, "channel": home.channel, "event_ts": "1.2", "ts": "1.2", "team": home.tenant, **inner}
        envelope = {"type": "event_callback", "event_id": f"Ev{next(_NUMBERS)}", "team_id": home.tenant}
        authorization = {"team_id": home.tenant, "enterprise_id": None, "is_enterprise_install": False}
        return await self.dispatch(envelope | {"event": told, "authorizations": [authorization]})

    async def button(self, home: Home, user: str, name: str, value: str) -> Reply:
        action = {"action_id": name, "block_id": "b", "type": "button", "value": value, "action_ts": "1.2"}
        by = {"type": "block_actions", "user": {"id": user, "team_id": home.tenant}, "team": {"id": home.tenant}}
        there = {"channel": {"id": home.channel}, "container": {"type": "message", "message_ts": "1.2"}}
        return await self.dispatch(by | there | {"actions": [action], "trigger_id": f"{next(_NUMBERS)}.{user}"})


@asynccontextmanager
async def town(db: Database) -> AsyncIterator[Town]:
    hand = Hand()
    clock = Clock(hand, hand)

    def now() -> datetime:
        return datetime.fromtimestamp(clock.now(), UTC)

    slack = SlackStandIn("", SECRET, app=APP, clock=clock, burst=0, patience=PATIENCE)
    slack.desk.hears = lambda channel: False  # type: ignore[method-assign]  # nobody is told of posts
    async with slack, AsyncExitStack() as house:
        workspaces = ManyWorkspaces(db, KEYS)
        gateway = Gateway(slack.api_url, workspaces.token_of)
        await gateway.start()
        house.push_async_callback(gateway.close)
        metrics, gallery = Metrics(), Gallery(db)
        deps = Deps(db, MODELS, gateway, now, None, lambda: None, gallery, Binding(SECRET, lambda: None))
        means = Means(
            db, gateway, Telling(MODELS), Deliveries(metrics), now, clock.steady, lambda: 0.0, gallery, turns(db)
        )
        delivering = Delivering(means)
        house.push_async_callback(delivering.stop, 5)
        yield Town(slack, db, clock, deps, entrance.dispatch(deps, workspaces, STORE_AWAY, PATIENCE), delivering)
        await deps.afterwards.finish(10)


def said(call: Called) -> str:
    """All that a call has carried to Slack, and the place."""
    return json.dumps(call.args, default=str)


def misplaced(slack: SlackStandIn, homes: Sequence[Home]) -> list[str]:
    """Calls in which a workspace's word, place or person stands, made with another's token."""
    by_token = {home.token: home for home in homes}
    found = []
    for call in slack.journal:
        text, whose = said(call), by_token.get(call.token)
        for home in homes:
            marks = (home.canary, home.channel, home.lead, home.owner)
            if home is not whose and any(mark in text for mark in marks):
                found.append(f"{call.method} with the token of {whose and whose.tenant}: {home.tenant}")
    return found
