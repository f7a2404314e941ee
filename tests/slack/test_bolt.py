"""What a handler did is what Slack is told; what no handler did is said politely (findings 8, 9, 11; B14, B15)."""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from structlog.testing import capture_logs

from bot.domain.ids import TenantId, UserId
from bot.slack import bolt, replies
from bot.slack.bolt import Dispatcher
from bot.slack.gate import Payload
from bot.slack.replies import Reply, TooSlow
from bot.slack.tenancy import Installation
from tests.slack.requests import a_command

ACME = Installation(TenantId("T1"), "xoxb-acme", UserId("UBOT"), "BBOT")
BUTTON = {
    "type": "block_actions",
    "team": {"id": "T1"},
    "user": {"id": "U1", "team_id": "T1"},
    "actions": [{"type": "button", "action_id": "done", "block_id": "b"}],
}
SUBMISSION = {
    "type": "view_submission",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "view": {"type": "modal", "callback_id": "step", "blocks": [{"type": "input", "block_id": "g_tagging"}]},
}
EVENT = {
    "type": "event_callback",
    "team_id": "T1",
    "authorizations": [{"team_id": "T1"}],
    "event": {"type": "app_home_opened", "user": "U1"},
}


class Away(Exception):
    pass


async def installations(enterprise_id: str | None, team_id: str | None) -> Installation | None:
    return ACME if (enterprise_id, team_id) == (None, "T1") else None


def an_app() -> AsyncApp:
    return bolt.build_app(bolt.authorize_by(installations), store_away=(Away,))


def only(app: AsyncApp) -> Callable[[Payload], AsyncApp]:
    """A house with one door."""
    return lambda _: app


def content(reply: Reply) -> Any:
    return json.loads(reply.body)


async def test_who_had_to_wait_too_long_for_a_turn_is_told_and_nothing_is_begun() -> None:
    app, times, has_begun, may_end = an_app(), list[str](), asyncio.Event(), asyncio.Event()

    async def handle(ack: AsyncAck) -> None:
        times.append("begun")
        has_begun.set()
        await may_end.wait()
        await ack()

    app.command("/finops-assess")(handle)
    dispatcher = Dispatcher(only(app), within=60, hands=1, begins_within=0.5)
    first, second = (asyncio.create_task(dispatcher.dispatch(a_command())) for _ in range(2))
    await has_begun.wait()
    await asyncio.sleep(0.6)  # what is tried: that it had to wait for longer than half a second
    may_end.set()

    assert (await first).body == ""
    assert await second == replies.to(a_command(), TooSlow())
    assert times == ["begun"]
    assert (await dispatcher.dispatch(a_command())).body == "", "the hand is free again"


async def test_a_command_reaches_its_handler_with_its_tenant() -> None:
    app, met = an_app(), []

    @app.command("/finops-assess")
    async def start(ack: AsyncAck, context: AsyncBoltContext) -> None:
        met.append((context["tenant"], context["installation"]))
        await ack("hello")

    assert await Dispatcher(only(app)).dispatch(a_command()) == Reply(
        200, "hello", {"Content-Type": "text/plain;charset=utf-8"}
    )
    assert met == [("T1", ACME)]


async def test_a_modal_gets_its_next_view() -> None:
    app = an_app()

    @app.view("step")
    async def submit(ack: AsyncAck) -> None:
        await ack(response_action="update", view={"type": "modal"})

    reply = await Dispatcher(only(app)).dispatch(SUBMISSION)
    assert reply.headers["Content-Type"].startswith("application/json")
    assert content(reply) == {"response_action": "update", "view": {"type": "modal"}}


@pytest.mark.parametrize("pause", [0, 0.05], ids=["at once", "later"])
@pytest.mark.parametrize("error", [RuntimeError("boom"), Away()], ids=["a mistake", "the store away"])
async def test_a_handler_that_fails_after_its_ack_has_still_acknowledged(pause: float, error: Exception) -> None:
    app = an_app()

    @app.view("step")
    async def submit(ack: AsyncAck) -> None:
        await ack(response_action="clear")
        await asyncio.sleep(pause)
        raise error

    reply = await Dispatcher(only(app)).dispatch(SUBMISSION)
    assert (reply.status, content(reply)) == (200, {"response_action": "clear"})


async def test_slack_is_answered_only_after_the_work_is_done() -> None:
    app, done = an_app(), []

    @app.event("app_home_opened")
    async def opened() -> None:
        await asyncio.sleep(0.02)
        done.append("stored")

    assert (await Dispatcher(only(app)).dispatch(EVENT)).status == 200
    assert done == ["stored"]


class Collided(Exception):
    pass


@pytest.mark.parametrize(
    ("collides", "is_untouched", "is_answered", "runs", "told"),
    [
        pytest.param(2, True, False, 3, "done", id="the third time it does not collide"),
        pytest.param(9, True, False, 3, replies.NOT_NOW, id="three times in all"),
        pytest.param(1, False, False, 1, replies.NOT_NOW, id="something came of it already"),
        pytest.param(1, True, True, 1, "seen", id="it was answered already"),
    ],
)
async def test_f05_what_collided_runs_again_while_nothing_has_come_of_it(
    collides: int, is_untouched: bool, is_answered: bool, runs: int, told: str
) -> None:
    def has_collided(error: Exception) -> bool:
        return isinstance(error, Collided)

    app, seen = bolt.build_app(bolt.authorize_by(installations), (Collided,), has_collided), []

    @app.command("/finops-assess")
    async def start(ack: AsyncAck) -> None:
        seen.append(1)
        if is_answered:
            await ack("seen")
        if len(seen) <= collides:
            raise Collided
        await ack("done")

    reply = await Dispatcher(only(app), lambda: is_untouched).dispatch(a_command())
    assert len(seen) == runs
    assert told in reply.body


@pytest.mark.parametrize(("is_answered", "told"), [(False, replies.TOO_SLOW), (True, "seen")])
async def test_f03_nobody_is_kept_waiting_and_what_was_answered_already_goes_on(is_answered: bool, told: str) -> None:
    app, ended, go_on = an_app(), list[str](), asyncio.Event()

    @app.command("/finops-assess")
    async def start(ack: AsyncAck) -> None:
        if is_answered:
            await ack("seen")
        try:
            await go_on.wait()
            ended.append("done")
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    dispatcher = Dispatcher(only(app), within=0.05)
    assert told in (await dispatcher.dispatch(a_command())).body
    go_on.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert ended == ["done" if is_answered else "cancelled"]


def failing_app(error: Exception) -> AsyncApp:
    app = an_app()

    async def fail() -> None:
        raise error

    app.command("/finops-assess")(fail)
    app.view("step")(fail)
    app.action("done")(fail)
    app.event("app_home_opened")(fail)
    return app


@pytest.mark.parametrize(
    ("payload", "status"),
    [
        pytest.param(a_command(), 200, id="a person is told"),
        pytest.param(SUBMISSION, 200, id="a person is told in the modal"),
        pytest.param(BUTTON, 503, id="Slack marks the button"),
        pytest.param(EVENT, 503, id="Slack sends the event again"),
    ],
)
async def test_while_the_store_is_away(payload: dict[str, Any], status: int) -> None:
    reply = await Dispatcher(only(failing_app(Away()))).dispatch(payload)
    assert reply.status == status
    if status == 200:
        assert replies.NOT_NOW in json.dumps(content(reply))


async def test_finding_9_a_lookup_that_fails_is_not_an_uninstallation() -> None:
    async def away(enterprise_id: str | None, team_id: str | None) -> Installation | None:
        raise Away

    app = bolt.build_app(bolt.authorize_by(away), store_away=(Away,))
    assert (await Dispatcher(only(app)).dispatch(EVENT)).status == 503


@pytest.mark.parametrize(
    "payload", [a_command(), SUBMISSION, BUTTON, EVENT], ids=["command", "modal", "button", "event"]
)
async def test_i03_a_mistake_shows_a_reference_and_no_detail(payload: dict[str, Any]) -> None:
    reply = await Dispatcher(only(failing_app(RuntimeError("canary")))).dispatch(payload)
    assert reply.status == 200
    assert "canary" not in reply.body
    assert "Reference" in reply.body or payload["type"] in ("block_actions", "event_callback")


async def test_a_failed_modal_stays_open_with_what_was_typed() -> None:
    reply = await Dispatcher(only(failing_app(RuntimeError()))).dispatch(SUBMISSION)
    assert content(reply)["response_action"] == "errors"
    assert list(content(reply)["errors"]) == ["g_tagging"]


async def test_a_failed_modal_without_fields_does_not_look_like_success() -> None:
    submission = SUBMISSION | {"view": {"type": "modal", "callback_id": "step", "blocks": []}}
    reply = await Dispatcher(only(failing_app(RuntimeError()))).dispatch(submission)
    assert content(reply)["response_action"] == "update"


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(a_command(command="/unheard-of"), id="command"),
        pytest.param(SUBMISSION | {"view": {"type": "modal", "callback_id": "x"}}, id="callback_id"),
        pytest.param(BUTTON | {"actions": [{"type": "button", "action_id": "x", "block_id": "b"}]}, id="action_id"),
        pytest.param({"type": "unheard_of", "team": {"id": "T1"}}, id="type"),
        pytest.param(EVENT | {"event": {"type": "unheard_of"}}, id="event"),
    ],
)
async def test_b14_what_nobody_knows_is_answered_politely(payload: dict[str, Any]) -> None:
    reply = await Dispatcher(only(an_app())).dispatch(payload)
    assert reply.status == 200
    assert reply.body == "" or replies.NOT_KNOWN in json.dumps(content(reply))


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(a_command(team_id="T2"), id="command"),
        pytest.param(SUBMISSION | {"team": {"id": "T2"}}, id="modal"),
        pytest.param(BUTTON | {"team": {"id": "T2"}, "response_url": "http://127.0.0.1:9/"}, id="button"),
        pytest.param(EVENT | {"authorizations": [{"team_id": "T2"}]}, id="event"),
        pytest.param(a_command(team_id="T1", enterprise_id="E1", is_enterprise_install="true"), id="org"),
    ],
)
async def test_for_an_unknown_tenant_no_handler_runs(payload: dict[str, Any]) -> None:
    reply = await Dispatcher(only(failing_app(AssertionError("a handler ran")))).dispatch(payload)
    assert reply.status == 200
    assert reply.body == "" or replies.NOT_INSTALLED in reply.body


async def test_a_farewell_is_heard_without_an_installation() -> None:
    app, met = an_app(), []

    @app.event("app_uninstalled")
    async def gone(context: AsyncBoltContext) -> None:
        met.append(context["tenant"])

    farewell = EVENT | {"authorizations": [{"team_id": "T2"}], "event": {"type": "app_uninstalled"}}
    assert (await Dispatcher(only(app)).dispatch(farewell)).status == 200
    assert met == ["T2"]


async def test_our_own_messages_are_not_heard() -> None:
    own = EVENT | {"event": {"type": "app_home_opened", "user": "UBOT"}}
    assert (await Dispatcher(only(failing_app(AssertionError("heard")))).dispatch(own)).status == 200


async def test_b07_a_signed_certificate_check_runs_no_handler() -> None:
    check = a_command(ssl_check="1")
    assert await Dispatcher(only(failing_app(AssertionError("ran")))).dispatch(check) == Reply(
        200, "", {"Content-Type": "text/plain;charset=utf-8"}
    )


async def test_the_address_is_verified() -> None:
    reply = await Dispatcher(only(an_app())).dispatch({"type": "url_verification", "challenge": "c"})
    assert content(reply) == {"challenge": "c"}


async def test_the_environment_does_not_change_how_we_authorize(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"BOT_TOKEN": "xoxb-env", "CLIENT_ID": "1", "CLIENT_SECRET": "s", "SIGNING_SECRET": "s"}.items():
        monkeypatch.setenv(f"SLACK_{name}", value)
    app, met = an_app(), []

    @app.command("/finops-assess")
    async def start(ack: AsyncAck, context: AsyncBoltContext) -> None:
        met.append(context.bot_token)
        await ack()

    await Dispatcher(only(app)).dispatch(a_command())
    assert met == ["xoxb-acme"]


async def test_finding_11_no_log_repeats_a_payload(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("slack_bolt").setLevel(logging.DEBUG)
    own = EVENT | {"event": {"type": "message", "user": "UBOT", "text": "canary"}}
    payloads = (a_command(text="canary", command="/x"), a_command(text="canary"), EVENT | {"token": "canary"}, own)
    with capture_logs() as ours:
        for app in (an_app(), failing_app(RuntimeError("failed"))):
            for payload in payloads:
                await Dispatcher(only(app)).dispatch(payload)
    assert [line["event"] for line in ours].count("handler failed") == 2
    assert "canary" not in caplog.text + str(ours)


NAMES = ("type", "team", "team_id", "user", "event", "view", "actions", "channel", "authorizations", "response_urls")
NAMES_INSIDE = ("type", "id", "callback_id", "state", "values", "blocks", "action_id", "bot_id", "user", "message")
words = st.sampled_from(
    ["T1", "step", "done", "event_callback", "view_submission", "block_actions", "message", "modal"]
)
leaves = st.none() | st.booleans() | st.integers() | words
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(NAMES_INSIDE), inner, max_size=4),
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from((*NAMES, "command", "message", "response_url", "ssl_check", "inputs")), values))
async def test_b15_no_shape_of_payload_is_a_server_error(payload: dict[str, Any]) -> None:
    reply = await Dispatcher(only(failing_app(RuntimeError("inside")))).dispatch(payload | {"team_id": "T1"})
    assert 200 <= reply.status < 500
