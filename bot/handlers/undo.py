"""The Undo button: it works for ten minutes, for whoever made the change, in a message as in a form."""

from collections.abc import Mapping
from typing import assert_never

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.ids import UndoId
from bot.handlers import homes, request
from bot.handlers.deps import Deps
from bot.handlers.forms import bound
from bot.handlers.request import Asker
from bot.handlers.settings import meet
from bot.handlers.whispering import whisper
from bot.services import replanning, restoring, skipping, undoing
from bot.services.undoing import ChangedSince, Kind, NothingToUndo, Outcome, Restore, TooLate, Undone
from bot.slack.gate import Payload
from bot.views import saved, settings_saved
from bot.views.blocks import View

RESTORES: Mapping[Kind, Restore] = {**restoring.RESTORES, Kind.TOUCH: skipping.restore}


async def press(deps: Deps, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
    await ack()
    who, now = request.asker(context, body), deps.now()
    await meet(deps, who)
    async with homes.changing(deps, who) as tx:
        outcome = await undoing.undo(tx, RESTORES, UndoId(request.pressed(body)), who.user, now)
    if isinstance(outcome, Undone) and outcome.kind is Kind.POLICY:
        deps.afterwards.begin(replanning.of_workspace(deps.db, who.tenant, now))
    view = body.get("view")
    if homes.is_home(view):
        if not isinstance(outcome, Undone):
            homes.refresh(deps, who, homes.hash_of(body))  # without the button
        return
    if isinstance(view, dict):
        deps.afterwards.begin(_replace(deps, who, str(view["id"]), settings_saved.told(_words(outcome))))
    else:
        whisper(deps, who, request.spot(body), saved.refused(_words(outcome)))


async def _replace(deps: Deps, who: Asker, view_id: str, view: View) -> None:
    await deps.gateway.update_view(who.tenant, bound(deps, who, view), view_id=view_id)


def _words(outcome: Outcome) -> str:
    match outcome:
        case Undone(kind=kind):
            return _put_back(kind)
        case TooLate():
            return "That was more than ten minutes ago, so it can no longer be undone this way. Nothing was changed."
        case ChangedSince():
            return "It was changed again since, and that stands. Nothing was changed."
        case NothingToUndo():
            return "There is nothing to undo: it was undone already, or it was not your change."
        case _:
            assert_never(outcome)


def _put_back(kind: Kind) -> str:
    match kind:
        case Kind.ACTION:
            return "Undone: the action point is as it was before."
        case Kind.PERSON:
            return "Undone: your reminder settings are as they were before."
        case Kind.TEAM:
            return "Undone: the team is as it was before."
        case Kind.LEAD:
            return "Undone: the team has its former lead again."
        case Kind.MEMBER:
            return "Undone: the team's people are as they were before."
        case Kind.POLICY:
            return "Undone: the workspace's defaults are as they were before."
        case Kind.ROLE:
            return "Undone: the role was taken back."
        case Kind.TOUCH:
            return "Undone: the reminder is planned again."
        case _:
            assert_never(kind)
