"""A small app on the official framework, unchanged: the stand-in is good enough for it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import SlackStandIn
from tests.sandbox.shapes import actions, asks, button, field, modal, options, plain


def build(slack: SlackStandIn) -> AsyncApp:
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(signing_secret=slack.app.signing_secret, client=client)

    @app.command("/survey")
    async def survey(ack: Any, client: AsyncWebClient, command: dict[str, str]) -> None:
        first = modal(asks(field("radio_buttons", "mood", options=options("good", "bad"))), private_metadata="C_PAY")
        await client.views_open(trigger_id=command["trigger_id"], view=first)
        await ack("One question.")

    @app.view("form")
    async def answered(ack: Any, view: dict[str, Any], client: AsyncWebClient) -> None:
        mood = view["state"]["values"]["mood"]["in"]["selected_option"]["value"]
        if mood == "bad":
            await ack(response_action="errors", errors={"mood": "Oh no."})
            return
        thanks = [actions(button("again", "Again"))]
        await client.chat_postMessage(channel=view["private_metadata"], text="Somebody is well.", blocks=thanks)
        await ack()

    @app.action("again")
    async def again(ack: Any, respond: Any, client: AsyncWebClient, body: dict[str, Any]) -> None:
        await ack()
        await respond("Once more, then.", replace_original=False)
        await client.views_open(trigger_id=body["trigger_id"], view=modal(title=plain("Again")))

    @app.event("app_home_opened")
    async def opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [actions(button())]})

    return app


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn() as stand_in:
        app = build(stand_in)

        async def handle(request: web.Request) -> web.Response:
            return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

        server = web.Application()
        server.router.add_post("/slack/events", handle)
        runner = web.AppRunner(server, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        stand_in.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        yield stand_in
        await runner.cleanup()


async def test_a_survey_from_the_command_to_the_button(slack: SlackStandIn) -> None:
    ada = slack.person("U_ADA")
    reply = await ada.command("/survey")
    assert reply.text == "One question."
    assert reply.view is not None
    assert (await ada.submit(reply.view, {"mood": "bad"})).errors == {"mood": "Oh no."}
    assert (await ada.submit(reply.view, {"mood": "The good"})).view is None
    [message] = slack.messages("C_PAY")
    await ada.press(message, text="Again")
    again = await slack.until(lambda: slack.screen("U_ADA"))
    assert again is not None
    assert again.title == "Again"
    assert [kept.text for kept in slack.ephemerals("U_ADA")] == ["One question.", "Once more, then."]
    await slack.person("U_BEN").open_home()
    await slack.until(lambda: slack.home("U_BEN"))
    assert slack.complaints == []
