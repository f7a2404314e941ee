"""Forms about an action point: opened by a button, led on from one to the next, submitted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.actions import ActionPoint, Already, AskDecision, AskNewDate, Confirm, Refused, as_it_is
from bot.domain.delivery import Message
from bot.domain.ids import ActionId
from bot.domain.rights import May, may_act, may_assign, may_put_off
from bot.handlers import mine, performing, request
from bot.handlers.deps import Deps
from bot.handlers.forms import bound
from bot.handlers.performing import Act, After
from bot.handlers.request import Asker, Spot
from bot.handlers.whispering import whisper
from bot.services import deciding
from bot.services.deciding import Acted, By, MayAsk, NotYours, Seen
from bot.slack.answers import TooLate
from bot.slack.gate import Payload
from bot.views import blocking, card, carried, changes, choose, decide, saved
from bot.views.blocks import View

Draw = Callable[[ActionPoint, date], View]


@dataclass(frozen=True, slots=True)
class Form:
    draw: Draw
    may: May


FORMS: Mapping[str, Form] = {
    card.SNOOZE: Form(decide.snooze, may_put_off),
    card.HAND_OVER: Form(lambda action, _: decide.hand_over(action), may_assign),
    card.CHANGE_DATE: Form(decide.change_due, may_act),
    card.DROP: Form(lambda action, _: decide.drop(action), may_act),
    card.PLAN_DAY: Form(decide.plan_day, may_put_off),
    card.BLOCK: Form(lambda action, _: blocking.block(action), may_act),
    card.LINK: Form(lambda action, _: blocking.link(action), may_act),
    card.DECIDE: Form(lambda action, _: choose.build(action), may_assign),
}


async def open_form(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, verb: str, of: str) -> None:
    """``of``: the action point, as the button said."""
    who, form, where = request.asker(context, body), FORMS[verb], request.spot(body)
    async with deps.db.read(who.tenant) as tx:
        seen = await deciding.look(tx, ActionId(of), by_of(deps, who, where))
    await ack()
    refused = _refusal(seen, form, who)
    if refused is not None and where is not None:
        whisper(deps, who, where, refused)
        return
    view = _view(seen, form, who)
    if where is not None:
        view = carried.placed(view, where.channel, where.thread)
    elif mine.is_drawn_in(body):
        view = carried.above(view, str(body["view"]["id"]))
    deps.afterwards.begin(show(deps, who, body, view))


async def show(deps: Deps, who: Asker, body: Payload, view: View) -> None:
    """On the screen; over the modal that was pressed in, where it was one."""
    put = deps.gateway.push_view if request.is_modal(body) else deps.gateway.open_view
    shown = await put(who.tenant, str(body["trigger_id"]), bound(deps, who, view))
    if isinstance(shown, TooLate) and not shown.was_used:
        whisper(deps, who, request.spot(body), saved.refused("That took too long. Please press the button once more."))


async def lead_on(deps: Deps, ack: AsyncAck, view: View, who: Asker, verb: str) -> None:
    """From one form to the next, in the same modal."""
    where = spot_of(view)
    async with deps.db.read(who.tenant) as tx:
        seen = await deciding.look(tx, carried.action_of(view), by_of(deps, who, where))
    following = carried.in_place_of(_view(seen, FORMS[verb], who), view)
    await ack(response_action="update", view=following)


async def submit(deps: Deps, ack: AsyncAck, view: View, who: Asker, act: Act, wanted: date | None = None) -> After:
    """Performs what the form says, and answers it: closed, with something else to say, or with what is wrong."""
    where = spot_of(view)
    outcome, seen = await performing.perform(deps, who, carried.action_of(view), by_of(deps, who, where), act)
    match outcome:
        case Acted(before=before, after=after, undo=undo) if where is None:
            await ack(response_action="update", view=decide.changed(after, changes.said(before, after), undo))
            _refresh_below(deps, who, view)
        case Acted():
            await ack()
            whisper(deps, who, where, performing.told(outcome, seen))
        case Refused():
            await ack(response_action="errors", errors=dict(decide.problem(view, outcome).problems))
        case NotYours() | MayAsk():
            await ack(response_action="update", view=decide.not_yours())
        case Already() if isinstance(seen, Seen):
            await ack(response_action="update", view=decide.shows(seen.action, outcome))
        case (Confirm() | AskNewDate()) as asked if isinstance(seen, Seen):
            again = decide.change_due(seen.action, seen.today, asked, wanted)
            await ack(response_action="update", view=carried.in_place_of(again, view))
        case AskDecision() if isinstance(seen, Seen):
            asked_anew = choose.build(seen.action, outcome)
            await ack(response_action="update", view=carried.in_place_of(asked_anew, view))
        case Already() | Confirm() | AskNewDate() | AskDecision():
            await ack()  # it went away in between
        case _:
            assert_never(outcome)
    return outcome, seen


def _refresh_below(deps: Deps, who: Asker, view: View) -> None:
    """Where the form lies on the list of one's own, that list is old now."""
    if (below := carried.below(view)) is not None:
        deps.afterwards.begin(mine.refresh(deps, who, below))


def by_of(deps: Deps, who: Asker, where: Spot | None) -> By:
    return By(who.user, deps.now(), where.channel if where else None)


def spot_of(view: View) -> Spot | None:
    """The message that the form was opened from."""
    place = carried.place_of(view)
    return Spot(*place) if place else None


def _refusal(seen: Seen | NotYours, form: Form, who: Asker) -> Message | None:
    match seen:
        case Seen(action=action) if action.state.closed:
            return saved.already(action, as_it_is(action))
        case Seen(action=action, standing=standing) if form.may(action, who.user, standing):
            return None
        case _:
            return saved.not_yours()


def _view(seen: Seen | NotYours, form: Form, who: Asker) -> View:
    match seen:
        case Seen(action=action) if action.state.closed:
            return decide.shows(action, as_it_is(action))
        case Seen(action=action, today=today, standing=standing) if form.may(action, who.user, standing):
            return form.draw(action, today)
        case _:
            return decide.not_yours()
