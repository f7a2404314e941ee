"""What becomes of channels: what the app is told, and what it can still do there afterwards."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import App, Impossible, SlackStandIn
from tests.sandbox.conftest import PlainApp
from tests.sandbox.test_messages import error_of


def events(plain_app: PlainApp) -> list[dict[str, Any]]:
    return [{name: told for name, told in got.payload["event"].items() if name != "event_ts"} for got in plain_app.got]


async def posted(client: AsyncWebClient, channel: str) -> str:
    try:
        await client.chat_postMessage(channel=channel, text="Here")
    except SlackApiError as refusal:
        return str(refusal.response["error"])
    return "ok"


async def test_who_is_invited_is_told_with_who_has_invited(slack: SlackStandIn, plain_app: PlainApp) -> None:
    await slack.lifecycle.join("C_OUT", "U_BOT", "U_ADA")
    await slack.lifecycle.join("C_OUT", "U_EVE", "U_BEN")
    await slack.lifecycle.join("C_OUT", "U_EVE", "U_BEN")
    shape = {"type": "member_joined_channel", "channel": "C_OUT", "channel_type": "C", "team": "T0SANDBOX"}
    assert events(plain_app) == [
        shape | {"user": "U_BOT", "inviter": "U_ADA"},
        shape | {"user": "U_EVE", "inviter": "U_BEN"},
    ]


async def test_the_app_is_told_of_its_own_joining_without_an_inviter(
    slack: SlackStandIn, plain_app: PlainApp, client: AsyncWebClient
) -> None:
    await client.conversations_join(channel="C_OUT")
    await client.conversations_join(channel="C_OUT")
    await slack.sender.settled()
    [joined] = events(plain_app)
    assert (joined["type"], joined["user"]) == ("member_joined_channel", "U_BOT")
    assert "inviter" not in joined


@pytest.mark.parametrize(
    ("channel", "user"),
    [
        pytest.param("C_OLD", "U_EVE", id="into an archived channel"),
        pytest.param("C_PAY", "U_GONE", id="somebody who left"),
        pytest.param("C_PAY", "U_NO", id="nobody"),
        pytest.param("C_PAY", "U_XAV", id="a stranger into a channel that is not shared"),
        pytest.param("D_U_ADA", "U_BEN", id="into a conversation of two"),
    ],
)
async def test_not_everybody_can_be_invited(slack: SlackStandIn, channel: str, user: str) -> None:
    slack.workspace.direct("U_ADA")
    with pytest.raises(Impossible):
        await slack.lifecycle.join(channel, user, "U_ADA")


@pytest.mark.parametrize(
    ("channel", "kind", "error"),
    [
        pytest.param("C_PAY", "channel_left", "not_in_channel", id="public"),
        pytest.param("G_SEC", "group_left", "channel_not_found", id="private"),
    ],
)
async def test_the_app_is_removed(
    slack: SlackStandIn, plain_app: PlainApp, client: AsyncWebClient, channel: str, kind: str, error: str
) -> None:
    await slack.lifecycle.leave(channel, "U_BOT", "U_ADA")
    assert events(plain_app) == [{"type": kind, "channel": channel, "actor_id": "U_ADA"}]
    assert await posted(client, channel) == error
    with pytest.raises(Impossible):
        await slack.lifecycle.leave(channel, "U_BOT", "U_ADA")


async def test_an_archived_public_channel_is_left_by_the_app(
    slack: SlackStandIn, plain_app: PlainApp, client: AsyncWebClient
) -> None:
    await slack.lifecycle.archive("C_PAY", "U_ADA")
    assert await posted(client, "C_PAY") == "is_archived"
    assert await error_of(client.conversations_join(channel="C_PAY")) == "is_archived"
    told = (await client.conversations_info(channel="C_PAY"))["channel"]
    assert (told["is_archived"], told["is_member"]) == (True, False)
    await slack.lifecycle.unarchive("C_PAY", "U_ADA")
    assert await posted(client, "C_PAY") == "not_in_channel"
    assert slack.workspace.channels["C_PAY"].members == {"U_ADA"}
    assert events(plain_app) == [
        {"type": "channel_archive", "channel": "C_PAY", "user": "U_ADA", "is_moved": 0},
        {"type": "channel_unarchive", "channel": "C_PAY", "user": "U_ADA"},
    ]


async def test_an_archived_private_channel_has_its_members_back(
    slack: SlackStandIn, plain_app: PlainApp, client: AsyncWebClient
) -> None:
    await slack.lifecycle.archive("G_SEC", "U_BEN")
    assert await posted(client, "G_SEC") == "is_archived"
    await slack.lifecycle.archive("G_SEC", "U_BEN", archived=False)
    assert await posted(client, "G_SEC") == "ok"
    assert events(plain_app)[:2] == [
        {"type": "group_archive", "channel": "G_SEC", "user": "U_BEN", "is_moved": 0},
        {"type": "group_unarchive", "channel": "G_SEC", "actor_id": "U_BEN"},
    ]


@pytest.mark.parametrize("name", ["Upper", "two words", "a.b", "", "x" * 81, "web-shop"])
async def test_a_channel_cannot_have_any_name(slack: SlackStandIn, name: str) -> None:
    with pytest.raises(Impossible):
        await slack.lifecycle.rename("C_PAY", name)


async def test_a_deleted_channel_is_gone_with_all_that_was_said_in_it(
    slack: SlackStandIn, plain_app: PlainApp, client: AsyncWebClient
) -> None:
    said = await slack.person("U_ADA").say("C_PAY", "words")
    await slack.lifecycle.remove("C_PAY", "U_ADA")
    await slack.lifecycle.remove("G_SEC", "U_ADA")
    public, private = events(plain_app)
    assert public == {"type": "channel_deleted", "channel": "C_PAY"}
    assert private.items() >= {"type": "group_deleted", "channel": "G_SEC", "actor_id": "U_ADA"}.items()
    assert await posted(client, "C_PAY") == "channel_not_found"
    assert slack.messages("C_PAY") == []
    with pytest.raises(Impossible):
        await slack.person("U_ADA").message_shortcut(said, "turn")


async def test_under_another_id_everything_is_still_there_and_nothing_under_the_old_one(
    slack: SlackStandIn, plain_app: PlainApp, client: AsyncWebClient
) -> None:
    parent = await client.chat_postMessage(channel="G_SEC", text="parent")
    await slack.person("U_ADA").say("G_SEC", "reply", parent["ts"])
    await client.chat_postEphemeral(channel="G_SEC", user="U_ADA", text="psst", thread_ts=parent["ts"])
    await slack.lifecycle.change_id("G_SEC", "C_SEC")
    assert events(plain_app) == [
        {"type": "channel_id_changed", "old_channel_id": "G_SEC", "new_channel_id": "C_SEC"},
    ]
    assert await posted(client, "G_SEC") == "channel_not_found"
    assert [message.text for message in slack.messages("C_SEC", parent["ts"])] == ["parent", "reply"]
    assert [message.channel for message in slack.ephemerals("U_ADA")] == ["C_SEC"]
    await client.chat_update(channel="C_SEC", ts=parent["ts"], text="changed")
    assert (await client.conversations_replies(channel="C_SEC", ts=parent["ts"]))["messages"][0]["text"] == "changed"


async def test_a_public_channel_becomes_private_with_the_app_in_it(plain_app: PlainApp) -> None:
    async with SlackStandIn(plain_app.url, app=App(events=frozenset({"message.groups"}))) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        await slack.lifecycle.make_private("C_PAY", "U_ADA")
        await slack.lifecycle.make_private("C_OUT", "U_ADA")
        told = (await client.conversations_info(channel="C_PAY"))["channel"]
        assert (told["is_private"], told["is_group"], told["is_member"]) == (True, True, True)
        assert await posted(client, "C_OUT") == "channel_not_found"
        assert [message.subtype for message in slack.messages("C_PAY")] == ["channel_convert_to_private"]
        with pytest.raises(Impossible):
            await slack.lifecycle.make_private("G_SEC", "U_ADA")
    [message] = events(plain_app)
    shape = {"type": "message", "subtype": "channel_convert_to_private", "user": "U_ADA", "channel_type": "group"}
    assert message.items() >= shape.items()
    assert "hidden" not in message


async def test_a_channel_is_shared_with_people_of_another_organisation(
    slack: SlackStandIn, plain_app: PlainApp, client: AsyncWebClient
) -> None:
    await slack.lifecycle.share("C_PAY", "T0PARTNER", ["U_XAV"])
    told = (await client.conversations_info(channel="C_PAY"))["channel"]
    assert (told["is_ext_shared"], told["shared_team_ids"]) == (True, ["T0PARTNER", "T0SANDBOX"])
    await slack.lifecycle.unshare("C_PAY", "T0PARTNER")
    assert (await client.conversations_info(channel="C_PAY"))["channel"]["is_ext_shared"] is False
    assert "U_XAV" not in slack.workspace.channels["C_PAY"].members
    assert events(plain_app) == [
        {"type": "channel_shared", "channel": "C_PAY", "connected_team_id": "T0PARTNER"},
        {
            "type": "member_joined_channel", "channel": "C_PAY", "user": "U_XAV", "channel_type": "C",
            "team": "T0PARTNER",
        },
        {
            "type": "channel_unshared", "channel": "C_PAY", "previously_connected_team_id": "T0PARTNER",
            "is_ext_shared": False,
        },
    ]  # fmt: skip


async def test_an_old_private_channel_gets_another_id_when_it_is_shared(
    slack: SlackStandIn, plain_app: PlainApp, client: AsyncWebClient
) -> None:
    shared = await slack.lifecycle.share("G_SEC", "T0PARTNER", ["U_XAV"])
    assert (shared.id, await posted(client, "G_SEC"), await posted(client, shared.id)) == (
        "C_SEC", "channel_not_found", "ok",
    )  # fmt: skip
    assert [event["type"] for event in events(plain_app)] == [
        "channel_id_changed", "channel_shared", "member_joined_channel",
    ]  # fmt: skip


async def test_only_who_is_of_that_organisation_can_come_with_it(slack: SlackStandIn) -> None:
    with pytest.raises(Impossible, match="U_BEN"):
        await slack.lifecycle.share("C_PAY", "T0PARTNER", ["U_BEN"])
    with pytest.raises(Impossible):
        await slack.lifecycle.share("C_PAY", "T0SANDBOX")


@pytest.mark.parametrize("what", ["archive", "leave", "remove"])
async def test_nobody_hears_of_a_private_channel_from_outside(
    slack: SlackStandIn, plain_app: PlainApp, what: str
) -> None:
    given = ("G_HID",) if what == "remove" else ("G_HID", "U_BEN")
    await getattr(slack.lifecycle, what)(*given)
    assert plain_app.got == []


@pytest.mark.parametrize(
    ("scopes", "heard"),
    [
        pytest.param({"channels:read"}, ["C_PAY"], id="public ones"),
        pytest.param({"groups:read"}, ["G_SEC"], id="private ones"),
        pytest.param({"channels:read", "groups:read"}, ["C_PAY", "G_SEC"], id="both"),
    ],
)
async def test_the_right_to_read_a_kind_of_channel_is_the_right_to_hear_of_it(
    plain_app: PlainApp, scopes: set[str], heard: list[str]
) -> None:
    app = App(events=frozenset({"member_joined_channel"}), scopes=frozenset(scopes))
    async with SlackStandIn(plain_app.url, app=app) as slack:
        for channel in ("C_PAY", "G_SEC"):
            await slack.lifecycle.leave(channel, "U_BEN")
            await slack.lifecycle.join(channel, "U_BEN")
        assert slack.complaints == []
    assert [event["channel"] for event in events(plain_app)] == heard


async def test_who_is_deactivated_leaves_and_does_not_come_back_by_themselves(
    slack: SlackStandIn, plain_app: PlainApp, client: AsyncWebClient
) -> None:
    await slack.lifecycle.change_user("U_BEN", deleted=True)
    assert (await client.users_info(user="U_BEN"))["user"]["deleted"] is True
    with pytest.raises(Impossible):
        await slack.person("U_BEN").say("C_PAY", "hello?")
    await slack.lifecycle.change_user("U_BEN", deleted=False)
    assert "U_BEN" not in slack.workspace.channels["C_PAY"].members
    assert [event["type"] for event in events(plain_app)] == ["user_change", "user_change"]
