"""Files: what an upload goes through until a block may show it, and what can go wrong with it."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Fault, SlackStandIn, Trouble
from sandbox.values import Token
from tests.sandbox.shapes import home, modal, section

PNG = b"\x89PNG and so on"


async def uploaded(client: AsyncWebClient, name: str = "chart.png", upto: int = 4) -> str:
    """A file of the app's own, through so many of the steps: address, bytes, completed, looked through."""
    told = await client.files_getUploadURLExternal(filename=name, length=len(PNG), alt_txt="A chart")
    if upto > 1:
        async with aiohttp.request("POST", told["upload_url"], data=PNG) as response:
            assert (response.status, await response.text()) == (200, f"OK - {len(PNG)}")
    if upto > 2:
        await client.files_completeUploadExternal(files=[{"id": told["file_id"], "title": "Chart"}])
    if upto > 3:
        assert (await client.files_info(file=told["file_id"]))["file"]["mimetype"]
    return str(told["file_id"])


def image(file_id: str) -> dict[str, Any]:
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": "A chart"}


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return json.dumps(caught.value.response.data)


async def test_a_picture_of_the_apps_own_is_shown_where_nobody_else_could_open_it(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    file_id = await uploaded(client)
    await client.chat_postMessage(channel="C_PAY", text="See", blocks=[section(), image(file_id)])
    await client.chat_postEphemeral(channel="C_PAY", user="U_ADA", text="See", blocks=[image(file_id)])
    await client.views_publish(user_id="U_ADA", view=home(image(file_id)))

    assert slack.messages("C_PAY")[0].blocks[1]["slack_file"] == {"id": file_id}
    assert slack.complaints == []
    assert slack.workspace.uploads[file_id].content == PNG


@pytest.mark.parametrize("upto", [1, 2, 3], ids=["no bytes", "not completed", "not looked through"])
async def test_a_picture_that_is_not_ready_is_refused(slack: SlackStandIn, client: AsyncWebClient, upto: int) -> None:
    shown = image(await uploaded(client, upto=upto))

    in_message = await refusal(client.chat_postMessage(channel="C_PAY", text="See", blocks=[section(), shown]))
    assert "invalid_blocks" in in_message
    assert "invalid slack file [json-pointer:/blocks/1/slack_file]" in in_message
    in_home = await refusal(client.views_publish(user_id="U_ADA", view=home(shown)))
    assert "invalid slack file [json-pointer:/view/blocks/0/slack_file]" in in_home
    trigger = slack.screens.trigger("U_ADA")
    assert "invalid slack file" in await refusal(client.views_open(trigger_id=trigger, view=modal(shown)))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param({"id": "F99999999"}, "invalid slack file", id="no such file"),
        pytest.param({"id": "D99999999"}, "expected format", id="no id of a file"),
        pytest.param({}, "exactly one of id and url", id="nothing"),
        pytest.param({"id": "F99999999", "url": "http://x"}, "exactly one of id and url", id="both"),
    ],
)
async def test_a_picture_has_to_be_named(client: AsyncWebClient, given: dict[str, str], said: str) -> None:
    block = {"type": "image", "slack_file": given, "alt_text": "A chart"}
    assert said in await refusal(client.chat_postMessage(channel="C_PAY", text="See", blocks=[block]))


async def test_only_pictures_are_shown_as_such(client: AsyncWebClient) -> None:
    block = image(await uploaded(client, "table.csv"))
    assert "invalid slack file" in await refusal(client.chat_postMessage(channel="C_PAY", text="See", blocks=[block]))


async def test_what_kind_a_file_is_may_be_told_late(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.faults.add(Fault(Trouble.LAG, "files.info", seconds=1, count=2))
    file_id = await uploaded(client, upto=3)

    kinds = [(await client.files_info(file=file_id))["file"]["mimetype"] for _ in range(3)]
    assert kinds == ["", "", "image/png"]


@pytest.mark.parametrize(("scope", "error"), [("files:write", "file_not_found"), ("files:read", "missing_scope")])
async def test_files_need_their_rights(slack: SlackStandIn, scope: str, error: str) -> None:
    slack.workspace.add(Token("xoxb-less", frozenset({"files:read", "files:write"} - {scope})))
    client = AsyncWebClient(token="xoxb-less", base_url=slack.api_url, retry_handlers=[])
    assert error in await refusal(client.files_info(file="F99999999"))
    if scope == "files:write":
        assert "missing_scope" in await refusal(client.files_getUploadURLExternal(filename="x.png", length=1))


async def test_an_alternative_text_has_its_limit(client: AsyncWebClient) -> None:
    long = client.files_getUploadURLExternal(filename="x.png", length=1, alt_txt="x" * 1001)
    assert "alt_txt_too_large" in await refusal(long)


@pytest.mark.parametrize(
    ("fault", "status", "arrives"),
    [
        pytest.param(Fault(Trouble.UNAVAILABLE, "upload"), 503, False, id="refused"),
        pytest.param(Fault(Trouble.UNAVAILABLE, "upload", performs=True), 503, True, id="lost answer"),
        pytest.param(Fault(Trouble.LIMITED, "upload"), 429, False, id="too many"),
        pytest.param(Fault(Trouble.ERROR, "files.*"), 200, True, id="another method"),
    ],
)
async def test_an_upload_goes_wrong(
    slack: SlackStandIn, client: AsyncWebClient, fault: Fault, status: int, arrives: bool
) -> None:
    told = await client.files_getUploadURLExternal(filename="chart.png", length=len(PNG))
    slack.faults.add(fault)
    async with aiohttp.request("POST", told["upload_url"], data=PNG) as response:
        assert response.status == status
    assert (slack.workspace.uploads[told["file_id"]].content == PNG) is arrives
