"""What people say to the app by its name, and what it is told of that."""

from collections.abc import Iterable
from typing import Any

import pytest

from sandbox import App, SlackStandIn
from tests.sandbox.conftest import PlainApp

LISTENS = App(events=frozenset({"app_mention", "message.channels", "message.groups", "message.im"}))


def events(plain_app: PlainApp) -> list[dict[str, Any]]:
    return [got.payload["event"] for got in plain_app.got]


def kinds(heard: Iterable[dict[str, Any]]) -> list[str]:
    return [event["type"] for event in heard]


@pytest.mark.parametrize(
    ("channel", "text", "heard"),
    [
        pytest.param("C_PAY", "<@U_BOT> done A-12", ["message", "app_mention"], id="in a channel"),
        pytest.param("C_PAY", "Well, <@U_BOT>?", ["message", "app_mention"], id="in the middle of a sentence"),
        pytest.param("G_SEC", "<@U_BOT> done A-12", ["message", "app_mention"], id="in a private channel"),
        pytest.param("D_U_ADA", "<@U_BOT> done A-12", ["message"], id="to the app itself: a message only"),
        pytest.param("C_PAY", "<@U_BEN> done A-12", ["message"], id="somebody else"),
        pytest.param("C_PAY", "@FinOps done A-12", ["message"], id="only words"),
        pytest.param("C_OUT", "<@U_BOT> done A-12", [], id="where the app is not"),
    ],
)
async def test_the_app_hears_its_name_where_it_is(
    plain_app: PlainApp, channel: str, text: str, heard: list[str]
) -> None:
    async with SlackStandIn(plain_app.url, app=LISTENS) as slack:
        await slack.person("U_ADA").say(channel, text)
    assert kinds(events(plain_app)) == heard


async def test_a_mention_has_the_platforms_fields(plain_app: PlainApp) -> None:
    async with SlackStandIn(plain_app.url, app=LISTENS) as slack:
        parent = await slack.person("U_BEN").say("C_PAY", "A card")
        reply = await slack.person("U_ADA").say("C_PAY", "<@U_BOT> done A-12", parent.ts)
    message, mention = events(plain_app)[1:]
    assert mention == {
        "type": "app_mention", "user": "U_ADA", "text": "<@U_BOT> done A-12", "ts": reply.ts, "team": "T0SANDBOX",
        "thread_ts": parent.ts, "parent_user_id": "U_BEN", "channel": "C_PAY", "event_ts": reply.ts,
        "client_msg_id": reply.client_msg_id,
    }  # fmt: skip
    assert message["ts"] == mention["ts"]
    own = [got.payload["event_id"] for got in plain_app.got]
    assert len(set(own)) == len(own), "two events about one message"


@pytest.mark.parametrize(
    ("app", "heard", "complaints"),
    [
        pytest.param(App(events=frozenset({"app_mention"})), ["app_mention"], [], id="only mentions"),
        pytest.param(App(events=frozenset({"message.channels"})), ["message"], [], id="only messages"),
        pytest.param(
            App(events=frozenset({"app_mention"}), scopes=frozenset({"chat:write"})), [],
            [("missing_scope", "app_mention needs app_mentions:read")], id="without the right",
        ),
    ],
)  # fmt: skip
async def test_an_app_must_listen_and_have_the_right(
    plain_app: PlainApp, app: App, heard: list[str], complaints: list[tuple[str, str]]
) -> None:
    async with SlackStandIn(plain_app.url, app=app) as slack:
        await slack.person("U_ADA").say("C_PAY", "<@U_BOT> help")
        assert [(complaint.what, complaint.detail) for complaint in slack.complaints] == complaints
    assert kinds(events(plain_app)) == heard
