"""Commands, presses, shortcuts, words and the Home: what the app is sent, and what its answers show."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import App, Clock, Impossible, SlackStandIn
from sandbox.values import Message
from tests.sandbox.conftest import PlainApp
from tests.sandbox.shapes import actions, asks, button, field, modal, options, section


@pytest.mark.parametrize(
    ("channel", "name"),
    [
        pytest.param("C_PAY", "payments", id="public"),
        pytest.param("G_SEC", "privategroup", id="private"),
        pytest.param("D_U_ADA", "directmessage", id="with the app"),
    ],
)
async def test_a_command_has_the_platforms_fields(
    slack: SlackStandIn, plain_app: PlainApp, channel: str, name: str
) -> None:
    await slack.person("U_ADA").command("/do", "this & that", channel=channel)
    fields = plain_app.got[0].fields
    assert fields.pop("response_url").startswith(slack.origin)
    assert fields.pop("trigger_id")
    assert fields == {
        "token": slack.app.verification_token, "team_id": "T0SANDBOX", "team_domain": "sandbox",
        "channel_id": channel, "channel_name": name, "user_id": "U_ADA", "user_name": "ada", "command": "/do",
        "text": "this & that", "api_app_id": slack.app.id, "is_enterprise_install": "false",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "text", "ephemeral"),
    [
        pytest.param("Just words", "Just words", True, id="words"),
        pytest.param({"text": "Said"}, "Said", True, id="JSON: for one person"),
        pytest.param({"text": "All", "response_type": "in_channel"}, "All", False, id="JSON: for the channel"),
        pytest.param(None, "", None, id="nothing"),
    ],
)
async def test_the_answer_to_a_command_is_shown(
    slack: SlackStandIn, plain_app: PlainApp, answer: Any, text: str, ephemeral: bool | None
) -> None:
    plain_app.will_answer(answer)
    reply = await slack.person("U_ADA").command("/do")
    assert reply.text == text
    assert len(slack.ephemerals("U_ADA")) == (ephemeral is True)
    assert len(slack.messages("C_PAY")) == (ephemeral is False)


@pytest.mark.parametrize(
    ("user", "channel"),
    [
        pytest.param("U_GONE", "C_PAY", id="somebody who left"),
        pytest.param("U_NO", "C_PAY", id="nobody"),
        pytest.param("U_BOT", "C_PAY", id="the bot"),
        pytest.param("U_ADA", "G_HID", id="where they are not"),
        pytest.param("U_ADA", "C_OLD", id="in an archived channel"),
    ],
)
async def test_not_everybody_can_command_everywhere(slack: SlackStandIn, user: str, channel: str) -> None:
    with pytest.raises(Impossible):
        await slack.person(user).command("/do", channel=channel)


async def posted(slack: SlackStandIn, client: AsyncWebClient, *blocks: dict[str, Any]) -> Message:
    await client.chat_postMessage(channel="C_PAY", text="Press", blocks=list(blocks))
    return slack.messages("C_PAY")[-1]


@pytest.mark.parametrize(
    ("element", "option", "told"),
    [
        pytest.param(button(value="7"), None, {"value": "7", "type": "button"}, id="button"),
        pytest.param(
            {"type": "overflow", "action_id": "go", "options": options("a", "b")}, "b",
            {"selected_option": options("b")[0]}, id="overflow",
        ),
        pytest.param({"type": "timepicker", "action_id": "go"}, "09:05", {"selected_time": "09:05"}, id="time"),
        pytest.param({"type": "users_select", "action_id": "go"}, "U_BEN", {"selected_user": "U_BEN"}, id="person"),
        pytest.param(
            {"type": "static_select", "action_id": "go", "options": options("a")}, "a",
            {"selected_option": options("a")[0]}, id="select",
        ),
    ],
)  # fmt: skip
async def test_a_press_on_a_message_is_told(
    slack: SlackStandIn, plain_app: PlainApp, client: AsyncWebClient, element: Any, option: Any, told: Any
) -> None:
    message = await posted(slack, client, actions(element, block_id="row"))
    await slack.person("U_ADA").press(message, "go", option=option)
    payload = plain_app.got[0].payload
    assert payload["type"] == "block_actions"
    [action] = payload["actions"]
    assert action.items() >= {"action_id": "go", "block_id": "row", **told}.items()
    place = {"type": "message", "message_ts": message.ts, "channel_id": "C_PAY", "is_ephemeral": False}
    assert payload["container"] == place
    assert payload["channel"] == {"id": "C_PAY", "name": "payments"}
    assert payload["message"]["ts"] == message.ts
    assert payload["trigger_id"]
    assert payload["response_url"]


async def test_a_press_in_a_modal_carries_what_was_typed(slack: SlackStandIn, plain_app: PlainApp) -> None:
    spec = modal(asks(field()), actions(button()))
    view = slack.screens.open(slack.screens.trigger("U_ADA"), spec)
    slack.person("U_ADA").type(view, {"name": "typed"})
    await slack.person("U_ADA").press(view, text="Go")
    payload = plain_app.got[0].payload
    assert payload["view"]["state"]["values"]["name"]["in"]["value"] == "typed"
    assert payload["container"] == {"type": "view", "view_id": view.id}
    slack.screens.push(payload["trigger_id"], modal())


async def test_an_input_acts_at_once_only_when_asked_to(slack: SlackStandIn, plain_app: PlainApp) -> None:
    spec = modal(asks(field()), asks(field(block_id="now", action_id="at_once"), dispatch_action=True))
    view = slack.screens.open(slack.screens.trigger("U_ADA"), spec)
    with pytest.raises(Impossible):
        await slack.person("U_ADA").press(view, "in", option="x")
    await slack.person("U_ADA").press(view, "at_once", option="x")
    assert plain_app.got[0].payload["actions"][0]["value"] == "x"


async def test_what_is_not_there_cannot_be_pressed(slack: SlackStandIn, client: AsyncWebClient) -> None:
    message = await posted(slack, client, actions(button()))
    with pytest.raises(Impossible, match=r"go \(Go\)"):
        await slack.person("U_ADA").press(message, text="Stop")
    await client.chat_update(channel="C_PAY", ts=message.ts, text="done", blocks=[])
    with pytest.raises(Impossible):
        await slack.person("U_ADA").press(message, text="Go")
    with pytest.raises(Impossible, match="not in C_PAY"):
        await slack.person("U_XAV").press(message, text="Go")


@pytest.mark.parametrize("ephemeral", [True, False])
async def test_an_answer_can_stand_in_place_of_what_was_pressed(
    slack: SlackStandIn, plain_app: PlainApp, client: AsyncWebClient, ephemeral: bool
) -> None:
    blocks = [actions(button())]
    if ephemeral:
        await client.chat_postEphemeral(channel="C_PAY", user="U_ADA", text="Press", blocks=blocks)
        message = slack.ephemerals("U_ADA")[0]
    else:
        message = await posted(slack, client, *blocks)
    await slack.person("U_ADA").press(message, "go")
    assert ("message" in plain_app.got[0].payload) is not ephemeral
    address = plain_app.got[0].payload["response_url"]
    async with aiohttp.ClientSession() as session:
        await session.post(address, json={"replace_original": True, "text": "Pressed"})
        assert [kept.text for kept in [*slack.messages("C_PAY"), *slack.ephemerals("U_ADA")]] == ["Pressed"]
        await session.post(address, json={"delete_original": True})
        assert [*slack.messages("C_PAY"), *slack.ephemerals("U_ADA")] == []


@pytest.mark.parametrize(
    ("uses", "wait", "expected"),
    [
        pytest.param(5, 0, "ok", id="five times"),
        pytest.param(6, 0, "used_url", id="not a sixth time"),
        pytest.param(1, 1801, "expired_url", id="not after half an hour"),
    ],
)
async def test_a_response_url_is_good_for_a_while(
    slack: SlackStandIn, plain_app: PlainApp, clock: Clock, uses: int, wait: float, expected: str
) -> None:
    await slack.person("U_ADA").command("/do")
    clock.advance(wait)
    answer = ""
    async with aiohttp.ClientSession() as session:
        for _ in range(uses):
            async with session.post(plain_app.got[0].fields["response_url"], json={"text": "x"}) as response:
                answer = await response.text()
    assert expected in answer


async def test_what_only_one_person_sees_can_be_undone_where_it_stands(
    slack: SlackStandIn, plain_app: PlainApp
) -> None:
    """A command answers with a button, and the press on it takes the place of that answer."""
    row = actions(button("undo", "Undo"))
    plain_app.will_answer({"text": "A-12 is done.", "blocks": [section("A-12 is done."), row]})
    reply = await slack.person("U_ADA").command("/do", "done A-12")
    assert reply.message is not None
    await slack.person("U_ADA").press(reply.message, text="Undo")
    address = plain_app.got[1].payload["response_url"]
    async with aiohttp.ClientSession() as session:
        await session.post(address, json={"replace_original": True, "text": "A-12 is open again."})
    [left] = slack.ephemerals("U_ADA")
    assert (left.ts, left.text, left.blocks) == (reply.message.ts, "A-12 is open again.", ())
    with pytest.raises(Impossible):
        await slack.person("U_ADA").press(left, text="Undo")
    with pytest.raises(Impossible, match="does not see"):
        await slack.person("U_BEN").press(left, text="Undo")


async def test_what_a_command_has_answered_is_not_replaced_by_its_own_address(
    slack: SlackStandIn, plain_app: PlainApp
) -> None:
    plain_app.will_answer("Thinking")
    await slack.person("U_ADA").command("/do")
    address = plain_app.got[0].fields["response_url"]
    async with aiohttp.ClientSession() as session:
        await session.post(address, json={"replace_original": True, "text": "Done"})
    assert [kept.text for kept in slack.ephemerals("U_ADA")] == ["Thinking", "Done"]


async def test_a_response_url_ends_with_its_channel(slack: SlackStandIn, plain_app: PlainApp) -> None:
    await slack.person("U_ADA").command("/do")
    await slack.lifecycle.remove("C_PAY", "U_ADA")
    address = plain_app.got[0].fields["response_url"]
    async with aiohttp.ClientSession() as session, session.post(address, json={"text": "x"}) as response:
        assert (response.status, "channel_not_found" in await response.text()) == (400, True)


SHORTCUTS = App(
    shortcuts=(
        {"name": "Turn it", "type": "message", "callback_id": "turn", "description": "Into something"},
        {"name": "Mine", "type": "global", "callback_id": "mine", "description": "All that is mine"},
    )
)


async def test_shortcuts_have_the_platforms_shape(plain_app: PlainApp) -> None:
    async with SlackStandIn(plain_app.url, app=SHORTCUTS) as slack:
        message = await slack.person("U_BEN").say("C_PAY", "do this")
        await slack.person("U_ADA").message_shortcut(message, "turn")
        await slack.person("U_ADA").global_shortcut("mine")
        turn, mine = [got.payload for got in plain_app.got]
        slack.screens.open(turn["trigger_id"], modal())
        slack.screens.open(mine["trigger_id"], modal())
    shared = {
        "team": {"id": "T0SANDBOX", "domain": "sandbox"}, "api_app_id": "A0SANDBOX", "enterprise": None,
        "user": {"id": "U_ADA", "username": "ada", "name": "ada", "team_id": "T0SANDBOX"},
        "is_enterprise_install": False, "token": SHORTCUTS.verification_token,
    }  # fmt: skip
    told = {"type": "message_action", "callback_id": "turn", "message_ts": message.ts}
    assert turn.items() >= (shared | told | {"channel": {"id": "C_PAY", "name": "payments"}}).items()
    assert turn["message"].items() >= {"type": "message", "user": "U_BEN", "text": "do this", "ts": message.ts}.items()
    assert turn["response_url"].startswith(slack.origin)
    assert mine.items() >= (shared | {"type": "shortcut", "callback_id": "mine"}).items()
    assert mine.keys().isdisjoint({"channel", "message", "response_url"})


async def test_only_shortcuts_that_the_app_has_can_be_used_and_only_where_they_are(plain_app: PlainApp) -> None:
    async with SlackStandIn(plain_app.url, app=SHORTCUTS) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        ada, said = slack.person("U_ADA"), await slack.person("U_BEN").say("C_OUT", "far away")
        await client.chat_postEphemeral(channel="C_PAY", user="U_ADA", text="psst")
        for used in (
            ada.message_shortcut(said, "mine"),
            ada.global_shortcut("turn"),
            ada.message_shortcut(slack.ephemerals("U_ADA")[0], "turn"),
            slack.person("U_EVE").message_shortcut(said, "turn"),
        ):
            with pytest.raises(Impossible):
                await used
    assert plain_app.got == []


async def test_opening_the_home_is_told_with_what_is_there(slack: SlackStandIn, plain_app: PlainApp) -> None:
    await slack.person("U_ADA").open_home()
    slack.screens.publish("U_ADA", {"type": "home", "blocks": [section()]})
    await slack.person("U_ADA").open_home()
    first, second = [got.payload["event"] for got in plain_app.got]
    assert (first["type"], first["tab"], first["channel"]) == ("app_home_opened", "home", "D_U_ADA")
    assert "view" not in first
    assert second["view"]["type"] == "home"


async def test_an_external_select_asks_the_app(slack: SlackStandIn, plain_app: PlainApp) -> None:
    view = slack.screens.open(slack.screens.trigger("U_ADA"), modal(asks(field("external_select"))))
    plain_app.will_answer({"options": options("a")})
    assert await slack.person("U_ADA").search(view, "in", "wo") == options("a")
    assert plain_app.got[0].payload["value"] == "wo"


@pytest.mark.parametrize(
    ("events", "heard"),
    [
        pytest.param(frozenset({"message.channels"}), [None, None, "message_changed", "message_deleted"], id="listens"),
        pytest.param(frozenset({"message.im"}), [], id="listens elsewhere"),
        pytest.param(None, [], id="says nothing of it"),
    ],
)
async def test_messages_are_told_to_who_listens(plain_app: PlainApp, events: Any, heard: Any) -> None:
    async with SlackStandIn(plain_app.url, app=App(events=events)) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        await slack.person("U_ADA").say("C_PAY", "words")
        answer = await client.chat_postMessage(channel="C_PAY", text="own")
        await slack.until(lambda: len(plain_app.got) == len(heard[:2]))
        await client.chat_update(channel="C_PAY", ts=answer["ts"], text="changed")
        await slack.until(lambda: len(plain_app.got) == len(heard[:3]))
        await client.chat_delete(channel="C_PAY", ts=answer["ts"])
        await slack.until(lambda: len(slack.sent) == len(heard))
    assert [got.payload["event"].get("subtype") for got in plain_app.got] == heard
