"""What the app is sent is signed, must be answered in three seconds, and is tried again where the platform does so."""

import pytest
from slack_sdk.signature import SignatureVerifier

from sandbox import App, Clock, SlackStandIn
from tests.sandbox.conftest import SECRET, PlainApp
from tests.sandbox.shapes import modal


class At:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now()


@pytest.mark.parametrize(
    ("secret", "later", "valid"),
    [
        pytest.param(SECRET, 0, True, id="as sent"),
        pytest.param("another secret", 0, False, id="with another secret"),
        pytest.param(SECRET, 301, False, id="read five minutes later"),
    ],
)
async def test_everything_is_signed(
    slack: SlackStandIn, plain_app: PlainApp, clock: Clock, secret: str, later: float, valid: bool
) -> None:
    await slack.person("U_ADA").command("/do", "ünïcode")
    await slack.person("U_ADA").global_shortcut("x")
    await slack.event("user_change", user={})
    clock.advance(later)
    verifier = SignatureVerifier(secret, At(clock))  # type: ignore[arg-type]
    checked = [verifier.is_valid_request(got.body, got.headers) for got in plain_app.got]
    assert checked == [valid] * 3


async def test_the_same_bytes_can_be_sent_again(slack: SlackStandIn, plain_app: PlainApp, clock: Clock) -> None:
    await slack.person("U_ADA").command("/do")
    await slack.person("U_ADA").command("/other")
    clock.advance(10)
    await slack.resend(0)
    first, _, again = plain_app.got
    assert first.body == again.body
    assert first.headers["x-slack-signature"] == again.headers["x-slack-signature"]
    assert len(slack.sent) == 3


async def test_anything_can_be_signed_and_sent(slack: SlackStandIn, plain_app: PlainApp) -> None:
    plain_app.will_answer(status=400)
    sent = await slack.sender.post("command", {}, b"\xff\x00", slack.sender.signed(b"\xff\x00"))
    assert (sent.status, plain_app.got[0].body) == (400, b"\xff\x00")
    assert slack.complaints == [], "an attack is no fault of the app's"


async def test_a_late_acknowledgement_is_told_to_the_person_and_held_against_the_app(
    slack: SlackStandIn, plain_app: PlainApp
) -> None:
    slack.sender.patience = 0.05
    plain_app.delay = 1
    reply = await slack.person("U_ADA").command("/do")
    view = slack.screens.open(slack.screens.trigger("U_ADA"), modal())
    submission = await slack.person("U_ADA").submit(view)
    assert (reply.trouble, submission.trouble) == ("operation_timeout", "operation_timeout")
    assert submission.view == view, "the modal stays on the screen"
    assert [complaint.what for complaint in slack.complaints] == ["late", "late"]


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_any_other_answer_is_held_against_the_app(slack: SlackStandIn, plain_app: PlainApp, status: int) -> None:
    plain_app.will_answer(status=status)
    assert (await slack.person("U_ADA").command("/do")).trouble == "dispatch_failed"
    assert [complaint.what for complaint in slack.complaints] == ["answered badly"]


async def test_an_app_that_is_down_is_unreachable(slack: SlackStandIn) -> None:
    slack.request_url = "http://127.0.0.1:9/"
    assert (await slack.person("U_ADA").command("/do")).trouble == "dispatch_failed"
    assert [complaint.what for complaint in slack.complaints] == ["unreachable"]


@pytest.mark.parametrize(
    ("answers", "header", "attempts"),
    [
        pytest.param([200], {}, [None], id="heard"),
        pytest.param([500, 200], {}, [None, "1"], id="heard the second time"),
        pytest.param([500] * 5, {}, [None, "1", "2", "3"], id="never heard: three times more"),
        pytest.param([500, 200], {"x_slack_no_retry": "1"}, [None], id="the app wants no more"),
    ],
)
async def test_an_event_is_tried_again(
    slack: SlackStandIn, plain_app: PlainApp, answers: list[int], header: dict[str, str], attempts: list[str | None]
) -> None:
    for status in answers:
        plain_app.will_answer(status=status, **header)
    await slack.event("user_change", user={})
    await slack.sender.settled()
    assert [got.headers.get("x-slack-retry-num") for got in plain_app.got] == attempts
    assert {got.headers.get("x-slack-retry-reason") for got in plain_app.got[1:]} <= {"http_error"}
    assert len({got.payload["event_id"] for got in plain_app.got}) == 1, "it is the same event"


async def test_an_event_has_the_platforms_envelope(slack: SlackStandIn, plain_app: PlainApp, clock: Clock) -> None:
    await slack.event("member_joined_channel", channel="C_EXT", user="U_XAV")
    payload = plain_app.got[0].payload
    assert payload["type"] == "event_callback"
    assert payload["event"].items() >= {"type": "member_joined_channel", "channel": "C_EXT", "user": "U_XAV"}.items()
    assert payload["is_ext_shared_channel"] is True
    assert payload["authorizations"][0]["user_id"] == "U_BOT"
    assert (payload["team_id"], payload["api_app_id"]) == ("T0SANDBOX", slack.app.id)
    assert (payload["event_time"], payload["event_id"][:2]) == (int(clock.now()), "Ev")


async def test_what_happens_to_people_and_channels_is_told(slack: SlackStandIn, plain_app: PlainApp) -> None:
    await slack.lifecycle.change_user("U_BEN", tz="Asia/Tokyo")
    await slack.lifecycle.rename("C_PAY", "payments-2")
    await slack.lifecycle.archive("C_PAY", "U_ADA")
    await slack.lifecycle.join("C_OUT", "U_BOT")
    await slack.lifecycle.leave("C_OUT", "U_BEN")
    await slack.lifecycle.leave("C_OUT", "U_BOT")
    await slack.lifecycle.remove("C_WEB")
    heard = [got.payload["event"]["type"] for got in plain_app.got]
    assert heard == [
        "user_change", "channel_rename", "channel_archive", "member_joined_channel", "member_left_channel",
        "channel_left", "channel_deleted",
    ]  # fmt: skip
    assert plain_app.got[0].payload["event"]["user"]["tz"] == "Asia/Tokyo"
    assert slack.workspace.channels["C_PAY"].archived
    assert "C_WEB" not in slack.workspace.channels


async def test_an_app_hears_only_what_it_asked_for(plain_app: PlainApp) -> None:
    async with SlackStandIn(plain_app.url, app=App(events=frozenset({"channel_rename"}))) as slack:
        await slack.lifecycle.archive("C_PAY", "U_ADA")
        await slack.person("U_ADA").open_home()
        await slack.lifecycle.rename("C_PAY", "new")
    assert [got.payload["event"]["type"] for got in plain_app.got] == ["channel_rename"]
