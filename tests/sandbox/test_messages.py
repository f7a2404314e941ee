"""Saying, changing and taking back: through slack_sdk, with the platform's own error names."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import App, Clock, SlackStandIn
from sandbox.values import Token
from tests.sandbox.shapes import section


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_a_message_stands_in_its_channel(slack: SlackStandIn, client: AsyncWebClient) -> None:
    metadata = {"event_type": "said", "event_payload": {"n": 1}}
    answer = await client.chat_postMessage(channel="C_PAY", text="Hello", blocks=[section()], metadata=metadata)
    [message] = slack.messages("C_PAY")
    assert (message.ts, message.text, message.metadata, message.user) == (answer["ts"], "Hello", metadata, "U_BOT")
    assert message.blocks[0]["block_id"], "the platform names what the app did not"
    assert answer["message"]["bot_id"] == slack.app.bot_id
    assert slack.complaints == []


@pytest.mark.parametrize(
    ("args", "error"),
    [
        pytest.param({"channel": "C_NONE", "text": "x"}, "channel_not_found", id="no such channel"),
        pytest.param({"channel": "G_HID", "text": "x"}, "channel_not_found", id="private, not in it"),
        pytest.param({"channel": "C_OUT", "text": "x"}, "not_in_channel", id="public, not in it"),
        pytest.param({"channel": "C_OLD", "text": "x"}, "is_archived", id="archived"),
        pytest.param({"channel": "U_BOT", "text": "x"}, "cannot_dm_bot", id="itself"),
        pytest.param({"channel": "C_PAY"}, "no_text", id="nothing to say"),
        pytest.param({"channel": "C_PAY", "text": "x" * 40_001}, "msg_too_long", id="too long"),
        pytest.param({"channel": "C_PAY", "text": "x", "blocks": [{"type": "no"}]}, "invalid_blocks", id="blocks"),
        pytest.param(
            {"channel": "C_PAY", "text": "x", "blocks": [section("y" * 2700)] * 5},
            "msg_blocks_too_long",
            id="blocks: long",
        ),
        pytest.param(
            {"channel": "C_PAY", "text": "x", "thread_ts": "1.000001"}, "thread_not_found", id="no such thread"
        ),
        pytest.param(
            {"channel": "C_PAY", "text": "x", "metadata": {"event_type": "t"}}, "invalid_metadata_format", id="metadata"
        ),
    ],
)
async def test_a_message_is_refused(slack: SlackStandIn, client: AsyncWebClient, args: Any, error: str) -> None:
    assert await error_of(client.api_call("chat.postMessage", json=args)) == error
    assert slack.messages("C_PAY") == []


async def test_invalid_blocks_are_named_and_held_against_the_app(slack: SlackStandIn, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C_PAY", text="x", blocks=[{"type": "no"}])
    [note] = caught.value.response["response_metadata"]["messages"]
    assert "unsupported block type: no" in note
    assert [complaint.what for complaint in slack.complaints] == ["invalid_blocks"]


@pytest.mark.parametrize(
    ("scopes", "error"),
    [
        pytest.param({"chat:write", "chat:write.public"}, None, id="with chat:write.public"),
        pytest.param({"chat:write"}, "not_in_channel", id="without"),
        pytest.param({"chat:write.public"}, "missing_scope", id="not even chat:write"),
    ],
)
async def test_a_public_channel_can_be_written_to_from_outside(
    slack: SlackStandIn, client: AsyncWebClient, scopes: set[str], error: str | None
) -> None:
    slack.workspace.add(Token(slack.bot_token, frozenset(scopes)))
    call = client.chat_postMessage(channel="C_OUT", text="x")
    assert (await error_of(call) if error else (await call)["ok"]) == (error or True)


async def test_a_reply_is_no_parent(slack: SlackStandIn, client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel="C_PAY", text="parent")
    reply = await client.chat_postMessage(channel="C_PAY", text="reply", thread_ts=parent["ts"])
    assert (
        await error_of(client.chat_postMessage(channel="C_PAY", text="x", thread_ts=reply["ts"])) == "thread_not_found"
    )
    assert [message.text for message in slack.messages("C_PAY", parent["ts"])] == ["parent", "reply"]


async def test_a_person_can_be_written_to_directly(slack: SlackStandIn, client: AsyncWebClient) -> None:
    opened = await client.conversations_open(users=["U_BEN"])
    await client.chat_postMessage(channel="U_BEN", text="one")
    await client.chat_postMessage(channel=opened["channel"]["id"], text="two")
    assert [message.text for message in slack.dm("U_BEN")] == ["one", "two"]
    assert (await client.chat_postMessage(channel="U_GONE", text="to nobody"))["ok"], "as the platform does"
    assert await error_of(client.conversations_open(users=["U_GONE"])) == "user_disabled"
    assert await error_of(client.conversations_open(users=["U_NO"])) == "user_not_found"


@pytest.mark.parametrize(
    ("user", "channel", "error"),
    [
        pytest.param("U_EVE", "C_PAY", None, id="in the channel"),
        pytest.param("U_EVE", "C_WEB", "user_not_in_channel", id="not in the channel"),
        pytest.param("U_NO", "C_PAY", "user_not_found", id="nobody"),
        pytest.param("U_ADA", "C_OUT", "not_in_channel", id="the bot is not in it"),
    ],
)
async def test_an_ephemeral_message_is_for_one_person_there(
    slack: SlackStandIn, client: AsyncWebClient, user: str, channel: str, error: str | None
) -> None:
    call = client.chat_postEphemeral(channel=channel, user=user, text="psst")
    if error:
        assert await error_of(call) == error
    else:
        await call
    assert [message.text for message in slack.ephemerals(user)] == ([] if error else ["psst"])
    assert slack.messages(channel) == []


async def test_an_ephemeral_message_is_not_seen_in_a_thread_that_has_not_begun(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    parent = await slack.person("U_ADA").say("C_PAY", "parent")
    await client.chat_postEphemeral(channel="C_PAY", user="U_ADA", text="lost", thread_ts=parent.ts)
    assert [complaint.what for complaint in slack.complaints] == ["unseen ephemeral"]
    await slack.person("U_BEN").say("C_PAY", "reply", parent.ts)
    await client.chat_postEphemeral(channel="C_PAY", user="U_ADA", text="seen", thread_ts=parent.ts)
    assert [(message.text, message.thread_ts) for message in slack.ephemerals("U_ADA")] == [("seen", parent.ts)]


async def test_a_permalink_leads_to_a_message_or_a_reply(slack: SlackStandIn, client: AsyncWebClient) -> None:
    parent = await slack.person("U_ADA").say("C_PAY", "parent")
    reply = await slack.person("U_BEN").say("C_PAY", "reply", parent.ts)
    links = [
        (await client.chat_getPermalink(channel="C_PAY", message_ts=message.ts))["permalink"]
        for message in (parent, reply)
    ]
    place = "https://sandbox.slack.com/archives/C_PAY/p"
    assert links == [
        place + parent.ts.replace(".", ""),
        f"{place}{reply.ts.replace('.', '')}?thread_ts={parent.ts}&cid=C_PAY",
    ]
    assert await error_of(client.chat_getPermalink(channel="C_PAY", message_ts="1.0")) == "message_not_found"
    assert await error_of(client.chat_getPermalink(channel="G_HID", message_ts=parent.ts)) == "channel_not_found"


@pytest.mark.parametrize(
    ("change", "text", "blocks"),
    [
        pytest.param({"text": "new"}, "new", 0, id="a new text takes the blocks away"),
        pytest.param({"text": "new", "blocks": [section(), section()]}, "new", 2, id="both"),
        pytest.param(
            {"metadata": {"event_type": "t", "event_payload": {}}}, "old", 1, id="metadata only: the rest stays"
        ),
    ],
)
async def test_a_message_is_changed_in_its_place(
    slack: SlackStandIn, client: AsyncWebClient, change: Any, text: str, blocks: int
) -> None:
    posted = await client.chat_postMessage(channel="C_PAY", text="old", blocks=[section()])
    await client.api_call("chat.update", json={"channel": "C_PAY", "ts": posted["ts"], **change})
    [message] = slack.messages("C_PAY")
    assert (message.ts, message.text, len(message.blocks)) == (posted["ts"], text, blocks)
    assert message.edited is not None


async def test_only_ones_own_messages_can_be_changed(slack: SlackStandIn, client: AsyncWebClient) -> None:
    hers = await slack.person("U_ADA").say("C_PAY", "mine")
    assert await error_of(client.chat_update(channel="C_PAY", ts=hers.ts, text="x")) == "cant_update_message"
    assert await error_of(client.chat_delete(channel="C_PAY", ts=hers.ts)) == "cant_delete_message"
    assert await error_of(client.chat_update(channel="C_PAY", ts="1.0", text="x")) == "message_not_found"


async def test_a_deleted_parent_keeps_its_thread_closed(slack: SlackStandIn, client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel="C_PAY", text="parent")
    await client.chat_postMessage(channel="C_PAY", text="reply", thread_ts=parent["ts"])
    await client.chat_delete(channel="C_PAY", ts=parent["ts"])
    assert [message.text for message in slack.messages("C_PAY")] == ["reply"]
    assert (
        await error_of(client.chat_postMessage(channel="C_PAY", text="x", thread_ts=parent["ts"])) == "thread_not_found"
    )


async def test_blocks_without_text_are_held_against_the_app(slack: SlackStandIn, client: AsyncWebClient) -> None:
    await client.api_call("chat.postMessage", json={"channel": "C_PAY", "blocks": [section()]})
    assert [complaint.what for complaint in slack.complaints] == ["no text beside blocks"]


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        pytest.param(lambda token: None, "invalid_auth", id="unknown"),
        pytest.param(lambda token: replace(token, revoked=True), "token_revoked", id="revoked"),
        pytest.param(lambda token: replace(token, scopes=frozenset()), "missing_scope", id="without the scope"),
        pytest.param(lambda token: replace(token, for_sockets=True), "not_allowed_token_type", id="of the app"),
    ],
)
async def test_a_token_must_be_good(
    slack: SlackStandIn, client: AsyncWebClient, spoil: Callable[[Token], Token | None], error: str
) -> None:
    spoilt = spoil(slack.workspace.tokens.pop(slack.bot_token))
    if spoilt:
        slack.workspace.add(spoilt)
    assert await error_of(client.chat_postMessage(channel="C_PAY", text="x")) == error


async def test_an_unknown_method_is_held_against_the_app(slack: SlackStandIn, client: AsyncWebClient) -> None:
    assert await error_of(client.api_call("chat.shout")) == "unknown_method"
    assert [complaint.what for complaint in slack.complaints] == ["unknown_method"]


async def test_one_message_a_second_and_channel() -> None:
    moment = [1_800_000_000.0]
    clock = Clock(lambda: moment[0], lambda: moment[0])
    async with SlackStandIn(clock=clock, app=App()) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        for _ in range(3):
            await client.chat_postMessage(channel="C_PAY", text="burst")
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel="C_PAY", text="too much")
        response = caught.value.response
        assert (response.status_code, response.headers["Retry-After"], response["error"]) == (429, "1", "ratelimited")
        await client.chat_postMessage(channel="C_WEB", text="another channel")
        moment[0] += 1
        await client.chat_postMessage(channel="C_PAY", text="a second later")
        assert [called.outcome for called in slack.calls("chat.postMessage")].count("ratelimited") == 1


async def test_forms_and_json_are_the_same(slack: SlackStandIn, client: AsyncWebClient) -> None:
    await client.api_call(
        "chat.postMessage", params={"channel": "C_PAY", "text": "form", "blocks": '[{"type":"divider"}]'}
    )
    await client.api_call(
        "chat.postMessage", json={"channel": "C_PAY", "text": "json", "blocks": [{"type": "divider"}]}
    )
    assert [message.blocks[0]["type"] for message in slack.messages("C_PAY")] == ["divider", "divider"]
    assert [called.args["text"] for called in slack.journal] == ["form", "json"]
