"""The assessment's modal once it is open: led through its steps, finished, closed."""

from collections.abc import Sequence
from typing import assert_never

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.dialogue import Fix
from bot.domain.ids import AssessmentId
from bot.failpoints import point
from bot.handlers import homes, request
from bot.handlers.deps import Deps
from bot.handlers.drawing import drawn
from bot.handlers.forms import bound
from bot.handlers.request import Asker, Spot
from bot.handlers.whispering import whisper
from bot.services import assessing, closing, drafting, meantime, meeting, turning
from bot.services.assessing import Over, Stale, Turned
from bot.services.drafting import Discarded, NothingToDiscard
from bot.services.turning import NextStep
from bot.slack.answers import Gone, Updated
from bot.slack.gate import Payload
from bot.views import draft, ending, plan, saved, step
from bot.views.blocks import View

log = structlog.get_logger(__name__)


async def submit_step(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who, now = request.asker(context, body), deps.now()
    form = step.read(view)
    async with deps.begin(who.tenant) as tx:
        turned = await assessing.submit(
            tx, deps.models, form.bookmark, form.submitted, (form.claimed_level, form.persona), who.user, now
        )
        await point("submit.before_commit")
    await point("submit.after_commit_before_ack")
    await answer(deps, ack, who, turned)


async def go_back(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """To the step before. What was chosen in this one is stored first, as far as it is sound."""
    who, now, view = request.asker(context, body), deps.now(), body["view"]
    async with deps.begin(who.tenant) as tx:
        if view.get("callback_id") == plan.CALLBACK:
            wished = plan.read(view, who.user)
            turned = await assessing.go_back(tx, deps.models, wished.bookmark, None, wished.wishes, who.user, now)
        else:
            form = step.read(view)
            turned = await assessing.go_back(tx, deps.models, form.bookmark, form.submitted, None, who.user, now)
    await ack()
    deps.afterwards.begin(_replace(deps, who, view, await _view_of(deps, who, turned)))


async def choose(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """An option in a step, or in the last step's form: kept, while the view stays as it is."""
    await ack()
    who, view = request.asker(context, body), body["view"]
    keep = _keep_wish if view.get("callback_id") == plan.CALLBACK else _keep_choice
    deps.afterwards.begin(keep(deps, who, view, request.block(body)))


async def _keep_choice(deps: Deps, who: Asker, view: View, block: str) -> None:
    form = step.read(view)
    about = (form.claimed_level, form.persona)
    async with deps.begin(who.tenant) as tx:
        await meantime.choose(tx, deps.models, form.bookmark, form.submitted, about, block, who.user, deps.now())


async def _keep_wish(deps: Deps, who: Asker, view: View, block: str) -> None:
    form = plan.read(view, who.user)
    async with deps.begin(who.tenant) as tx:
        await meantime.wish(tx, form.bookmark, plan.wish_at(form, block), who.user, deps.now())


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
    async with homes.changing(deps, who) as tx:
        turned = await assessing.start_over(tx, deps.models, bookmark, who.user, deps.now())
    await ack()
    deps.afterwards.begin(_replace(deps, who, view, await _view_of(deps, who, turned)))


async def submit_plan(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who, now = request.asker(context, body), deps.now()
    form = plan.read(view, who.user)
    owners = {wish.owner for wish in form.wishes if wish.taken and wish.owner}
    await meeting.introduce(deps.db, deps.gateway, who.tenant, owners, now)
    async with homes.changing(deps, who) as tx:
        finished = await closing.finish(tx, deps.models, deps.announce_to, form.bookmark, form.wishes, who.user, now)
        await point("submit.before_commit")
    await point("submit.after_commit_before_ack")
    match finished:
        case closing.Closed(weighed=weighed, team=closed_team, added=added, by_me=by_me):
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
        channel = bookmark.place.channel
        leave = draft.give_up if here.turn.is_correction else draft.discard
        way_out = leave(here.turn.bookmark.assessment)
        told = saved.closed(here.step.number - 1, len(here.model.steps), here.chose, channel, way_out)
        whisper(deps, who, Spot(channel), told)
        homes.refresh(deps, who)


async def discard(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The button beside *Resume*; its value is the assessment."""
    who, now = request.asker(context, body), deps.now()
    async with homes.changing(deps, who) as tx:
        outcome = await drafting.discard(tx, AssessmentId(request.pressed(body)), who.user, now)
    await ack()
    match outcome:
        case Discarded(team=team, whole=whole):
            whisper(deps, who, request.spot(body), draft.discarded(team.name, whole))
        case NothingToDiscard():
            whisper(deps, who, request.spot(body), draft.nothing_to_discard())
        case _:
            assert_never(outcome)


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
    drawn_for = bound(deps, who, new)
    shown = await deps.gateway.update_view(who.tenant, drawn_for, view_id=str(view["id"]), hash=view.get("hash"))
    match shown:
        case Updated():
            pass
        case Gone(reason=reason):
            log.info("the modal was closed or changed meanwhile", reason=reason)
        case _:
            assert_never(shown)
