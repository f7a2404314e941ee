"""The forms of settings: one's own, a team's, the workspace's. Each shows what holds, and says what it changed."""

from collections.abc import Collection
from functools import partial

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.ids import TeamId, UserId
from bot.handlers import request
from bot.handlers.deps import Deps
from bot.handlers.request import Asker, Spot
from bot.handlers.showing import Covers, show
from bot.services import inforce, meeting, rights
from bot.slack.gate import Payload
from bot.store import teams
from bot.views import (
    person_settings,
    saved,
    settings_saved,
    team_people,
    team_settings,
    workspace_settings,
)
from bot.views.blocks import View

TOO_LATE = saved.refused("That took too long. Please press the button once more.")
COVERS = Covers(settings_saved.opening(), settings_saved.away(), TOO_LATE)


async def person(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await ack()
    who = request.asker(context, body)
    show_person(deps, who, str(body["trigger_id"]), request.spot(body))


async def team(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Its value is the team."""
    await ack()
    who, chosen = request.asker(context, body), TeamId(request.pressed(body))
    show(deps, who, str(body["trigger_id"]), partial(_team, deps, who, chosen), request.spot(body), COVERS)


async def people(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Its value is the team."""
    await ack()
    who, chosen = request.asker(context, body), TeamId(request.pressed(body))
    show(deps, who, str(body["trigger_id"]), partial(_people, deps, who, chosen), request.spot(body), COVERS)


async def workspace(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await ack()
    who = request.asker(context, body)
    show(deps, who, str(body["trigger_id"]), partial(_workspace, deps, who), request.spot(body), COVERS)


def show_person(deps: Deps, who: Asker, trigger: str, where: Spot | None) -> None:
    show(deps, who, trigger, partial(_person, deps, who), where, COVERS)


async def meet(deps: Deps, who: Asker, named: Collection[UserId] = ()) -> None:
    """Slack's word on who asks, not older than rights may rest on, and on whom they name."""
    people = [who.user, *named]
    await meeting.introduce(deps.db, deps.gateway, who.tenant, people, deps.now(), rights.SLACKS_WORD_LASTS)


async def _person(deps: Deps, who: Asker) -> View:
    await meeting.introduce(deps.db, deps.gateway, who.tenant, [who.user], deps.now())
    async with deps.db.read(who.tenant) as tx:
        return person_settings.build(await inforce.of_person(tx, who.user, deps.now()))


async def _team(deps: Deps, who: Asker, chosen: TeamId) -> View:
    await meet(deps, who)
    now = deps.now()
    async with deps.db.read(who.tenant) as tx:
        found = await teams.found(tx, chosen)
        if found is None or not await rights.may_change(tx, found, who.user, now):
            return settings_saved.told(settings_saved.NOT_YOURS)
        holds = await inforce.of_team(tx, deps.models, found, now)
        return team_settings.build(holds, may_stop=await rights.is_admin(tx, who.user, now))


async def _people(deps: Deps, who: Asker, chosen: TeamId) -> View:
    await meet(deps, who)
    now = deps.now()
    async with deps.db.read(who.tenant) as tx:
        found = await teams.found(tx, chosen)
        if found is None or not await rights.may_change(tx, found, who.user, now):
            return settings_saved.told(settings_saved.NOT_YOURS)
        return team_people.build(await inforce.of_team(tx, deps.models, found, now))


async def _workspace(deps: Deps, who: Asker) -> View:
    await meet(deps, who)
    async with deps.db.read(who.tenant) as tx:
        if not await rights.is_admin(tx, who.user, deps.now()):
            return settings_saved.told(settings_saved.NOT_YOURS)
        return workspace_settings.build(await inforce.of_workspace(tx))
