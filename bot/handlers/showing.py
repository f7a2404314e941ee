"""A form on somebody's screen, within the three seconds that Slack gives, whether or not the store is quick enough."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any, assert_never

from bot.domain.delivery import Message, NotNow, Undeliverable
from bot.handlers.deps import Deps
from bot.handlers.forms import bound
from bot.handlers.request import Asker, Spot
from bot.handlers.whispering import whisper
from bot.slack.answers import Opened, TooLate
from bot.slack.gate import Payload
from bot.views.blocks import View

# A view is worth waiting for so long; then something is shown at once and replaced when the store has answered.
PATIENCE_SECONDS = 0.5


# Draws it. Not begun before it is sure that this request is no repetition.
Form = Callable[[], Coroutine[Any, Any, View]]


@dataclass(frozen=True, slots=True)
class Covers:
    """What is shown while the form is not there, or where it cannot be."""

    opening: View
    away: View
    too_late: Message | None  # said in place of a form that could not be opened any more


def show(deps: Deps, who: Asker, trigger: str, form: Form, where: Spot | None, covers: Covers) -> None:
    """After the answer to Slack."""
    deps.afterwards.begin(_open(deps, who, trigger, form, where, covers), partial(whisper, deps, who, where))


def at_once(deps: Deps, who: Asker, body: Payload, view: View) -> None:
    """One that is drawn already, for whoever pressed something."""
    deps.afterwards.begin(_opened(deps, who, str(body["trigger_id"]), view))


async def _opened(deps: Deps, who: Asker, trigger: str, view: View) -> None:
    await deps.gateway.open_view(who.tenant, trigger, bound(deps, who, view))


async def _open(deps: Deps, who: Asker, trigger: str, form: Form, where: Spot | None, covers: Covers) -> None:
    coming = asyncio.ensure_future(form())
    done, _ = await asyncio.wait({coming}, timeout=PATIENCE_SECONDS)
    try:
        first = bound(deps, who, coming.result() if done else covers.opening)
        opened = await deps.gateway.open_view(who.tenant, trigger, first)
    except (NotNow, Undeliverable) as trouble:
        opened = TooLate(trouble.reason)  # for the person it is the same: no form, and a way to try again
    match opened:
        case Opened(view_id=view_id) if not done:
            await _fill(deps, who, view_id, coming, covers)
        case Opened():
            pass
        case TooLate(was_used=was_used):
            coming.cancel()
            whisper(deps, who, where, None if was_used else covers.too_late)
        case _:
            assert_never(opened)


async def _fill(deps: Deps, who: Asker, view_id: str, coming: "asyncio.Future[View]", covers: Covers) -> None:
    try:
        view = await coming
    except Exception:
        # The person looks at an empty form: say so there, and let the outer edge log it.
        await deps.gateway.update_view(who.tenant, bound(deps, who, covers.away), view_id=view_id)
        raise
    await deps.gateway.update_view(who.tenant, bound(deps, who, view), view_id=view_id)
