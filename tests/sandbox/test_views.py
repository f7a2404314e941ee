"""Opening, changing and stacking views: triggers, hashes, the stack of three, and what survives an update."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Clock, SlackStandIn
from sandbox.views import View
from tests.sandbox.shapes import asks, field, home, modal, options, plain, section


def shown(slack: SlackStandIn, user: str = "U_ADA") -> View:
    view = slack.screen(user)
    assert view is not None
    return view


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def opened(slack: SlackStandIn, client: AsyncWebClient, view: dict[str, Any]) -> View:
    await client.views_open(trigger_id=slack.screens.trigger("U_ADA"), view=view)
    return shown(slack)


@pytest.mark.parametrize(
    ("wait", "error"),
    [pytest.param(2.9, None, id="in time"), pytest.param(3.1, "expired_trigger_id", id="after three seconds")],
)
async def test_a_trigger_lasts_three_seconds(
    slack: SlackStandIn, client: AsyncWebClient, clock: Clock, wait: float, error: str | None
) -> None:
    trigger = slack.screens.trigger("U_ADA")
    clock.advance(wait)
    call = client.views_open(trigger_id=trigger, view=modal())
    if error:
        assert await refused(call) == error
    else:
        assert (await call)["view"]["id"] == shown(slack).id


async def test_a_trigger_opens_once(slack: SlackStandIn, client: AsyncWebClient) -> None:
    trigger = slack.screens.trigger("U_ADA")
    await client.views_open(trigger_id=trigger, view=modal())
    assert await refused(client.views_open(trigger_id=trigger, view=modal())) == "exchanged_trigger_id"
    assert await refused(client.views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"


async def test_a_refused_view_leaves_the_trigger_good(slack: SlackStandIn, client: AsyncWebClient) -> None:
    trigger = slack.screens.trigger("U_ADA")
    assert (
        await refused(client.views_open(trigger_id=trigger, view=modal(title=plain("x" * 25)))) == "invalid_arguments"
    )
    assert slack.screen("U_ADA") is None
    await client.views_open(trigger_id=trigger, view=modal())
    assert [complaint.what for complaint in slack.complaints] == ["invalid_arguments"]


async def test_three_views_are_stacked_and_no_more(slack: SlackStandIn, client: AsyncWebClient) -> None:
    first = await opened(slack, client, modal())
    for _ in range(2):
        await client.views_push(trigger_id=slack.screens.trigger("U_ADA", shown(slack).id), view=modal())
    trigger = slack.screens.trigger("U_ADA", shown(slack).id)
    assert await refused(client.views_push(trigger_id=trigger, view=modal())) == "push_limit_reached"
    assert [view.root for view in slack.screens.stack("U_ADA")] == [first.id] * 3
    assert shown(slack).below == slack.screens.stack("U_ADA")[1].id


async def test_a_push_needs_a_modal_beneath(slack: SlackStandIn, client: AsyncWebClient) -> None:
    assert (
        await refused(client.views_push(trigger_id=slack.screens.trigger("U_ADA"), view=modal()))
        == "invalid_trigger_id"
    )


async def test_a_stale_hash_is_a_conflict(slack: SlackStandIn, client: AsyncWebClient) -> None:
    view = await opened(slack, client, modal())
    await client.views_update(view_id=view.id, hash=view.hash, view=modal(title=plain("Second")))
    assert await refused(client.views_update(view_id=view.id, hash=view.hash, view=modal())) == "hash_conflict"
    assert shown(slack).title == "Second"


async def test_a_view_is_found_by_its_external_id(slack: SlackStandIn, client: AsyncWebClient) -> None:
    await opened(slack, client, modal(external_id="mine"))
    await client.views_update(external_id="mine", view=modal(title=plain("Found"), external_id="mine"))
    assert shown(slack).title == "Found"
    assert await refused(client.views_update(external_id="other", view=modal())) == "not_found"
    call = client.views_open(trigger_id=slack.screens.trigger("U_BEN"), view=modal(external_id="mine"))
    assert await refused(call) == "duplicate_external_id"


async def test_a_closed_view_cannot_be_updated(slack: SlackStandIn, client: AsyncWebClient) -> None:
    view = await opened(slack, client, modal())
    await slack.person("U_ADA").close(view)
    assert await refused(client.views_update(view_id=view.id, view=modal())) == "not_found"


async def test_a_view_is_at_most_250_kilobytes(slack: SlackStandIn, client: AsyncWebClient) -> None:
    large = modal(*[section("x" * 2600) for _ in range(100)])
    assert await refused(client.views_open(trigger_id=slack.screens.trigger("U_ADA"), view=large)) == "view_too_large"


@pytest.mark.parametrize(
    ("block_id", "action_id", "kind", "expected"),
    [
        pytest.param("name", "in", "plain_text_input", "typed", id="both ids stay: what was typed wins"),
        pytest.param("other", "in", "plain_text_input", "fresh", id="another block"),
        pytest.param("name", "other", "plain_text_input", "fresh", id="another action"),
        pytest.param("name", "in", "email_text_input", "fresh", id="another kind of field"),
    ],
)
async def test_what_was_typed_survives_an_update_where_both_ids_stay(
    slack: SlackStandIn, client: AsyncWebClient, block_id: str, action_id: str, kind: str, expected: str
) -> None:
    view = await opened(slack, client, modal(asks(field(initial_value="first"))))
    assert view.state["name"]["in"]["value"] == "first"
    slack.person("U_ADA").type(view, {"name": "typed"})
    after = modal(asks(field(kind, block_id, action_id, initial_value="fresh")))
    await client.views_update(view_id=view.id, view=after)
    assert shown(slack).state == {block_id: {action_id: {"type": kind, "value": expected}}}


async def test_fields_start_from_their_initial_values(slack: SlackStandIn, client: AsyncWebClient) -> None:
    one, two = options("1", "2")
    view = await opened(
        slack,
        client,
        modal(
            asks(field("radio_buttons", "radio", options=[one, two], initial_option=two)),
            asks(field("checkboxes", "boxes", options=[one, two])),
            asks(field("users_select", "who", initial_user="U_BEN")),
            asks(field("datepicker", "when", initial_date="2027-01-31")),
            asks(field("number_input", "number", is_decimal_allowed=True, initial_value="1.5")),
            section(accessory={"type": "static_select", "action_id": "pick", "options": [one]}, block_id="beside"),
        ),
    )
    assert view.state == {
        "radio": {"in": {"type": "radio_buttons", "selected_option": two}},
        "boxes": {"in": {"type": "checkboxes", "selected_options": []}},
        "who": {"in": {"type": "users_select", "selected_user": "U_BEN"}},
        "when": {"in": {"type": "datepicker", "selected_date": "2027-01-31"}},
        "number": {"in": {"type": "number_input", "value": "1.5"}},
        "beside": {"pick": {"type": "static_select", "selected_option": None}},
    }


async def test_the_home_is_published_for_one_person(slack: SlackStandIn, client: AsyncWebClient) -> None:
    answer = await client.views_publish(user_id="U_ADA", view=home(section("Hers")))
    mine = slack.home("U_ADA")
    assert mine is not None
    assert mine.blocks[0]["text"]["text"] == "Hers"
    assert slack.home("U_BEN") is None
    await client.views_publish(user_id="U_ADA", hash=answer["view"]["hash"], view=home(section("Newer")))
    assert (
        await refused(client.views_publish(user_id="U_ADA", hash=answer["view"]["hash"], view=home()))
        == "hash_conflict"
    )
    assert await refused(client.views_publish(user_id="U_ADA", view=modal())) == "invalid_arguments"
