"""Anonymous rounds: one's own part finished, the others reminded, and the round closed by the lead."""

from typing import assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.ids import AssessmentId
from bot.handlers import homes, request
from bot.handlers.assess import answer, errors_of
from bot.handlers.deps import Deps
from bot.handlers.drawing import planned
from bot.handlers.forms import bound
from bot.handlers.request import Asker
from bot.handlers.showing import at_once
from bot.handlers.whispering import whisper
from bot.services import anonymous, closing, ending_rounds, meeting
from bot.services.anonymous import Asked, NobodyToAsk, NotTheirs
from bot.services.ending_rounds import TooFew
from bot.slack.gate import Payload
from bot.views import ending, plan, saved, step
from bot.views import rounds as rounds_view
from bot.views.blocks import View

NOT_THEIRS = "Only the team's lead can do that, while the round is open."


async def submit_part(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who = request.asker(context, body)
    async with homes.changing(deps, who) as tx:
        turned = await ending_rounds.finish(tx, deps.models, step.bookmark_of(view), who.user, deps.now())
    await answer(deps, ack, who, turned)


async def remind(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    who = request.asker(context, body)
    async with deps.begin(who.tenant) as tx:
        outcome = await anonymous.remind(tx, AssessmentId(request.pressed(body)), who.user, deps.now())
    await ack()
    match outcome:
        case Asked(count=count):
            said = rounds_view.asked(count)
        case NobodyToAsk(progress=progress):
            said = rounds_view.nobody_to_ask(progress)
        case NotTheirs():
            said = NOT_THEIRS
        case _:
            assert_never(outcome)
    _tell(deps, who, body, said)


async def close(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Opens the form in which the lead sees what was found and chooses the action points."""
    who = request.asker(context, body)
    async with deps.db.read(who.tenant) as tx:
        found = await ending_rounds.plan(tx, deps.models, AssessmentId(request.pressed(body)), who.user, deps.now())
    await ack()
    match found:
        case closing.Plan():
            _show(deps, who, body, planned(found, closes_round=True))
        case TooFew(progress=progress):
            _tell(deps, who, body, rounds_view.too_few(progress))
        case NotTheirs():
            _tell(deps, who, body, NOT_THEIRS)
        case _:
            assert_never(found)


async def submit_close(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who, now = request.asker(context, body), deps.now()
    form = plan.read(view, who.user)
    owners = {wish.owner for wish in form.wishes if wish.taken and wish.owner}
    await meeting.introduce(deps.db, deps.gateway, who.tenant, owners, now)
    async with homes.changing(deps, who) as tx:
        closed = await ending_rounds.close(tx, deps.models, deps.announce_to, form.bookmark, form.wishes, who.user, now)
    match closed:
        case closing.Closed(weighed=weighed, team=team, added=added, by_me=by_me):
            waits = team.suspended is not None
            told = ending.finished(team.name, weighed.result, added, by_me, waits=waits)
            await ack(response_action="update", view=told)
        case closing.FixPlan(problems=problems):
            await ack(response_action="errors", errors=errors_of(problems))
        case TooFew(progress=progress):
            await ack(response_action="update", view=ending.refused(rounds_view.too_few(progress)))
        case NotTheirs():
            await ack(response_action="update", view=ending.refused(NOT_THEIRS))
        case _:
            assert_never(closed)


def _tell(deps: Deps, who: Asker, body: Payload, said: str) -> None:
    """Where it was pressed: below the message, or in place of the view."""
    where = request.spot(body)
    if where is not None:
        whisper(deps, who, where, saved.refused(said))
    else:
        deps.afterwards.begin(_replace(deps, who, body, ending.refused(said)))


def _show(deps: Deps, who: Asker, body: Payload, view: View) -> None:
    if request.spot(body) is None:
        deps.afterwards.begin(_replace(deps, who, body, view))
    else:
        at_once(deps, who, body, view)


async def _replace(deps: Deps, who: Asker, body: Payload, view: View) -> None:
    shown = body["view"]
    await deps.gateway.update_view(who.tenant, bound(deps, who, view), view_id=str(shown["id"]), hash=shown.get("hash"))
