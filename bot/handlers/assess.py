"""The assessment's modal once it is open: led through its steps, finished, closed."""

from collections.abc import Sequence
from typing import assert_never

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.dialogue import Fix
from bot.handlers import request
from bot.handlers.deps import Deps
from bot.handlers.drawing import drawn
from bot.handlers.request import Asker, Spot
from bot.handlers.whispering import whisper
from bot.services import assessing, closing, meeting, turning
from bot.services.assessing import Over, Stale, Turned
from bot.services.turning import NextStep
from bot.slack.answers import Gone, Updated
from bot.slack.gate import Payload
from bot.views import ending, plan, saved, step
from bot.views.blocks import View

log = structlog.get_logger(__name__)


async def submit_step(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who, now = request.asker(context, body), deps.now()
    form = step.read(view)
    async with deps.db.begin(who.tenant) as tx:
        turned = await assessing.submit(
            tx, deps.models, form.bookmark, form.submitted, (form.claimed_level, form.persona), who.user, now
        )
    await answer(deps, ack, who, turned)


async def go_back(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """To the step before. What was chosen in this one is stored first, as far as it is sound."""
    who, now, view = request.asker(context, body), deps.now(), body["view"]
    async with deps.db.begin(who.tenant) as tx:
        if view.get("callback_id") == plan.CALLBACK:
            wished = plan.read(view, who.user)
            turned = await assessing.go_back(tx, deps.models, wished.bookmark, None, wished.wishes, who.user, now)
        else:
            form = step.read(view)
            turned = await assessing.go_back(tx, deps.models, form.bookmark, form.submitted, None, who.user, now)
    await ack()
    deps.afterwards.begin(_replace(deps, who, view, await _view_of(deps, who, turned)))


async def choose_form(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Full or short: the same view with other questions. Slack keeps what was chosen in those that stay."""
    await ack()
    who, view = request.asker(context, body), body["view"]
    form = step.read(view)
    async with deps.db.read(who.tenant) as tx:
        here = await turning.with_form(tx, deps.models, form.bookmark, step.chosen_form(view), who.user)
        redrawn = await drawn(deps, tx, here, who.user, deps.now())
    deps.afterwards.begin(_replace(deps, who, view, redrawn))


async def start_over(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    who, view = request.asker(context, body), body["view"]
    bookmark = step.bookmark_of(view)
    async with deps.db.begin(who.tenant) as tx:
        turned = await assessing.start_over(tx, deps.models, bookmark, who.user)
    await ack()
    deps.afterwards.begin(_replace(deps, who, view, await _view_of(deps, who, turned)))


async def submit_plan(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who, now = request.asker(context, body), deps.now()
    form = plan.read(view, who.user)
    owners = {wish.owner for wish in form.wishes if wish.taken and wish.owner}
    await meeting.introduce(deps.db, deps.gateway, who.tenant, owners, now)
    async with deps.db.begin(who.tenant) as tx:
        finished = await closing.finish(tx, deps.models, deps.announce_to, form.bookmark, form.wishes, who.user, now)
    match finished:
        case closing.Closed(weighed=weighed, team=closed_team, added=added, by_me=by_me):
            deps.wake()
            waits = closed_team.suspended is not None
            told = ending.finished(closed_team.name, weighed.result, added, by_me, waits=waits)
            await ack(response_action="update", view=told)
        case closing.FixPlan(problems=problems):
            await ack(response_action="errors", errors=errors_of(problems))
        case NextStep() | Stale() | Over():
            await answer(deps, ack, who, finished)
        case _:
            assert_never(finished)


async def closed(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    """The modal was closed: says what is saved, where something is."""
    await ack()
    who = request.asker(context, body)
    bookmark = step.bookmark_of(view)
    async with deps.db.read(who.tenant) as tx:
        here = await turning.standing(tx, deps.models, bookmark, who.user)
    if here is not None:
        at = here.model.step(here.turn.bookmark.step)
        channel = bookmark.place.channel
        told = saved.closed(at.number - 1, len(here.model.steps), channel)
        whisper(deps, who, Spot(channel), told)


def errors_of(problems: Sequence[closing.Problem]) -> dict[str, str]:
    return {plan.field_of(problem.wish, problem.what): problem.sentence for problem in problems}


async def answer(deps: Deps, ack: AsyncAck, who: Asker, turned: Turned) -> None:
    """What a form is answered with: what is wrong beside its fields, or the view that follows."""
    if isinstance(turned, Fix):
        await ack(response_action="errors", errors=dict(turned.problems))
    else:
        await ack(response_action="update", view=await _view_of(deps, who, turned))


async def _view_of(deps: Deps, who: Asker, turned: NextStep | Stale | Over) -> View:
    if isinstance(turned, Over):
        return ending.over(turned.assessment)
    async with deps.db.read(who.tenant) as tx:
        return await drawn(deps, tx, turned, who.user, deps.now())


async def _replace(deps: Deps, who: Asker, view: View, new: View) -> None:
    """Shows another view in place of the one that a button was pressed in."""
    shown = await deps.gateway.update_view(who.tenant, new, view_id=str(view["id"]), hash=view.get("hash"))
    match shown:
        case Updated():
            pass
        case Gone(reason=reason):
            log.info("the modal was closed or changed meanwhile", reason=reason)
        case _:
            assert_never(shown)
