"""Has Bolt know the tables of ``doors.py``: each name a door of its own, behind what is asked at every door."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.handlers import forms, turning_away
from bot.handlers.deps import Deps
from bot.handlers.doors import ACTIONS, CHOICES, CLOSED_VIEWS, COMMANDS, EVENTS, SHORTCUTS, SHOWN_ONLY, VIEWS, Handler
from bot.slack.doors import Doors


def guard(app: AsyncApp, deps: Deps) -> None:
    """What is asked at every door."""
    app.middleware(partial(turning_away.only_home, deps))
    app.middleware(partial(turning_away.only_members, deps))
    app.middleware(partial(forms.only_ours, deps))


def register(doors: Doors, deps: Deps) -> None:
    for kind, table in (
        (AsyncApp.command, COMMANDS),
        (AsyncApp.view, VIEWS),
        (AsyncApp.view_closed, CLOSED_VIEWS),
        (AsyncApp.action, ACTIONS),
        (AsyncApp.shortcut, SHORTCUTS),
        (AsyncApp.event, EVENTS),
    ):
        for name, handler in table.items():
            doors.add(name, partial(_listen, kind, name, partial(handler, deps)))
    for callback in SHOWN_ONLY:
        doors.add(callback, partial(_listen, AsyncApp.view, callback, _just_close))
    for prefix, handler in CHOICES.items():
        names = re.compile(f"^{re.escape(prefix)}")
        doors.add(prefix, partial(_listen, AsyncApp.action, names, partial(handler, deps)))


def _listen(kind: Callable[..., Any], name: str | re.Pattern[str], handler: Handler, app: AsyncApp) -> None:
    kind(app, name)(handler)


async def _just_close(ack: AsyncAck) -> None:
    await ack()
