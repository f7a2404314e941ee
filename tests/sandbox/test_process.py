"""The stand-in as a process: driven through its control door, it does the same as in process."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Impossible
from sandbox.client import SandboxClient
from sandbox.values import Json
from tests.sandbox.conftest import SECRET, PlainApp
from tests.sandbox.shapes import actions, asks, button, field, modal

pytestmark = pytest.mark.process
WORKSPACE = """
team: {id: T1, name: Elsewhere}
users:
  - {id: U_ONE, name: one, tz: Asia/Tokyo, role: admin}
channels:
  - {id: C_ONE, name: only, members: [U_ONE, U_BOT]}
"""


async def started(*words: str) -> tuple[asyncio.subprocess.Process, Json]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", *words, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert process.stdout is not None
    told: Json = json.loads(await asyncio.wait_for(process.stdout.readline(), 20))
    return process, told


@pytest.fixture
async def told(plain_app: PlainApp) -> AsyncIterator[Json]:
    process, addresses = await started("--events", plain_app.url, "--signing-secret", SECRET)
    yield addresses
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 10) == 0


@pytest.fixture
async def outside(told: Json) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(told["origin"]) as client:
        yield client


@pytest.fixture
def app(told: Json) -> AsyncWebClient:
    return AsyncWebClient(token=told["bot_token"], base_url=told["api_url"], retry_handlers=[])


async def test_a_person_is_led_from_outside(outside: SandboxClient, app: AsyncWebClient, plain_app: PlainApp) -> None:
    plain_app.will_answer("Here you are.")
    reply = await outside.command("U_ADA", "/do", "it")
    assert (reply["text"], reply["status"]) == ("Here you are.", 200)
    await app.views_open(trigger_id=plain_app.got[0].fields["trigger_id"], view=modal(asks(field()), actions(button())))
    view = (await outside.person("U_ADA"))["screen"]
    await outside.press("U_ADA", view, text="Go")
    with pytest.raises(Impossible, match="required fields"):
        await outside.submit("U_ADA", view)
    plain_app.will_answer({"response_action": "errors", "errors": {"name": "No."}})
    assert (await outside.submit("U_ADA", view, {"name": "x"}))["errors"] == {"name": "No."}
    assert (await outside.submit("U_ADA", view, {"name": "y"}))["view"] is None
    assert [ephemeral["text"] for ephemeral in (await outside.person("U_ADA"))["ephemerals"]] == ["Here you are."]
    assert (await outside.person("U_BEN"))["ephemerals"] == []
    assert await outside.complaints() == []


async def test_messages_are_waited_for_and_pressed(
    outside: SandboxClient, app: AsyncWebClient, plain_app: PlainApp
) -> None:
    async def shown() -> list[Json]:
        return await outside.messages("C_PAY")

    waiting = asyncio.create_task(outside.until(shown))
    await app.chat_postMessage(channel="C_PAY", text="Press", blocks=[actions(button(value="7"))])
    [message] = await waiting
    await outside.press("U_ADA", message, action_id="go")
    assert plain_app.got[0].payload["actions"][0]["value"] == "7"
    said = await outside.act("U_BEN", "say", channel="C_PAY", text="a reply", thread=message["ts"])
    assert [kept["ts"] for kept in await outside.messages("C_PAY", message["ts"])] == [message["ts"], said["ts"]]
    assert [called["outcome"] for called in await outside.journal("chat.postMessage")] == ["ok"]


async def test_faults_and_time_are_switched_from_outside(
    outside: SandboxClient, app: AsyncWebClient, plain_app: PlainApp
) -> None:
    await outside.fault("error", method="chat.*", error="token_revoked")
    with pytest.raises(SlackApiError, match="token_revoked"):
        await app.chat_postMessage(channel="C_PAY", text="x")
    await outside.lift_faults()
    before = (await outside.settings())["now"]
    assert (await outside.settings(advance=86_400, burst=0))["now"] >= before + 86_400
    answer = await app.chat_postMessage(channel="C_PAY", text="x")
    assert float(answer["ts"]) >= before + 86_400
    await outside.lifecycle("change_user", user_id="U_BEN", tz="Asia/Tokyo")
    await outside.event("user_change", user={})
    await outside.resend()
    assert [got.payload["event"]["type"] for got in plain_app.got] == ["user_change"] * 3
    users = {user["id"]: user for user in (await outside.workspace())["users"]}
    assert users["U_BEN"]["tz"] == "Asia/Tokyo"


async def test_another_workspace_and_another_app(tmp_path: Path, plain_app: PlainApp) -> None:
    workspace, manifest = tmp_path / "workspace.yaml", tmp_path / "manifest.yml"
    workspace.write_text(WORKSPACE)
    manifest.write_text("display_information: {name: Helper}\nfeatures: {slash_commands: [{command: /help}]}\n")
    process, told = await started("--workspace", str(workspace), "--manifest", str(manifest), "--events", plain_app.url)
    async with SandboxClient(told["origin"]) as outside:
        whole = await outside.workspace()
        assert (whole["team"]["id"], whole["app"]["commands"]) == ("T1", [{"command": "/help"}])
        assert (await outside.command("U_ONE", "/help", channel="C_ONE"))["status"] == 200
    assert plain_app.got[0].fields["team_id"] == "T1"
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 10) == 0
