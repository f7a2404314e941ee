"""Submitted forms of a team's settings and of its people."""

from typing import assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain import remembered
from bot.domain.bounds import Field
from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.in_force import TeamInForce
from bot.domain.teams import Team
from bot.handlers import homes, request
from bot.handlers.deps import Deps
from bot.handlers.request import Asker
from bot.handlers.saving import fix, told
from bot.handlers.settings import meet
from bot.services import inforce, leading, reshaping, visiting
from bot.services.chosen import Chosen, NotYours, Refused
from bot.services.reshaping import Deed, Step, Wish
from bot.services.visiting import Unseen
from bot.slack.gate import Payload
from bot.store import teams
from bot.store.database import Transaction
from bot.views import settings_saved, team_changed, team_people, team_settings, team_shown
from bot.views.blocks import View
from bot.views.fields import Fix
from bot.views.settings_saved import Done
from bot.views.team_people import Arrangement


async def settings(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who, now, form = request.asker(context, body), deps.now(), team_settings.read(view)
    team, wider = TeamId(form.subject), form.changed("announce_to")
    await meet(deps, who)
    there = await visiting.place_of(deps.gateway, who.tenant, ChannelId(wider), who.user) if wider else None
    if isinstance(there, Unseen):
        await fix(ack, {Field.ANNOUNCE_TO: there.sentence})
        return
    async with deps.begin(who.tenant) as tx:
        settled = await leading.settle(
            tx,
            who.user,
            team,
            lambda present: remembered.team(form.onto(remembered.of_team(present))),
            form.changed("speaks"),
            now,
        )
        holds = await _holds(deps, tx, team)
    deps.wake()
    match settled:
        case Refused(problems=problems):
            await fix(ack, problems)
        case leading.Settled() if holds is not None:
            homes.refresh(deps, who)
            await told(ack, _settled(settled, holds))
        case NotYours() | leading.Settled():
            await ack(response_action="update", view=settings_saved.told(settings_saved.NOT_YOURS))
        case _:
            assert_never(settled)


async def people(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who, now, form = request.asker(context, body), deps.now(), team_people.read(view)
    if isinstance(form, Fix):
        await fix(ack, form.problems)
        return
    wish = await _wish(deps, who, form)
    if isinstance(wish, Unseen):
        await fix(ack, {Field.CHANNEL: wish.sentence})
        return
    async with deps.begin(who.tenant) as tx:
        outcome = await reshaping.reshape(tx, who.user, form.team, wish, now)
    deps.wake()
    match outcome:
        case Refused(problems=problems):
            await fix(ack, problems)
        case NotYours():
            await ack(response_action="update", view=settings_saved.told(settings_saved.NOT_YOURS))
        case steps:
            homes.refresh(deps, who)
            await told(ack, [Done(_sentence(step), step.chosen.undo) for step in steps])


async def _wish(deps: Deps, who: Asker, form: Arrangement) -> Wish | Unseen:
    """What the form asks for, once Slack was asked about everybody and everything in it."""
    await meet(deps, who, [*form.added, *([form.lead] if form.lead else [])])
    place = await visiting.place_of(deps.gateway, who.tenant, form.channel, who.user) if form.channel else None
    if isinstance(place, Unseen):
        return place
    return Wish(
        name=form.name, place=place, unlinks=form.unlinks, added=form.added, removed=form.removed, lead=form.lead
    )


async def _holds(deps: Deps, tx: Transaction, team: TeamId) -> TeamInForce | None:
    found = await teams.found(tx, team)
    return await inforce.of_team(tx, deps.models, found, deps.now()) if found else None


def _settled(settled: leading.Settled, holds: TeamInForce) -> list[Done]:
    done = []
    if isinstance(settled.settings, Chosen):
        done.append(Done("\n".join(team_shown.changes(settled.settings.before, holds)), settled.settings.undo))
    if settled.stopped is not None:
        done.append(Done(_stopped(settled.stopped.after), settled.stopped.undo))
    return done


def _stopped(team: Team) -> str:
    return team_changed.stopped(team) if team.is_stopped else team_changed.started(team)


def _sentence(step: Step) -> str:
    after = step.chosen.after
    match step.deed:
        case Deed.RENAMED:
            return team_changed.renamed(after)
        case Deed.LINKED:
            return team_changed.linked(after)
        case Deed.UNLINKED:
            return team_changed.unlinked(after)
        case Deed.LED:
            return team_changed.led(after)
        case Deed.ADDED:
            return team_changed.added(after, _about(step))
        case Deed.REMOVED:
            return team_changed.removed(after, _about(step))
        case _:
            assert_never(step.deed)


def _about(step: Step) -> UserId:
    assert step.user is not None  # it is about a person
    return step.user
