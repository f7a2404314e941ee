"""Installing and removing the app, its manifest, Socket Mode and uploads."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import SlackStandIn
from sandbox.manifest import app_from
from tests.sandbox.conftest import PlainApp

# slack_sdk itself still uses what aiohttp has deprecated.
OLD_WAYS = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


async def code_for(slack: SlackStandIn, state: str = "s", scope: str = "chat:write") -> str:
    query = {"client_id": slack.app.client_id, "scope": scope, "state": state, "redirect_uri": "http://app.test/back"}
    async with aiohttp.ClientSession() as session:
        address = f"{slack.origin}/oauth/v2/authorize"
        async with session.get(address, params=query, allow_redirects=False) as response:
            back = parse_qs(urlsplit(response.headers["Location"]).query)
    assert back["state"] == [state]
    return back["code"][0]


@OLD_WAYS
async def test_an_install_gives_a_token_with_what_was_agreed_to(slack: SlackStandIn) -> None:
    stranger = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    answer = await stranger.oauth_v2_access(
        client_id=slack.app.client_id, client_secret=slack.app.client_secret, code=await code_for(slack)
    )
    assert (answer["team"]["id"], answer["bot_user_id"], answer["scope"]) == ("T0SANDBOX", "U_BOT", "chat:write")
    installed = AsyncWebClient(token=answer["access_token"], base_url=slack.api_url, retry_handlers=[])
    await installed.chat_postMessage(channel="C_PAY", text="here")
    with pytest.raises(SlackApiError, match="missing_scope"):
        await installed.users_info(user="U_ADA")


@OLD_WAYS
@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param({"client_id": "other"}, "invalid_client_id", id="another app"),
        pytest.param({"client_secret": "other"}, "bad_client_secret", id="another secret"),
        pytest.param({"code": "guessed"}, "invalid_code", id="a guessed code"),
        pytest.param({"redirect_uri": "http://evil.test"}, "bad_redirect_uri", id="another way back"),
    ],
)
async def test_an_install_is_refused(slack: SlackStandIn, change: Any, error: str) -> None:
    stranger = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    given = {"client_id": slack.app.client_id, "client_secret": slack.app.client_secret, "code": await code_for(slack)}
    with pytest.raises(SlackApiError, match=error):
        await stranger.oauth_v2_access(**(given | change))


@OLD_WAYS
async def test_a_code_is_good_once(slack: SlackStandIn) -> None:
    stranger = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    given = {"client_id": slack.app.client_id, "client_secret": slack.app.client_secret, "code": await code_for(slack)}
    await stranger.oauth_v2_access(**given)
    with pytest.raises(SlackApiError, match="code_already_used"):
        await stranger.oauth_v2_access(**given)


async def test_removing_the_app_ends_its_tokens_and_is_told(
    slack: SlackStandIn, plain_app: PlainApp, client: AsyncWebClient
) -> None:
    await slack.uninstall()
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()
    assert [got.payload["event"]["type"] for got in plain_app.got] == ["tokens_revoked", "app_uninstalled"]


async def test_a_token_can_be_given_back(client: AsyncWebClient) -> None:
    assert (await client.auth_revoke())["revoked"] is True
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()


async def test_the_app_learns_who_it_is(slack: SlackStandIn, client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T0SANDBOX", "U_BOT", "B0SANDBOX")
    assert (await client.team_info())["team"]["domain"] == "sandbox"
    assert (await client.api_test(foo="bar"))["args"] == {"foo": "bar"}
    assert (await client.dnd_info(user="U_ADA"))["dnd_enabled"] is False


async def test_a_file_is_uploaded_in_three_calls(slack: SlackStandIn, client: AsyncWebClient) -> None:
    await client.files_upload_v2(content="a,b\n1,2\n", filename="table.csv", title="Table", channel="C_PAY")
    [message] = slack.messages("C_PAY")
    assert message.files[0]["name"] == "table.csv"
    [upload] = slack.workspace.uploads.values()
    assert upload.content == b"a,b\n1,2\n"


MANIFEST = {
    "display_information": {"name": "Helper"},
    "features": {"slash_commands": [{"command": "/do"}], "app_home": {"home_tab_enabled": False}},
    "oauth_config": {"scopes": {"bot": ["channels:history", "chat:write", "commands"]}},
    "settings": {"event_subscriptions": {"bot_events": ["message.channels"]}},
}


async def test_an_app_is_as_its_manifest_says(plain_app: PlainApp) -> None:
    async with SlackStandIn(plain_app.url, app=app_from(MANIFEST)) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        with pytest.raises(SlackApiError, match="not_enabled"):
            await client.views_publish(user_id="U_ADA", view={"type": "home", "blocks": []})
        with pytest.raises(SlackApiError, match="missing_scope"):
            await client.users_info(user="U_ADA")
        await slack.person("U_ADA").open_home()
        await slack.person("U_ADA").say("C_PAY", "hello")
    assert [got.payload["event"]["type"] for got in plain_app.got] == ["message"]


async def test_socket_mode_carries_everything(slack: SlackStandIn, plain_app: PlainApp) -> None:
    kinds: list[str] = []

    async def listen(client: Any, request: SocketModeRequest) -> None:
        kinds.append(request.type)
        answer = {"text": "over the socket"} if request.type == "slash_commands" else None
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer))

    web_client = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    client = SocketModeClient(slack.app_token, web_client=web_client)
    client.socket_mode_request_listeners.append(listen)
    await client.connect()  # type: ignore[no-untyped-call]
    await slack.until(lambda: slack.sockets.count)
    assert (await slack.person("U_ADA").command("/do")).text == "over the socket"
    await slack.person("U_ADA").global_shortcut("x")
    await slack.event("user_change", user={})
    assert kinds == ["slash_commands", "interactive", "events_api"]
    assert plain_app.got == [], "nothing goes to the address meanwhile"
    await slack.sockets.disconnect("refresh_requested")
    await slack.until(lambda: len(slack.calls("apps.connections.open")) == 2)
    await slack.until(lambda: slack.sockets.count)
    assert (await slack.person("U_ADA").command("/do")).text == "over the socket"
    assert slack.complaints == []
    await client.close()  # type: ignore[no-untyped-call]


async def test_a_socket_that_does_not_acknowledge_is_late(slack: SlackStandIn) -> None:
    slack.sender.patience = 0.05
    web_client = AsyncWebClient(token=slack.app_token, base_url=slack.api_url, retry_handlers=[])
    address = (await web_client.apps_connections_open(app_token=slack.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(address) as socket:
        assert (await socket.receive_json())["type"] == "hello"
        assert (await slack.person("U_ADA").command("/do")).trouble == "operation_timeout"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(address)
    assert [complaint.what for complaint in slack.complaints] == ["late"]
