"""What can be made to go wrong: what the app sees, and whether the message stands there all the same."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Fault, SlackStandIn, Trouble
from sandbox.faults import Faults

POST = "chat.postMessage"


@pytest.mark.parametrize(
    ("fault", "status", "body", "visible"),
    [
        pytest.param(Fault(Trouble.LIMITED, POST), 429, b'{"ok":false,"error":"ratelimited"}', 0, id="limited"),
        pytest.param(Fault(Trouble.UNAVAILABLE, POST, status=500), 500, b"<!DOCTYPE html>", 0, id="500 as a page"),
        pytest.param(Fault(Trouble.UNAVAILABLE, POST, performs=True), 503, b"<!DOCTYPE", 1, id="503 after the deed"),
        pytest.param(Fault(Trouble.ERROR, POST), 200, b'{"ok": false, "error": "fatal_error"}', 0, id="fatal before"),
        pytest.param(Fault(Trouble.ERROR, POST, performs=True), 200, b'{"ok": false', 1, id="fatal after the deed"),
        pytest.param(Fault(Trouble.ERROR, "*", error="token_revoked"), 200, b'{"ok": false', 0, id="revoked"),
        pytest.param(Fault(Trouble.TRUNCATED, POST), 200, b'{"ok": true, "channel"', 1, id="half of the answer"),
        pytest.param(Fault(Trouble.EMPTY, "chat.*"), 200, b"", 1, id="nothing at all"),
        pytest.param(Fault(Trouble.SLOW, POST, seconds=0.05), 200, b'{"ok": true', 1, id="slow"),
        pytest.param(Fault(Trouble.ERROR, "conversations.*"), 200, b'{"ok": true', 1, id="another method"),
    ],
)
async def test_a_call_goes_wrong(slack: SlackStandIn, fault: Fault, status: int, body: bytes, visible: int) -> None:
    slack.faults.add(fault)
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    message = {"channel": "C_PAY", "text": "x"}
    async with aiohttp.request("POST", slack.api_url + POST, headers=headers, json=message) as response:
        assert response.status == status
        assert (await response.read()).startswith(body)
    assert len(slack.messages("C_PAY")) == visible


@pytest.mark.parametrize("reset", [True, False])
@pytest.mark.parametrize("performs", [True, False])
async def test_a_connection_is_cut_instead_of_an_answer(
    slack: SlackStandIn, client: AsyncWebClient, performs: bool, reset: bool
) -> None:
    slack.faults.add(Fault(Trouble.DROPPED, POST, performs=performs, reset=reset, count=1))
    with pytest.raises(aiohttp.ClientOSError if reset else aiohttp.ServerDisconnectedError):
        await client.chat_postMessage(channel="C_PAY", text="x")
    assert len(slack.messages("C_PAY")) == performs
    assert len(slack.calls(POST)) == 1
    await client.chat_postMessage(channel="C_PAY", text="the next one arrives")


async def test_an_answer_can_be_held_back(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.faults.add(Fault(Trouble.HELD, POST, seconds=0.3))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.chat_postMessage(channel="C_PAY", text="x"), 0.1)
    assert len(slack.messages("C_PAY")) == 1


@pytest.mark.parametrize(
    "pause", [pytest.param(pause, id=f"Retry-After: {pause}") for pause in ("1", "86400", "abc", "-1", None)]
)
async def test_the_pause_is_told_as_set(slack: SlackStandIn, client: AsyncWebClient, pause: str | None) -> None:
    slack.faults.add(Fault(Trouble.LIMITED, POST, retry_after=pause))
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C_PAY", text="x")
    assert caught.value.response.headers.get("Retry-After") == pause


async def test_an_unreadable_history_is_refused(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.faults.add(Fault(Trouble.ERROR, "conversations.*", error="missing_scope"))
    with pytest.raises(SlackApiError, match="missing_scope"):
        await client.conversations_history(channel="C_PAY")
    slack.faults.lift()
    assert (await client.conversations_history(channel="C_PAY"))["ok"]


def test_a_counted_fault_is_used_up() -> None:
    faults = Faults()
    faults.add(Fault(Trouble.EMPTY, POST, count=2))
    faults.add(Fault(Trouble.SLOW, POST, count=1))
    struck = [faults.next(POST) for _ in range(4)]
    assert [fault.trouble if fault else None for fault in struck] == ["empty", "empty", "slow", None]


def test_a_probable_fault_is_the_same_for_the_same_seed() -> None:
    runs = []
    for _ in range(2):
        faults = Faults(seed=7)
        faults.add(Fault(Trouble.EMPTY, probability=0.3))
        runs.append([faults.next(POST) is not None for _ in range(200)])
    assert runs[0] == runs[1]
    assert 30 < sum(runs[0]) < 90


async def test_everything_is_written_down(slack: SlackStandIn, client: AsyncWebClient) -> None:
    slack.faults.add(Fault(Trouble.TRUNCATED, POST, count=1))
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C_PAY", text="one")
    await client.chat_postMessage(channel="C_PAY", text="two")
    kept = [(called.outcome, called.performed, called.args["text"], called.token) for called in slack.journal]
    assert kept == [("truncated:ok", True, "one", slack.bot_token), ("ok", True, "two", slack.bot_token)]
