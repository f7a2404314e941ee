"""Filling in and submitting: what a person can and cannot do, and what the app's answer does to the screen."""

from typing import Any

import pytest

from sandbox import Impossible, SlackStandIn
from sandbox.views import View
from tests.sandbox.conftest import PlainApp
from tests.sandbox.shapes import asks, field, modal, options, plain, section

FORM = (
    asks(field(block_id="text", min_length=2, max_length=5), optional=True),
    asks(field("number_input", "number", is_decimal_allowed=False, min_value="0", max_value="100"), optional=True),
    asks(field("radio_buttons", "radio", options=options("a", "b")), optional=True),
    asks(field("checkboxes", "boxes", options=options("a", "b", "c")), optional=True),
    asks(field("multi_static_select", "several", options=options("a", "b"), max_selected_items=1), optional=True),
    asks(field("users_select", "who"), optional=True),
    asks(field("channels_select", "place"), optional=True),
    asks(field("conversations_select", "any"), optional=True),
    asks(
        field(
            "conversations_select",
            "some",
            filter={"include": ["public", "im"], "exclude_bot_users": True, "exclude_external_shared_channels": True},
        ),
        optional=True,
    ),
    asks(field("multi_conversations_select", "places", max_selected_items=2), optional=True),
    asks(field("timepicker", "hour"), optional=True),
    asks(field("datepicker", "when"), optional=True),
    asks(field("email_text_input", "mail"), optional=True),
    asks(field("url_text_input", "link"), optional=True),
)


def on_screen(slack: SlackStandIn, *blocks: dict[str, Any], **more: Any) -> View:
    return slack.screens.open(slack.screens.trigger("U_ADA"), modal(*blocks, **more))


@pytest.mark.parametrize(
    ("block_id", "value", "held"),
    [
        pytest.param("text", "words", {"value": "words"}, id="text"),
        pytest.param("text", "", {"value": None}, id="no text is nothing"),
        pytest.param("number", 95, {"value": "95"}, id="number"),
        pytest.param("radio", "b", {"selected_option": options("b")[0]}, id="an option by its value"),
        pytest.param("radio", "The b", {"selected_option": options("b")[0]}, id="an option by its words"),
        pytest.param("boxes", ["c", "a"], {"selected_options": options("a", "c")}, id="boxes in their order"),
        pytest.param("several", "b", {"selected_options": options("b")}, id="one of several"),
        pytest.param("who", "U_BEN", {"selected_user": "U_BEN"}, id="a person"),
        pytest.param("place", "C_OUT", {"selected_channel": "C_OUT"}, id="a channel where they are not"),
        pytest.param("any", "G_SEC", {"selected_conversation": "G_SEC"}, id="a private channel of theirs"),
        pytest.param("some", "C_WEB", {"selected_conversation": "C_WEB"}, id="a conversation that is wanted"),
        pytest.param("places", ["C_WEB", "G_SEC"], {"selected_conversations": ["C_WEB", "G_SEC"]}, id="two of them"),
        pytest.param("hour", "09:05", {"selected_time": "09:05"}, id="an hour"),
        pytest.param("link", "https://a.example/b", {"value": "https://a.example/b"}, id="an address"),
        pytest.param("when", "2027-02-28", {"selected_date": "2027-02-28"}, id="a day"),
        pytest.param("mail", "a@b.example", {"value": "a@b.example"}, id="an e-mail address"),
    ],
)
async def test_a_field_holds_what_was_put_in(
    slack: SlackStandIn, plain_app: PlainApp, block_id: str, value: Any, held: Any
) -> None:
    await slack.person("U_ADA").submit(on_screen(slack, *FORM), {block_id: value})
    view = plain_app.got[0].payload["view"]
    kind = next(block["element"]["type"] for block in FORM if block["block_id"] == block_id)
    assert view["state"]["values"][block_id] == {"in": {"type": kind, **held}}


@pytest.mark.parametrize(
    ("block_id", "value"),
    [
        pytest.param("text", "longer", id="text over max_length"),
        pytest.param("text", "x", id="text under min_length"),
        pytest.param("number", "101", id="number over the maximum"),
        pytest.param("number", "-1", id="number under the minimum"),
        pytest.param("number", "1.5", id="decimals where none are allowed"),
        pytest.param("number", "many", id="no number"),
        pytest.param("radio", "z", id="not on offer"),
        pytest.param("boxes", ["a", "z"], id="one not on offer"),
        pytest.param("several", ["a", "b"], id="more than can be chosen"),
        pytest.param("who", "U_GONE", id="somebody who left"),
        pytest.param("place", "G_SEC", id="a private channel as a public one"),
        pytest.param("place", "C_OLD", id="an archived channel"),
        pytest.param("any", "G_HID", id="a private channel of others"),
        pytest.param("some", "G_SEC", id="a kind of conversation that is not wanted"),
        pytest.param("some", "C_EXT", id="a conversation with others that is not wanted"),
        pytest.param("some", "D_U_ADA", id="the app, where no robots are wanted"),
        pytest.param("places", ["C_WEB", "G_SEC", "C_PAY"], id="more conversations than can be chosen"),
        pytest.param("mail", "nowhere", id="no e-mail address"),
        pytest.param("link", "example", id="no address"),
        pytest.param("nothing", "x", id="no such field"),
    ],
)
async def test_the_client_would_not_let_them(
    slack: SlackStandIn, plain_app: PlainApp, block_id: str, value: Any
) -> None:
    slack.workspace.direct("U_ADA")
    with pytest.raises(Impossible):
        await slack.person("U_ADA").submit(on_screen(slack, *FORM), {block_id: value})
    assert plain_app.got == []


async def test_a_required_field_must_be_filled_in(slack: SlackStandIn, plain_app: PlainApp) -> None:
    view = on_screen(slack, asks(field()))
    with pytest.raises(Impossible, match="required fields: name"):
        await slack.person("U_ADA").submit(view)
    await slack.person("U_ADA").submit(view, force=True)
    assert plain_app.got[0].payload["view"]["state"]["values"]["name"]["in"]["value"] is None


async def test_an_attacker_sends_any_state(slack: SlackStandIn, plain_app: PlainApp) -> None:
    await slack.person("U_ADA").submit(on_screen(slack, *FORM), raw_state={"x": {"y": {"type": "z"}}})
    assert plain_app.got[0].payload["view"]["state"]["values"] == {"x": {"y": {"type": "z"}}}


async def test_a_submission_has_the_platforms_shape(slack: SlackStandIn, plain_app: PlainApp) -> None:
    view = on_screen(slack, private_metadata="m", external_id="e")
    await slack.person("U_XAV").command("/x", channel="C_EXT")
    await slack.person("U_ADA").submit(view)
    payload = plain_app.got[1].payload
    assert payload["type"] == "view_submission"
    assert payload["team"] == {"id": "T0SANDBOX", "domain": "sandbox"}
    assert payload["user"]["id"] == "U_ADA"
    assert payload["api_app_id"] == payload["view"]["app_id"] == slack.app.id
    expected = {"id": view.id, "root_view_id": view.id, "callback_id": "form", "private_metadata": "m",
                "external_id": "e", "hash": view.hash, "bot_id": slack.app.bot_id}  # fmt: skip
    assert payload["view"].items() >= expected.items()
    assert payload["trigger_id"]


async def test_an_empty_answer_closes_the_view(slack: SlackStandIn) -> None:
    first = on_screen(slack)
    second = slack.screens.push(slack.screens.trigger("U_ADA", first.id), modal())
    after = await slack.person("U_ADA").submit(second)
    assert after.view == first


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        pytest.param({"response_action": "update", "view": modal(title=plain("New"))}, ["A form", "New"], id="update"),
        pytest.param(
            {"response_action": "push", "view": modal(title=plain("Top"))}, ["A form", "A form", "Top"], id="push"
        ),
        pytest.param({"response_action": "clear"}, [], id="clear"),
        pytest.param({}, ["A form"], id="nothing: close"),
    ],
)
async def test_an_answer_changes_the_screen(
    slack: SlackStandIn, plain_app: PlainApp, answer: Any, titles: list[str]
) -> None:
    first = on_screen(slack)
    second = slack.screens.push(slack.screens.trigger("U_ADA", first.id), modal())
    plain_app.will_answer(answer)
    submission = await slack.person("U_ADA").submit(second)
    assert [view.title for view in slack.screens.stack("U_ADA")] == titles
    assert submission.view == slack.screen("U_ADA")
    assert slack.complaints == []


async def test_errors_stand_beside_their_fields(slack: SlackStandIn, plain_app: PlainApp) -> None:
    view = on_screen(slack, asks(field()))
    plain_app.will_answer({"response_action": "errors", "errors": {"name": "Not this one."}})
    submission = await slack.person("U_ADA").submit(view, {"name": "x"})
    assert submission.errors == {"name": "Not this one."}
    assert submission.view is not None
    assert submission.view.state["name"]["in"]["value"] == "x", "what was typed is still there"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"response_action": "errors", "errors": {"said": "x"}}, id="error beside no input"),
        pytest.param({"response_action": "errors", "errors": {}}, id="no errors at all"),
        pytest.param({"response_action": "update", "view": modal(title=plain("x" * 25))}, id="a bad view"),
        pytest.param({"response_action": "dance"}, id="an unknown action"),
        pytest.param("thank you", id="words"),
    ],
)
async def test_a_bad_answer_is_held_against_the_app(slack: SlackStandIn, plain_app: PlainApp, answer: Any) -> None:
    view = on_screen(slack, section(block_id="said"), asks(field()))
    plain_app.will_answer(answer)
    submission = await slack.person("U_ADA").submit(view, {"name": "x"})
    assert submission.trouble == "dispatch_failed"
    assert submission.view is not None, "the modal stays"
    assert len(slack.complaints) == 1


async def test_only_the_view_on_top_can_be_used(slack: SlackStandIn) -> None:
    first = on_screen(slack)
    slack.screens.push(slack.screens.trigger("U_ADA", first.id), modal())
    with pytest.raises(Impossible, match="not on top"):
        await slack.person("U_ADA").submit(first)
    with pytest.raises(Impossible, match="not on top"):
        await slack.person("U_BEN").submit(first)


@pytest.mark.parametrize(
    ("notify", "everything", "told"),
    [
        pytest.param(True, False, ("second", False), id="closed by its button"),
        pytest.param(True, True, ("first", True), id="all by the cross: the root is told"),
        pytest.param(False, False, None, id="the app does not ask"),
    ],
)
async def test_closing_is_told_when_asked_for(
    slack: SlackStandIn, plain_app: PlainApp, notify: bool, everything: bool, told: Any
) -> None:
    first = on_screen(slack, callback_id="first", notify_on_close=notify)
    spec = modal(callback_id="second", notify_on_close=notify)
    second = slack.screens.push(slack.screens.trigger("U_ADA", first.id), spec)
    await slack.person("U_ADA").close(second, everything)
    heard = [(got.payload["view"]["callback_id"], got.payload["is_cleared"]) for got in plain_app.got]
    assert heard == ([told] if told else [])
    assert slack.screen("U_ADA") == (None if everything else first)


async def test_what_was_filled_in_is_not_told_of_a_view_that_is_closed(
    slack: SlackStandIn, plain_app: PlainApp
) -> None:
    view = on_screen(slack, asks(field()), notify_on_close=True, private_metadata="m")
    typed = slack.person("U_ADA").type(view, {"name": "lost"})
    await slack.person("U_ADA").close(typed)
    told = plain_app.got[0].payload["view"]
    assert (told["state"], told["private_metadata"], told["id"]) == ({"values": {}}, "m", view.id)


@pytest.mark.parametrize(
    ("element", "value", "told"),
    [
        pytest.param(
            field("radio_buttons", "at_once", options=options("a", "b")), "b",
            {"type": "radio_buttons", "selected_option": options("b")[0]}, id="radio buttons",
        ),
        pytest.param(
            field("checkboxes", "at_once", options=options("a", "b")), ["a"],
            {"type": "checkboxes", "selected_options": options("a")}, id="boxes",
        ),
        pytest.param(
            field("timepicker", "at_once"), "09:30", {"type": "timepicker", "selected_time": "09:30"}, id="an hour"
        ),
        pytest.param(
            field("conversations_select", "at_once"), "C_WEB",
            {"type": "conversations_select", "selected_conversation": "C_WEB"}, id="a conversation",
        ),
    ],
)  # fmt: skip
async def test_a_choice_that_acts_at_once_is_told_with_all_that_is_filled_in(
    slack: SlackStandIn, plain_app: PlainApp, element: dict[str, Any], value: Any, told: dict[str, Any]
) -> None:
    view = on_screen(slack, asks(field()), asks(element, dispatch_action=True))
    slack.person("U_ADA").type(view, {"name": "typed"})
    await slack.person("U_ADA").press(view, block_id="at_once", option=value)
    payload = plain_app.got[0].payload
    assert payload["actions"][0].items() >= (told | {"block_id": "at_once", "action_id": "in"}).items()
    assert payload["view"]["state"]["values"] == {
        "name": {"in": {"type": "plain_text_input", "value": "typed"}},
        "at_once": {"in": told},
    }
