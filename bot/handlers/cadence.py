"""The next assessment: what a lead decides about it by button, and what is open before it."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.delivery import Message
from bot.domain.ids import ChannelId, TeamId, UserId
from bot.handlers import homes, request
from bot.handlers.deps import Deps
from bot.handlers.forms import bound
from bot.handlers.request import Asker
from bot.handlers.settings import meet
from bot.handlers.whispering import whisper
from bot.services import arranging, calendars, reviewing
from bot.services.arranging import Asked, Decided, DecidedBefore, Moved, NotLead, NotMember
from bot.slack.answers import TooLate
from bot.slack.gate import Payload
from bot.store import teams
from bot.store.database import Transaction
from bot.views import cadence, review, saved
from bot.views.blocks import View

Decide = Callable[[Transaction, TeamId, date, UserId, datetime], Awaitable[Decided]]
AGAIN = "That took too long. Please press the button once more."


async def move(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await _decide(deps, ack, body, context, arranging.move_by_a_month)


async def skip(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await _decide(deps, ack, body, context, arranging.skip)


async def delegate(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Opens the form that asks to whom."""
    about = cadence.read(request.pressed(body))
    who = request.asker(context, body)
    async with deps.db.read(who.tenant) as tx:
        team = await teams.found(tx, about.team)
    await ack()
    if team is not None:
        deps.afterwards.begin(_open(deps, who, body, cadence.delegate(team.name, about)))


async def submit_delegate(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who, now = request.asker(context, body), deps.now()
    about = cadence.about_of(view)
    match cadence.read_delegate(view):
        case cadence.Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case person:
            chosen = UserId(str(person))
            await meet(deps, who, [chosen])
            async with homes.changing(deps, who) as tx:
                decided = await arranging.delegate(tx, about.team, about.due_on, chosen, who.user, now)
            if isinstance(decided, NotMember):
                await ack(response_action="errors", errors=dict(cadence.not_member().problems))
            else:
                await ack(response_action="update", view=cadence.shown(_said(decided, now.date())))


async def open_review(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A team's open action points, from whichever message; the button's value is the team."""
    who, spot = request.asker(context, body), request.spot(body)
    await ack()
    where = spot.channel if spot else None
    deps.afterwards.begin(_open_review(deps, who, body, TeamId(request.pressed(body)), where))


async def _open_review(deps: Deps, who: Asker, body: Payload, team: TeamId, where: ChannelId | None) -> None:
    async with deps.db.read(who.tenant) as tx:
        found = await reviewing.open_points(tx, team, who.user, where)
    view = review.not_visible() if found is None else review.build(found[0].name, found[1])
    await _open(deps, who, body, view)


async def _open(deps: Deps, who: Asker, body: Payload, view: View) -> None:
    opened = await deps.gateway.open_view(who.tenant, str(body["trigger_id"]), bound(deps, who, view))
    if isinstance(opened, TooLate) and not opened.was_used:
        whisper(deps, who, request.spot(body), saved.refused(AGAIN))


async def _decide(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, decide: Decide) -> None:
    who, now = request.asker(context, body), deps.now()
    about = cadence.read(request.pressed(body))
    await meet(deps, who)
    async with homes.changing(deps, who) as tx:
        decided = await decide(tx, about.team, about.due_on, who.user, now)
        calendar = await calendars.of_owner(tx, who.user, None, now)
    await ack()
    whisper(deps, who, request.spot(body), _said(decided, calendar.local_date(now)))


def _said(decided: Decided, today: date) -> Message:
    match decided:
        case Moved(team=team, to=to, undo=undo):
            return cadence.moved(team.name, to, today, undo)
        case Asked(team=team, person=person):
            return cadence.asked(team.name, person)
        case DecidedBefore(team=team, due_on=due_on):
            return cadence.decided_before(team.name, due_on, today)
        case NotLead() | NotMember():
            return cadence.not_lead()
        case _:
            assert_never(decided)
