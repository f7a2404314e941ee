"""Who is turned away, and how: people of other workspaces, and guests where the workspace has not let them in."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.domain.delivery import Message
from bot.domain.ids import ChannelId
from bot.handlers import request
from bot.handlers.deps import Deps
from bot.handlers.request import Asker
from bot.handlers.showing import Form, at_once
from bot.handlers.whispering import whispered
from bot.services import meeting
from bot.slack.gate import Payload
from bot.slack.tenancy import is_stranger
from bot.store import teams
from bot.views import ending, plan, saved, step
from bot.views.blocks import View
from bot.views.homepage import teams as home_teams

Next = Callable[[], Awaitable[Any]]

STRANGER = "This bot works for members of the workspace that it is installed in. Please ask one of them."
GUEST = "Only full members of this workspace can do that here."
ASKED = frozenset({"block_actions", "message_action", "shortcut", "view_submission"})
LED_THROUGH = frozenset({step.CALLBACK, plan.CALLBACK})
# These open a form, which has to be open within three seconds, and look for themselves.
OPENING = frozenset({saved.OPEN, saved.RESUME, home_teams.START})


async def only_home(
    deps: Deps,
    body: Payload,
    ack: AsyncAck,
    context: AsyncBoltContext,
    next: Next,  # noqa: A002  # Bolt's
) -> None:
    """People from other workspaces, in shared channels, may read; the bot does nothing for them."""
    if not is_stranger(body):
        await next()
    elif body.get("type") in ASKED:
        await _refuse(deps, ack, body, request.asker(context, body), STRANGER)
    elif "command" in body:
        await ack(text=STRANGER, response_type="ephemeral")
    else:
        await ack()


async def only_members(
    deps: Deps,
    body: Payload,
    ack: AsyncAck,
    context: AsyncBoltContext,
    next: Next,  # noqa: A002  # Bolt's
) -> None:
    """Guests press buttons and submit forms only where the workspace lets them."""
    if body.get("type") not in ASKED or _looks_itself(body):
        await next()
        return
    who = request.asker(context, body)
    if await _is_guest(deps, who):
        await _refuse(deps, ack, body, who, await _for_guest(deps, who, _channel(body)))
    else:
        await next()


async def refused(deps: Deps, who: Asker, channel: ChannelId | None) -> Message | None:
    """What a guest is told who asked for something in words; None: they may."""
    return saved.refused(await _for_guest(deps, who, channel)) if await _is_guest(deps, who) else None


async def admitted(deps: Deps, who: Asker, channel: ChannelId | None, first: Form) -> View:
    """The form, or a few words in its place."""
    if await _is_guest(deps, who):
        return ending.refused(await _for_guest(deps, who, channel))
    return await first()


async def _is_guest(deps: Deps, who: Asker) -> bool:
    return await meeting.is_guest(deps.db, deps.gateway, who.tenant, who.user)


async def _for_guest(deps: Deps, who: Asker, channel: ChannelId | None) -> str:
    """With whom they can ask instead."""
    async with deps.db.read(who.tenant) as tx:
        team = await teams.of_channel(tx, channel) if channel else None
    helps = f"<@{team.lead}>, who leads the team," if team else "One of them"
    return f"{GUEST} {helps} can help you."


async def _refuse(deps: Deps, ack: AsyncAck, body: Payload, who: Asker, said: str) -> None:
    where = request.spot(body)
    if body.get("type") == "view_submission":
        await ack(response_action="update", view=ending.refused(said))
        return
    await ack()
    if where is not None:
        deps.afterwards.begin(whispered(deps, who, where, saved.refused(said)))
    elif "trigger_id" in body:
        at_once(deps, who, body, ending.refused(said))


def _looks_itself(body: Payload) -> bool:
    """A button that opens a form, or a choice within the assessment's, which is not to be kept waiting.

    Who has that open was let in, and is looked at when they submit.
    """
    pressed: Any = body.get("actions") or [{}]
    view: Any = body.get("view") or {}
    within = body.get("type") == "block_actions" and view.get("callback_id") in LED_THROUGH
    return within or pressed[0].get("action_id") in OPENING


def _channel(body: Payload) -> ChannelId | None:
    where = request.spot(body)
    return where.channel if where else None
