"""Action points: the buttons on cards, reminders and lists, and what is done with the forms that they open."""

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.actions import Already
from bot.domain.delivery import Message
from bot.domain.ids import ActionId, UserId
from bot.domain.snooze import Snooze
from bot.handlers import action_forms, performing, request
from bot.handlers.action_forms import by_of, open_form, submit
from bot.handlers.deps import Deps
from bot.handlers.performing import Act
from bot.handlers.whispering import instead, whisper
from bot.services import acting, confirming, meeting
from bot.services.confirming import Asked
from bot.services.deciding import Acted, NotYours
from bot.slack.gate import Payload
from bot.views import blocking, card, changes, choose, decide, questions, saved
from bot.views import confirming as confirming_view
from bot.views.blocks import View
from bot.views.choose import Choice
from bot.views.decide import Fix

# What needs no more words is done at once.
AT_ONCE: Mapping[str, Act] = {
    card.DONE: acting.mark_done,
    card.REOPEN: acting.reopen,
    card.ACCEPT: acting.accept,
    card.NOT_ME: acting.not_me,
    card.TAKE: acting.take,
    card.UNBLOCK: acting.unblock,
}
VERBS: Mapping[Choice, str] = {
    Choice.DONE: card.DONE,
    Choice.ACCEPT: card.ACCEPT,
    Choice.NOT_ME: card.NOT_ME,
    Choice.TAKE: card.TAKE,
    Choice.UNBLOCK: card.UNBLOCK,
    Choice.PLAN_DAY: card.PLAN_DAY,
    Choice.SNOOZE: card.SNOOZE,
    Choice.CHANGE_DATE: card.CHANGE_DATE,
    Choice.HAND_OVER: card.HAND_OVER,
    Choice.BLOCK: card.BLOCK,
    Choice.DROP: card.DROP,
    Choice.LINK: card.LINK,
}


async def press(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """A button is called by what it does; its value is the action point."""
    await _do(deps, ack, body, context, request.name_of(body), request.pressed(body))


async def more(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """Behind the dots: what was chosen says what to do, and of what."""
    verb, action = card.read_more(request.pressed(body))
    await _do(deps, ack, body, context, verb, action)


async def due_to(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The date that was asked about is meant."""
    who, meant = request.asker(context, body), questions.read_due_to(request.pressed(body))
    by = by_of(deps, who, request.spot(body))
    outcome, seen = await performing.perform(
        deps, who, meant.action, by, lambda tx, action, by: acting.change_due(tx, action, by, meant.due_on, True)
    )
    await ack()
    deps.afterwards.begin(instead(deps, who, body, performing.told(outcome, seen, meant.due_on)))


async def keep(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """The date that was asked about is not meant: the question goes, and nothing else happens."""
    await ack()
    who = request.asker(context, body)
    deps.afterwards.begin(instead(deps, who, body, saved.refused("It stays as it is.")))


async def ask_owner(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    who, where = request.asker(context, body), request.spot(body)
    async with deps.begin(who.tenant) as tx:
        asked = await confirming.ask(tx, ActionId(request.pressed(body)), by_of(deps, who, where))
    await ack()
    deps.wake()
    deps.afterwards.begin(instead(deps, who, body, _asked(asked)))


async def submit_snooze(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    match decide.read_snooze(view):
        case Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case (Snooze() | date()) as choice:
            await _submit(deps, ack, view, body, context, lambda tx, action, by: acting.put_off(tx, action, by, choice))


async def submit_hand_over(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    match decide.read_hand_over(view):
        case Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case owner:
            who, new = request.asker(context, body), UserId(str(owner))
            await meeting.introduce(deps.db, deps.gateway, who.tenant, [new], deps.now())
            await _submit(deps, ack, view, body, context, lambda tx, action, by: acting.hand_over(tx, action, by, new))


async def submit_date(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    match decide.read_change_due(view):
        case Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case decide.NewDate(due_on=due_on, confirmed=confirmed):
            await _submit(
                deps,
                ack,
                view,
                body,
                context,
                lambda tx, action, by: acting.change_due(tx, action, by, due_on, confirmed),
                wanted=due_on,
            )


async def submit_drop(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    match decide.read_drop(view):
        case Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case str() as why:
            await _submit(deps, ack, view, body, context, lambda tx, action, by: acting.drop(tx, action, by, why))


async def submit_day(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    match decide.read_plan_day(view):
        case Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case date() as day:
            await _submit(deps, ack, view, body, context, lambda tx, action, by: acting.plan_day(tx, action, by, day))


async def submit_block(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    match blocking.read_block(view):
        case Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case str() as why:
            await _submit(deps, ack, view, body, context, lambda tx, action, by: acting.block(tx, action, by, why))


async def submit_link(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    match blocking.read_link(view):
        case Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case str() as url:
            await _submit(deps, ack, view, body, context, lambda tx, action, by: acting.link(tx, action, by, url))


async def submit_choice(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    """The form leads on to the right one; what needs no more words is done at once."""
    match choose.read(view):
        case Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case Choice() as choice if act := AT_ONCE.get(VERBS[choice]):
            await _submit(deps, ack, view, body, context, act)
        case Choice() as choice:
            await action_forms.lead_on(deps, ack, view, request.asker(context, body), VERBS[choice])


async def _do(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, verb: str, action: str) -> None:
    act = AT_ONCE.get(verb)
    if verb == card.TAKE:
        # It is theirs from now on, if Slack says that they can own it.
        who = request.asker(context, body)
        await meeting.introduce(deps.db, deps.gateway, who.tenant, [who.user], deps.now())
    if act is not None:
        await _act(deps, ack, body, context, ActionId(action), act)
    else:
        await open_form(deps, ack, body, context, verb, action)


async def _act(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, action: ActionId, act: Act) -> None:
    who, where = request.asker(context, body), request.spot(body)
    outcome, seen = await performing.perform(deps, who, action, by_of(deps, who, where), act)
    await ack()
    if where is not None:
        whisper(deps, who, where, performing.told(outcome, seen))
    elif isinstance(outcome, Acted):
        said = changes.said(outcome.before, outcome.after)
        deps.afterwards.begin(action_forms.show(deps, who, body, decide.changed(outcome.after, said, outcome.undo)))


async def _submit(
    deps: Deps,
    ack: AsyncAck,
    view: View,
    body: Payload,
    context: AsyncBoltContext,
    act: Act,
    wanted: date | None = None,
) -> None:
    await submit(deps, ack, view, request.asker(context, body), act, wanted)


def _asked(asked: Asked | Already | NotYours) -> Message:
    match asked:
        case Asked(action=action, whom=whom, anew=anew):
            return confirming_view.asked(action, whom, anew)
        case Already(state=state):
            return saved.refused(f"It is {state.value} already. Nobody has to be asked.")
        case NotYours():
            return saved.not_yours()
        case _:
            assert_never(asked)
