"""Action points: the buttons on cards and reminders, and the forms that they open."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.actions import (
    ActionPoint,
    Already,
    AskDecision,
    AskNewDate,
    Changed,
    Confirm,
    Refused,
    as_it_is,
)
from bot.domain.delivery import Message
from bot.domain.ids import ActionId, UserId
from bot.domain.snooze import Snooze
from bot.handlers import request
from bot.handlers.deps import Deps
from bot.handlers.request import Asker
from bot.handlers.whispering import whisper
from bot.services import acting, meeting
from bot.services.acting import NotYours, Outcome, Seen
from bot.slack.answers import TooLate
from bot.slack.gate import Payload
from bot.store.database import Transaction
from bot.views import decide, saved
from bot.views.blocks import View

Draw = Callable[[ActionPoint, date], View]
Perform = Callable[[Transaction, ActionId], Awaitable[Outcome]]

FORMS: dict[decide.Choice, Draw] = {
    decide.Choice.SNOOZE: decide.snooze,
    decide.Choice.HAND_OVER: lambda action, _: decide.hand_over(action),
    decide.Choice.CHANGE_DATE: decide.change_due,
    decide.Choice.DROP: lambda action, _: decide.drop(action),
    decide.Choice.PLAN_DAY: decide.plan_day,
}


async def mark_done(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await _press(deps, ack, body, context, acting.mark_done)


async def reopen(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await _press(deps, ack, body, context, acting.reopen)


async def take(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    """What belongs to nobody is theirs from now on, if Slack says that they can own it."""
    who = request.asker(context, body)
    await meeting.introduce(deps.db, deps.gateway, who.tenant, [who.user], deps.now())
    await _press(deps, ack, body, context, acting.take)


async def snooze(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await _open(deps, ack, body, context, FORMS[decide.Choice.SNOOZE])


async def hand_over(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await _open(deps, ack, body, context, FORMS[decide.Choice.HAND_OVER])


async def change_date(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await _open(deps, ack, body, context, FORMS[decide.Choice.CHANGE_DATE])


async def drop(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await _open(deps, ack, body, context, FORMS[decide.Choice.DROP])


async def plan_day(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await _open(deps, ack, body, context, FORMS[decide.Choice.PLAN_DAY])


async def decide_what(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await _open(deps, ack, body, context, lambda action, _: decide.decide(action))


async def submit_snooze(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who, now = request.asker(context, body), deps.now()
    match decide.read_snooze(view):
        case decide.Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case (Snooze() | date()) as choice:
            await _submit(deps, ack, view, who, lambda tx, action: acting.put_off(tx, action, who.user, choice, now))


async def submit_hand_over(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who, now = request.asker(context, body), deps.now()
    match decide.read_hand_over(view):
        case decide.Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case owner:
            new = UserId(str(owner))
            await meeting.introduce(deps.db, deps.gateway, who.tenant, [new], now)
            await _submit(deps, ack, view, who, lambda tx, action: acting.hand_over(tx, action, who.user, new, now))


async def submit_date(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who, now = request.asker(context, body), deps.now()
    match decide.read_change_due(view):
        case decide.Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case decide.NewDate(due_on=due_on, confirmed=confirmed):
            await _submit(
                deps,
                ack,
                view,
                who,
                lambda tx, action: acting.change_due(tx, action, who.user, due_on, confirmed, now),
                wanted=due_on,
            )


async def submit_drop(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who, now = request.asker(context, body), deps.now()
    match decide.read_drop(view):
        case decide.Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case reason:
            await _submit(deps, ack, view, who, lambda tx, action: acting.drop(tx, action, who.user, str(reason), now))


async def submit_day(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who, now = request.asker(context, body), deps.now()
    match decide.read_plan_day(view):
        case decide.Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case day:
            await _submit(deps, ack, view, who, lambda tx, action: acting.plan_day(tx, action, who.user, day, now))


async def submit_choice(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    """The list's form leads on to the right one; what needs no more words is done at once."""
    who, now = request.asker(context, body), deps.now()
    match decide.read_decide(view):
        case decide.Fix(problems=problems):
            await ack(response_action="errors", errors=dict(problems))
        case decide.Choice.DONE:
            await _submit(deps, ack, view, who, lambda tx, action: acting.mark_done(tx, action, who.user, now))
        case choice:
            async with deps.db.read(who.tenant) as tx:
                seen = await acting.look(tx, decide.action_of(view), who.user, now)
            await ack(response_action="update", view=_form(seen, FORMS[choice]))


async def _press(
    deps: Deps,
    ack: AsyncAck,
    body: Payload,
    context: AsyncBoltContext,
    act: Callable[..., Awaitable[Outcome]],
) -> None:
    who, now = request.asker(context, body), deps.now()
    action_id = ActionId(request.pressed(body))
    async with deps.db.begin(who.tenant) as tx:
        outcome = await act(tx, action_id, who.user, now)
        seen = await acting.look(tx, action_id, who.user, now)
    await ack()
    deps.wake()
    whisper(deps, who, request.spot(body), _words(outcome, seen))


async def _open(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext, draw: Draw) -> None:
    who = request.asker(context, body)
    async with deps.db.read(who.tenant) as tx:
        seen = await acting.look(tx, ActionId(request.pressed(body)), who.user, deps.now())
    await ack()
    trigger = str(body["trigger_id"])
    if request.is_modal(body):
        deps.afterwards.begin(_push(deps, who, trigger, _form(seen, draw)))
    elif isinstance(seen, NotYours) or seen.action.state.closed:
        whisper(
            deps, who, request.spot(body), _words(seen if isinstance(seen, NotYours) else as_it_is(seen.action), seen)
        )
    else:
        deps.afterwards.begin(_show(deps, who, trigger, body, draw(seen.action, seen.today)))


async def _push(deps: Deps, who: Asker, trigger: str, view: View) -> None:
    """On top of the list that it was pressed in, which is there again afterwards."""
    await deps.gateway.push_view(who.tenant, trigger, view)


async def _show(deps: Deps, who: Asker, trigger: str, body: Payload, view: View) -> None:
    opened = await deps.gateway.open_view(who.tenant, trigger, view)
    if isinstance(opened, TooLate):
        whisper(deps, who, request.spot(body), saved.refused("That took too long. Please press the button once more."))


async def _submit(deps: Deps, ack: AsyncAck, view: View, who: Asker, act: Perform, wanted: date | None = None) -> None:
    action_id, now = decide.action_of(view), deps.now()
    async with deps.db.begin(who.tenant) as tx:
        outcome = await act(tx, action_id)
        seen = await acting.look(tx, action_id, who.user, now)
    deps.wake()
    match outcome:
        case Changed():
            await ack()
        case Refused():
            await ack(response_action="errors", errors=dict(decide.problem(view, outcome).problems))
        case NotYours():
            await ack(response_action="update", view=_form(NotYours(), FORMS[decide.Choice.SNOOZE]))
        case Already() if isinstance(seen, Seen):
            await ack(response_action="update", view=decide.shows(seen.action, outcome))
        case (Confirm() | AskNewDate()) as asked if isinstance(seen, Seen):
            await ack(response_action="update", view=decide.change_due(seen.action, seen.today, asked, wanted))
        case AskDecision() if isinstance(seen, Seen):
            await ack(response_action="update", view=decide.decide(seen.action, outcome))
        case Already() | Confirm() | AskNewDate() | AskDecision():
            await ack()  # it went away in between
        case _:
            assert_never(outcome)


def _form(seen: Seen | NotYours, draw: Draw) -> View:
    match seen:
        case NotYours():
            return decide.not_yours()
        case Seen(action=action) if action.state.closed:
            return decide.shows(action, as_it_is(action))
        case Seen(action=action, today=today):
            return draw(action, today)
        case _:
            assert_never(seen)


def _words(outcome: Outcome, seen: Seen | NotYours) -> Message | None:
    """What the person who pressed is told; a change is seen on the card, and needs no words."""
    match outcome:
        case Changed():
            return None
        case Refused(sentence=sentence):
            return saved.refused(sentence)
        case Already() if isinstance(seen, Seen):
            return saved.already(seen.action, outcome)
        case _:
            return saved.not_yours()
