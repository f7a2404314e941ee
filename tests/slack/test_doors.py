"""Every payload comes to the door of its name, and passes no other."""

import re
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.domain.ids import TenantId, UserId
from bot.slack import bolt
from bot.slack.bolt import Dispatcher
from bot.slack.doors import Doors
from bot.slack.gate import Payload
from bot.slack.tenancy import Installation
from tests.slack.requests import a_command

ACME = Installation(TenantId("T1"), "xoxb-acme", UserId("UBOT"), "BBOT")
BASE: Payload = {"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}, "team_id": "T1"}
NAMES = st.text(max_size=3) | st.none() | st.integers() | st.lists(st.text(), max_size=1)


async def acme(_: str | None, __: str | None) -> Installation:
    return ACME


def a_house(came: list[str], made: list[AsyncApp]) -> Doors:
    def make() -> AsyncApp:
        made.append(bolt.build_app(bolt.authorize_by(acme), ()))
        return made[-1]

    async def handle(door: str, ack: AsyncAck) -> None:
        came.append(door)
        await ack()

    doors = Doors(make)
    doors.add("/finops-assess", lambda app: app.command("/finops-assess")(partial(handle, "command")))
    doors.add("step", lambda app: app.view("step")(partial(handle, "submitted")))
    doors.add("step", lambda app: app.view_closed("step")(partial(handle, "closed")))
    doors.add("done", lambda app: app.action("done")(partial(handle, "pressed")))
    doors.add("answer.", lambda app: app.action(re.compile(r"^answer\."))(partial(handle, "chosen")))
    doors.add("mark", lambda app: app.shortcut("mark")(partial(handle, "shortcut")))
    doors.add("app_home_opened", lambda app: app.event("app_home_opened")(partial(handle, "event")))
    return doors


def pressed(name: Any) -> Payload:
    return {**BASE, "type": "block_actions", "actions": [{"type": "button", "action_id": name, "block_id": "b"}]}


def of_view(kind: str, name: Any) -> Payload:
    return {**BASE, "type": kind, "view": {"type": "modal", "callback_id": name, "blocks": []}}


def an_event(name: Any) -> Payload:
    return {**BASE, "type": "event_callback", "event": {"type": name, "user": "U1"}}


@pytest.mark.parametrize(
    ("payload", "door"),
    [
        (a_command(), "command"),
        (of_view("view_submission", "step"), "submitted"),
        (of_view("view_closed", "step"), "closed"),
        (pressed("done"), "pressed"),
        (pressed("answer.12.anew"), "chosen"),
        ({**BASE, "type": "message_action", "callback_id": "mark"}, "shortcut"),
        ({**BASE, "type": "shortcut", "callback_id": "mark"}, "shortcut"),
        (an_event("app_home_opened"), "event"),
        (pressed("step"), None),  # a name of ours, said of something else
        (of_view("view_submission", "done"), None),
        (pressed("answers"), None),
        (pressed("nobody's"), None),
        (pressed(["done"]), None),
        ({**BASE, "type": "block_actions", "actions": []}, None),
    ],
)
async def test_the_door_of_its_name_is_opened(payload: Payload, door: str | None) -> None:
    came, made = list[str](), list[AsyncApp]()
    dispatcher = Dispatcher(a_house(came, made).app_for)

    await dispatcher.dispatch(payload)
    await dispatcher.dispatch(payload)

    assert came == ([door] * 2 if door else [])
    assert len(made) == 1, "made once, and no other with it"


@given(NAMES)
def test_whatever_a_name_is_there_is_a_door_or_nobodys(name: Any) -> None:
    doors = a_house([], [])
    for payload in (pressed(name), of_view("view_submission", name), an_event(name), {"command": name}, {"type": name}):
        assert isinstance(doors.app_for(payload), AsyncApp)
