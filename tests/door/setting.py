"""A team with an open action point, put where it is kept, and more processes of the bot beside the first."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.ids import ActionId, ChannelId, TenantId, UserId
from bot.handlers import entrance
from bot.handlers.deps import Afterwards, Deps
from bot.metrics import Metrics
from bot.services.workspaces import OneWorkspace
from bot.slack import http
from bot.slack.http import Server, SlackDoor
from bot.store import actions, people, teams
from bot.store.away import STORE_AWAY
from bot.store.database import Database
from bot.store.schema import UndoRow
from tests.flows.ports import free_port
from tests.flows.world import PATIENCE, SECRET, World
from tests.store.builders import a_draft, a_team, put_action

HERE = TenantId("T0SANDBOX")
LEAD, OWNER, PAY = UserId("U_ADA"), UserId("U_BEN"), ChannelId("C_PAY")
ONE = ActionId("ac-1")


async def a_team_with_an_action(world: World, owner: UserId = OWNER) -> ActionPoint:
    """Ada leads the team of the channel; Ben has its one action point, due at the end of the month."""
    async with world.db.begin(HERE) as tx:
        for user in (LEAD, OWNER):
            await people.meet(tx, user, world.now())
            await people.put(tx, user, "Europe/Paris", True, True, world.now())
        team = await a_team(tx, PAY, LEAD)
        await teams.take_numbers(tx, team.id, 1)
        draft = await a_draft(tx, team.id, now=world.now())
        return await put_action(tx, draft, id=ONE, number=1, owner=owner, due_on=date(2026, 3, 30))


async def state(world: World) -> ActionState:
    return (await _action(world)).state


async def changes_made(world: World) -> int:
    """Each change leaves exactly one way back."""
    async with world.db.read(HERE) as tx:
        return await tx.session.scalar(select(func.count()).select_from(UndoRow)) or 0


async def _action(world: World) -> ActionPoint:
    async with world.db.read(HERE) as tx:
        found = await actions.by_id(tx, ONE)
    assert found is not None
    return found


@asynccontextmanager
async def replica(world: World, db: Database) -> AsyncIterator[str]:
    """Another process of the bot on the same database; its address for Slack."""
    async with AsyncExitStack() as house:
        deps = replace(world.deps, db=db, afterwards=Afterwards())
        house.push_async_callback(deps.afterwards.finish, 10)
        yield await _served(house, world, deps)


async def _served(house: AsyncExitStack, world: World, deps: Deps) -> str:
    async def ready() -> dict[str, str | None]:
        return {}

    workspaces = OneWorkspace(deps.db, world.slack.bot_token, world.now)
    await workspaces.meet(world.gateway)
    door = SlackDoor(SECRET, entrance.dispatch(deps, workspaces, STORE_AWAY, PATIENCE), world.now)
    port = free_port()
    server = Server(http.build(Metrics(), ready, door, (), STORE_AWAY), "127.0.0.1", port)
    await server.start()
    house.push_async_callback(server.stop)
    return f"http://127.0.0.1:{port}/slack/events"
