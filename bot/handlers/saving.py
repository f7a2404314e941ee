"""Submitted forms of one's own settings and the workspace's: what cannot be is told beside its field."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain import remembered
from bot.domain.bounds import Problems
from bot.handlers import homes, request
from bot.handlers.deps import Deps
from bot.handlers.settings import meet
from bot.services import choosing, governing, inforce, replanning
from bot.services.chosen import Already, Chosen, NotYours, Refused
from bot.slack.gate import Payload
from bot.views import person_settings, person_shown, settings_saved, workspace_settings, workspace_shown
from bot.views.blocks import View
from bot.views.fields import Fix
from bot.views.settings_saved import Done


async def person(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who, now, form = request.asker(context, body), deps.now(), person_settings.read(view)
    if isinstance(form, Fix):
        await fix(ack, form.problems)
        return
    async with deps.begin(who.tenant) as tx:
        outcome = await choosing.choose(
            tx, who.user, lambda own: remembered.person(form.onto(remembered.of_person(own))), now
        )
        holds = await inforce.of_person(tx, who.user, now)
    deps.wake()
    match outcome:
        case Refused(problems=problems):
            await fix(ack, problems)
        case Already():
            await told(ack, [])
        case Chosen(before=before, undo=undo):
            homes.refresh(deps, who)
            await told(ack, [Done("\n".join(person_shown.changes(before, holds)), undo)])
        case _:
            assert_never(outcome)


async def workspace(deps: Deps, ack: AsyncAck, view: View, body: Payload, context: AsyncBoltContext) -> None:
    who, now, (form, admin) = request.asker(context, body), deps.now(), workspace_settings.read(view)
    await meet(deps, who, [admin] if admin else [])
    async with deps.begin(who.tenant) as tx:
        settled = await governing.settle(
            tx,
            who.user,
            lambda policy: remembered.workspace(form.onto(remembered.of_workspace(policy))),
            admin,
            now,
        )
        holds = await inforce.of_workspace(tx)
    match settled:
        case Refused(problems=problems):
            await fix(ack, problems)
        case NotYours():
            await ack(response_action="update", view=settings_saved.told(settings_saved.NOT_YOURS))
        case governing.Settled(policy=policy, granted=granted):
            done = []
            if isinstance(policy, Chosen):
                done.append(Done("\n".join(workspace_shown.changes(policy.before, holds)), policy.undo))
                deps.afterwards.begin(replanning.of_workspace(deps.db, who.tenant, now))
            if granted is not None:
                done.append(Done(workspace_shown.granted(granted.after), granted.undo))
            await told(ack, done)
        case _:
            assert_never(settled)


async def fix(ack: AsyncAck, problems: Problems | Mapping[str, str]) -> None:
    await ack(response_action="errors", errors={str(field): sentence for field, sentence in problems.items()})


async def told(ack: AsyncAck, done: Sequence[Done]) -> None:
    await ack(response_action="update", view=settings_saved.build(done))
