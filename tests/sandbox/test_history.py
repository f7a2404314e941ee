"""Reading back: order, ends, pages, metadata, and who may."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Clock, Fault, SlackStandIn, Trouble
from sandbox.values import Token

METADATA = {"event_type": "delivery", "event_payload": {"d": "1"}}


@pytest.fixture
async def stamps(client: AsyncWebClient, clock: Clock) -> list[str]:
    """Five messages, a minute apart; the first has three replies."""
    posted = []
    for number in range(5):
        answer = await client.chat_postMessage(channel="C_PAY", text=f"m{number}", metadata=METADATA)
        posted.append(str(answer["ts"]))
        clock.advance(60)
    for number in range(3):
        await client.chat_postMessage(channel="C_PAY", text=f"r{number}", thread_ts=posted[0], metadata=METADATA)
        clock.advance(60)
    return posted


async def test_history_is_newest_first_and_without_replies(client: AsyncWebClient, stamps: list[str]) -> None:
    answer = await client.conversations_history(channel="C_PAY")
    assert [message["text"] for message in answer["messages"]] == ["m4", "m3", "m2", "m1", "m0"]
    assert answer["messages"][-1]["reply_count"] == 3
    assert answer["has_more"] is False


@pytest.mark.parametrize(
    ("inclusive", "expected"),
    [pytest.param(False, ["m2"], id="without the ends"), pytest.param(True, ["m3", "m2", "m1"], id="inclusive")],
)
async def test_history_between_two_times(
    client: AsyncWebClient, stamps: list[str], inclusive: bool, expected: list[str]
) -> None:
    answer = await client.conversations_history(
        channel="C_PAY", oldest=stamps[1], latest=stamps[3], inclusive=inclusive
    )
    assert [message["text"] for message in answer["messages"]] == expected


async def test_pages_follow_each_other(client: AsyncWebClient, stamps: list[str]) -> None:
    first = await client.conversations_history(channel="C_PAY", limit=2)
    pages = [[message["text"] for message in page["messages"]] async for page in first]
    assert pages == [["m4", "m3"], ["m2", "m1"], ["m0"]]


async def test_a_thread_is_read_from_its_parent_on(client: AsyncWebClient, stamps: list[str]) -> None:
    answer = await client.conversations_replies(channel="C_PAY", ts=stamps[0])
    assert [message["text"] for message in answer["messages"]] == ["m0", "r0", "r1", "r2"]
    late = await client.conversations_replies(channel="C_PAY", ts=stamps[0], oldest=answer["messages"][2]["ts"])
    assert [message["text"] for message in late["messages"]] == ["m0", "r2"]
    with pytest.raises(SlackApiError, match="thread_not_found"):
        await client.conversations_replies(channel="C_PAY", ts=answer["messages"][1]["ts"])


@pytest.mark.parametrize("asked", [True, False])
async def test_metadata_comes_when_asked_for(client: AsyncWebClient, stamps: list[str], asked: bool) -> None:
    whole = await client.conversations_history(channel="C_PAY", include_all_metadata=asked)
    thread = await client.conversations_replies(channel="C_PAY", ts=stamps[0], include_all_metadata=asked)
    for message in [*whole["messages"], *thread["messages"]]:
        assert message.get("metadata") == (METADATA if asked else None)


async def test_a_lagging_history_shows_what_is_old_enough(
    slack: SlackStandIn, client: AsyncWebClient, clock: Clock
) -> None:
    slack.faults.add(Fault(Trouble.LAG, "conversations.*", seconds=8))
    await client.chat_postMessage(channel="C_PAY", text="fresh")
    clock.advance(7)
    assert (await client.conversations_history(channel="C_PAY"))["messages"] == []
    clock.advance(2)
    assert len((await client.conversations_history(channel="C_PAY"))["messages"]) == 1


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        pytest.param("C_OUT", "not_in_channel", id="not in it"),
        pytest.param("G_HID", "channel_not_found", id="cannot see it"),
        pytest.param("G_SEC", "missing_scope", id="no right to read private ones"),
    ],
)
async def test_who_may_not_read_is_told_why(
    slack: SlackStandIn, client: AsyncWebClient, channel: str, error: str
) -> None:
    slack.workspace.add(Token(slack.bot_token, frozenset({"channels:history"})))
    with pytest.raises(SlackApiError, match=error):
        await client.conversations_history(channel=channel)


async def test_people_and_channels_are_told_as_they_are(slack: SlackStandIn, client: AsyncWebClient) -> None:
    ada = (await client.users_info(user="U_ADA"))["user"]
    assert (ada["tz"], ada["is_admin"], ada["is_restricted"], ada["tz_offset"]) == ("Europe/Paris", True, False, 3600)
    assert (await client.users_info(user="U_EVE"))["user"]["is_restricted"] is True
    assert (await client.users_info(user="U_GONE"))["user"]["deleted"] is True
    assert (await client.users_info(user="U_XAV"))["user"]["team_id"] == "T0PARTNER"
    assert (await client.conversations_info(channel="C_EXT"))["channel"]["is_ext_shared"] is True
    assert (await client.conversations_info(channel="G_SEC"))["channel"]["is_private"] is True
    listed = await client.conversations_list(types="public_channel,private_channel", exclude_archived=True)
    names = {channel["id"] for channel in listed["channels"]}
    assert "G_SEC" in names
    assert not names & {"G_HID", "C_OLD"}
    members = await client.conversations_members(channel="G_SEC", limit=2)
    assert [page["members"] async for page in members] == [["U_ADA", "U_BEN"], ["U_BOT"]]
    with pytest.raises(SlackApiError, match="user_not_found"):
        await client.users_info(user="U_NO")


async def test_the_bot_can_join_what_is_public(slack: SlackStandIn, client: AsyncWebClient) -> None:
    await client.conversations_join(channel="C_OUT")
    assert (await client.chat_postMessage(channel="C_OUT", text="here"))["ok"]
    with pytest.raises(SlackApiError, match="is_archived"):
        await client.conversations_join(channel="C_OLD")
