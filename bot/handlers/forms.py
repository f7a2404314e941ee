"""Modals as they leave for Slack and as they come back: bound to who they were drawn for, and looked at before use."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.handlers import request
from bot.handlers.deps import Deps
from bot.handlers.request import Asker
from bot.slack.binding import BoundView
from bot.slack.gate import Payload
from bot.views import ending
from bot.views.blocks import View

Next = Callable[[], Awaitable[Any]]

# A form that was open while the bot was exchanged for another version is not bound as this one binds.
OPEN_AGAIN = "This form cannot be used any more, and nothing was changed. Please close it and open it once more."


def bound(deps: Deps, who: Asker, view: View) -> BoundView:
    return deps.binding.bind(who.tenant, who.user, view)


async def only_ours(
    deps: Deps,
    body: Payload,
    ack: AsyncAck,
    context: AsyncBoltContext,
    next: Next,  # noqa: A002  # Bolt's
) -> None:
    """What a modal carries reaches a handler only as it was drawn for this person."""
    if not request.is_modal(body):
        await next()
        return
    who, view = request.asker(context, body), body["view"]
    carried = deps.binding.carried(who.tenant, who.user, view)
    if carried is None:
        await _refuse(deps, ack, body, who)
        return
    body["view"] = view | {"private_metadata": carried}  # the payload stays as it came: it may be handled once more
    context["ack"] = _Answer(deps, who)
    await next()


class _Answer(AsyncAck):
    """An answer's view leaves for Slack as any other does."""

    def __init__(self, deps: Deps, who: Asker) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Bolt's has no types
        self._bound_for = (deps, who)

    async def __call__(self, *said: Any, **told: Any) -> BoltResponse:
        if "view" in told:
            told["view"] = bound(*self._bound_for, told["view"])
        return await super().__call__(*said, **told)


async def _refuse(deps: Deps, ack: AsyncAck, body: Payload, who: Asker) -> None:
    told = bound(deps, who, ending.refused(OPEN_AGAIN))
    if body.get("type") == "view_submission":
        await ack(response_action="update", view=told)
        return
    await ack()
    if body.get("type") == "block_actions":
        deps.afterwards.begin(_replace(deps, who, str(body["view"]["id"]), told))


async def _replace(deps: Deps, who: Asker, view_id: str, told: BoundView) -> None:
    await deps.gateway.update_view(who.tenant, told, view_id=view_id)
