"""What the gateway asks of Slack, and what it makes of the answers."""

import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.delivery import Message, NotNow, Place, TenantGone, Uncertain, Undeliverable
from bot.domain.ids import ChannelId, DeliveryId, MessageTs, TenantId, UserId
from bot.slack.answers import (
    Absent,
    ChannelFacts,
    Found,
    Gone,
    Identity,
    NoSuchPerson,
    NotVisible,
    Opened,
    PersonFacts,
    TooLate,
    Unreadable,
    Updated,
)
from bot.slack.binding import BoundView
from bot.slack.gateway import Gateway
from sandbox.faults import Fault, Trouble
from sandbox.standin import SlackStandIn

HERE = TenantId("T0SANDBOX")
PAY = ChannelId("C_PAY")
ID = DeliveryId("6f9c2f1e-0000-4000-8000-000000000001")
SECRET = "xoxb-sandbox"
HELLO = Message("Hello <@U_ADA> http://example.com @here", ())
MODAL = BoundView(
    {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Assessment"},
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}],
    }
)
HOME = {"type": "home", "blocks": MODAL["blocks"]}


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(burst=0) as slack:
        yield slack


@pytest.fixture
def throttled() -> list[str]:
    return []


@pytest.fixture
async def gateway(slack: SlackStandIn, throttled: list[str]) -> AsyncIterator[Gateway]:
    async def token_of(tenant: TenantId) -> str:
        return {HERE: SECRET}.get(tenant, "xoxb-of-nobody")

    gateway = Gateway(slack.api_url, token_of, throttled.append, timeout=0.5)
    await gateway.start()
    yield gateway
    await gateway.close()


async def test_a_post_carries_its_delivery_id_and_turns_nothing_of_its_text_into_more(
    slack: SlackStandIn, gateway: Gateway
) -> None:
    place = await gateway.post(HERE, PAY, HELLO, None, ID)

    (shown,) = slack.messages(PAY)
    assert (place, shown.text) == (Place(PAY, MessageTs(shown.ts)), HELLO.text)
    assert shown.metadata == {"event_type": "finops_delivery_v1", "event_payload": {"d": ID}}
    (asked,) = slack.calls("chat.postMessage")
    wanted = {"unfurl_links": False, "unfurl_media": False, "link_names": False, "parse": "none"}
    assert {name: asked.args.get(name) for name in wanted} == wanted
    assert "client_msg_id" not in asked.args
    assert "blocks" not in asked.args


async def test_an_edit_without_blocks_takes_the_blocks_away_and_keeps_the_id(
    slack: SlackStandIn, gateway: Gateway
) -> None:
    place = await gateway.post(HERE, PAY, Message("Open", tuple(MODAL["blocks"])), None, ID)

    await gateway.edit(HERE, place, Message("Done", ()))

    (shown,) = slack.messages(PAY)
    assert (shown.text, shown.blocks) == ("Done", ())
    assert shown.metadata is not None


async def test_direct_messages_are_edited_found_and_deleted_by_person(slack: SlackStandIn, gateway: Gateway) -> None:
    ada = ChannelId("U_ADA")
    place = await gateway.post(HERE, ada, HELLO, None, ID)

    since = datetime.fromtimestamp(slack.clock.now() - 60, UTC)
    assert await gateway.find_delivery(HERE, ada, None, ID, since, since) == Found((place.ts,))
    await gateway.edit(HERE, Place(ada, place.ts), Message("Bye", ()))
    assert [shown.text for shown in slack.dm("U_ADA")] == ["Bye"]
    await gateway.delete(HERE, Place(ada, place.ts))
    assert slack.dm("U_ADA") == []


TROUBLES = [
    pytest.param({"trouble": Trouble.ERROR, "error": "is_archived"}, Undeliverable, "is_archived", id="refused"),
    pytest.param({"trouble": Trouble.ERROR, "error": "never_seen"}, Undeliverable, "never_seen", id="unknown"),
    pytest.param({"trouble": Trouble.ERROR, "error": "token_revoked"}, TenantGone, "token_revoked", id="revoked"),
    pytest.param({"trouble": Trouble.ERROR, "error": "service_unavailable"}, NotNow, "service_unavailable", id="busy"),
    pytest.param({"trouble": Trouble.ERROR, "error": "ratelimited"}, NotNow, "ratelimited", id="limited, as 200"),
    pytest.param({"trouble": Trouble.LIMITED}, NotNow, "ratelimited", id="limited"),
]
LOST = [
    pytest.param({"trouble": Trouble.ERROR, "error": "fatal_error"}, id="fatal_error"),
    pytest.param({"trouble": Trouble.ERROR, "error": "internal_error"}, id="internal_error"),
    pytest.param({"trouble": Trouble.UNAVAILABLE}, id="a page of HTML"),
    pytest.param({"trouble": Trouble.UNAVAILABLE, "status": 200}, id="a page of HTML, as 200"),
    pytest.param({"trouble": Trouble.TRUNCATED}, id="half of the JSON"),
    pytest.param({"trouble": Trouble.EMPTY}, id="nothing"),
    pytest.param({"trouble": Trouble.DROPPED}, id="cut"),
    pytest.param({"trouble": Trouble.DROPPED, "reset": True}, id="reset"),
    pytest.param({"trouble": Trouble.HELD}, id="late"),
]


@pytest.mark.parametrize(("fault", "kind", "reason"), TROUBLES)
async def test_an_answer_is_sorted_by_what_can_be_done(
    slack: SlackStandIn, gateway: Gateway, fault: dict[str, Any], kind: type[Exception], reason: str
) -> None:
    slack.faults.add(Fault(**fault))

    with pytest.raises(kind, match=f"^{reason}$"):
        await gateway.post(HERE, PAY, HELLO, None, ID)
    with pytest.raises(kind, match=f"^{reason}$"):
        await gateway.edit(HERE, Place(PAY, MessageTs("1.1")), HELLO)


@pytest.mark.parametrize("fault", LOST)
async def test_a10_a_lost_answer_leaves_a_post_uncertain_and_is_asked_for_once(
    slack: SlackStandIn, gateway: Gateway, fault: dict[str, Any]
) -> None:
    slack.faults.add(Fault(**fault, method="chat.postMessage"))

    with pytest.raises(Uncertain):
        await gateway.post(HERE, PAY, HELLO, None, ID)
    assert len(slack.calls("chat.postMessage")) == 1


@pytest.mark.parametrize("fault", LOST)
async def test_a_lost_answer_to_what_may_be_asked_twice_only_means_not_now(
    slack: SlackStandIn, gateway: Gateway, fault: dict[str, Any]
) -> None:
    slack.faults.add(Fault(**fault))

    with pytest.raises(NotNow):
        await gateway.delete(HERE, Place(PAY, MessageTs("1.1")))


async def test_e01_a_429_names_its_pause_and_is_counted_by_method(
    slack: SlackStandIn, gateway: Gateway, throttled: list[str]
) -> None:
    slack.faults.add(Fault(Trouble.LIMITED, retry_after="7"))

    with pytest.raises(NotNow) as caught:
        await gateway.post(HERE, PAY, HELLO, None, ID)
    with pytest.raises(NotNow):
        await gateway.person(HERE, UserId("U_ADA"))

    assert (caught.value.pause, caught.value.is_tried) == (timedelta(seconds=7), False)
    assert throttled == ["chat.postMessage", "users.info"]


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/api/", "http://no-such-host.invalid/api/"])
async def test_e11_where_nobody_answers_nothing_was_sent(address: str) -> None:
    async def token_of(_: TenantId) -> str:
        return SECRET

    gateway = Gateway(address, token_of)
    await gateway.start()
    with pytest.raises(NotNow, match="unreachable"):
        await gateway.post(HERE, PAY, HELLO, None, ID)
    await gateway.close()


async def test_e11_a_door_without_tls_is_not_spoken_to_in_plain_text(slack: SlackStandIn) -> None:
    async def token_of(_: TenantId) -> str:
        return SECRET

    gateway = Gateway(slack.api_url.replace("http:", "https:"), token_of)
    await gateway.start()
    with pytest.raises(NotNow):
        await gateway.post(HERE, PAY, HELLO, None, ID)
    await gateway.close()
    assert slack.journal == []


async def test_another_tenants_token_is_its_own(slack: SlackStandIn, gateway: Gateway) -> None:
    with pytest.raises(TenantGone, match="invalid_auth"):
        await gateway.post(TenantId("T_OTHER"), PAY, HELLO, None, ID)
    await gateway.post(HERE, PAY, HELLO, None, ID)

    assert [called.token for called in slack.journal] == ["xoxb-of-nobody", SECRET]


async def test_i01_neither_token_nor_text_is_logged_whatever_the_level(
    slack: SlackStandIn, gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await gateway.post(HERE, PAY, HELLO, None, ID)
        slack.faults.add(Fault(Trouble.TRUNCATED))
        with pytest.raises(Uncertain) as caught:
            await gateway.post(HERE, PAY, HELLO, None, ID)

    assert SECRET not in caplog.text + str(caught.value)
    assert "Hello" not in caplog.text + str(caught.value)


@pytest.mark.parametrize("in_thread", [False, True], ids=["channel", "thread"])
async def test_all_copies_of_a_delivery_are_found_the_earliest_first(
    slack: SlackStandIn, gateway: Gateway, in_thread: bool
) -> None:
    now = datetime.fromtimestamp(slack.clock.now(), UTC)
    parent = (await gateway.post(HERE, PAY, HELLO, None, DeliveryId("parent"))).ts if in_thread else None
    copies = [(await gateway.post(HERE, PAY, HELLO, parent, ID)).ts for _ in range(2)]

    since = now - timedelta(minutes=5)
    assert await gateway.find_delivery(HERE, PAY, parent, ID, since, now) == Found(tuple(copies))
    assert await gateway.find_delivery(HERE, PAY, parent, DeliveryId("other"), since, now) == Absent()


async def test_what_others_say_is_not_taken_for_ours(slack: SlackStandIn, gateway: Gateway) -> None:
    await slack.person("U_ADA").say(PAY, ID)
    now = datetime.fromtimestamp(slack.clock.now(), UTC)

    assert await gateway.find_delivery(HERE, PAY, None, ID, now - timedelta(minutes=5), now) == Absent()


async def test_a15_a_long_history_is_read_page_by_page_up_to_a_bound(slack: SlackStandIn, gateway: Gateway) -> None:
    now = datetime.fromtimestamp(slack.clock.now(), UTC)
    since = now - timedelta(minutes=5)
    ada = slack.person("U_ADA")
    ours = await gateway.post(HERE, PAY, HELLO, None, ID)
    for number in range(500):
        await ada.say(PAY, str(number))
    assert await gateway.find_delivery(HERE, PAY, None, ID, since, now) == Found((ours.ts,))
    assert len(slack.calls("conversations.history")) == 3

    for number in range(400):
        await ada.say(PAY, str(number))
    assert await gateway.find_delivery(HERE, PAY, None, ID, since, now) == Unreadable("too long")


@pytest.mark.parametrize("error", ["missing_scope", "not_in_channel", "channel_not_found"])
async def test_a13_a_history_that_may_not_be_read_is_not_taken_for_empty(
    slack: SlackStandIn, gateway: Gateway, error: str
) -> None:
    slack.faults.add(Fault(Trouble.ERROR, method="conversations.*", error=error))
    now = datetime.fromtimestamp(slack.clock.now(), UTC)

    assert await gateway.find_delivery(HERE, PAY, None, ID, now, now) == Unreadable(error)


@pytest.mark.parametrize("ahead", [timedelta(minutes=10), timedelta(days=20)], ids=str)
async def test_f13_a_clock_ahead_of_slacks_does_not_hide_what_was_posted(
    slack: SlackStandIn, gateway: Gateway, ahead: timedelta
) -> None:
    ours = datetime.fromtimestamp(slack.clock.now(), UTC) + ahead
    place = await gateway.post(HERE, PAY, HELLO, None, ID)

    seen = await gateway.find_delivery(HERE, PAY, None, ID, ours - timedelta(minutes=5), ours)

    assert seen == Found((place.ts,))


async def test_a_view_is_opened_once_and_in_time(slack: SlackStandIn, gateway: Gateway) -> None:
    trigger = slack.screens.trigger("U_ADA")

    opened = await gateway.open_view(HERE, trigger, MODAL)
    assert isinstance(opened, Opened)
    assert await gateway.open_view(HERE, trigger, MODAL) == TooLate("exchanged_trigger_id")
    assert await gateway.open_view(HERE, "12.34.nonsense", MODAL) == TooLate("invalid_trigger_id")
    late = slack.screens.trigger("U_ADA")
    slack.clock.advance(4)
    assert await gateway.open_view(HERE, late, MODAL) == TooLate("expired_trigger_id")

    updated = await gateway.update_view(HERE, MODAL, view_id=opened.view_id, hash=opened.hash)
    assert isinstance(updated, Updated)
    assert await gateway.update_view(HERE, MODAL, view_id=opened.view_id, hash=opened.hash) == Gone("hash_conflict")
    assert await gateway.update_view(HERE, MODAL, view_id="V_NONE") == Gone("not_found")


async def test_a_view_is_pushed_onto_the_one_that_was_pressed_in(slack: SlackStandIn, gateway: Gateway) -> None:
    assert isinstance(await gateway.open_view(HERE, slack.screens.trigger("U_ADA"), MODAL), Opened)
    below = slack.screen("U_ADA")
    assert below is not None

    assert isinstance(await gateway.push_view(HERE, slack.screens.trigger("U_ADA", below.id), MODAL), Opened)
    assert slack.screen("U_ADA") != below
    assert isinstance(await gateway.push_view(HERE, slack.screens.trigger("U_ADA"), MODAL), TooLate)


async def test_a_message_has_a_link_where_the_bot_sees_it(slack: SlackStandIn, gateway: Gateway) -> None:
    place = await gateway.post(HERE, PAY, HELLO, None, ID)

    link = await gateway.permalink(HERE, PAY, place.ts)
    assert link is not None
    assert link.endswith(f"/archives/C_PAY/p{place.ts.replace('.', '')}")
    assert await gateway.permalink(HERE, PAY, MessageTs("1.000001")) is None
    assert await gateway.permalink(HERE, ChannelId("C_NONE"), place.ts) is None


async def test_what_only_one_person_sees_is_replaced_where_it_was_pressed_on(
    slack: SlackStandIn, gateway: Gateway
) -> None:
    await gateway.ephemeral(HERE, PAY, UserId("U_ADA"), HELLO)
    (shown,) = slack.ephemerals("U_ADA")
    address = slack.responses.address("U_ADA", "C_PAY", shown)

    assert await gateway.replace(address, Message("Page 2", ()))
    assert [kept.text for kept in slack.ephemerals("U_ADA")] == ["Page 2"]
    assert not await gateway.replace(f"{address}-gone", Message("Page 3", ()))
    assert not await gateway.replace("", Message("Page 3", ()))
    assert not await gateway.replace("http://127.0.0.1:9/response/x", Message("Page 3", ()))


async def test_a_home_is_shown(slack: SlackStandIn, gateway: Gateway) -> None:
    await gateway.publish_home(HERE, UserId("U_ADA"), HOME)

    assert slack.home("U_ADA") is not None


async def test_only_one_person_sees_what_is_said_to_one(slack: SlackStandIn, gateway: Gateway) -> None:
    await gateway.ephemeral(HERE, PAY, UserId("U_ADA"), HELLO)

    assert [shown.text for shown in slack.ephemerals("U_ADA")] == [HELLO.text]
    assert slack.messages(PAY) == []


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ("U_ADA", PersonFacts("Europe/Paris", False, False, False, "T0SANDBOX", is_admin=True)),
        ("U_EVE", PersonFacts("Europe/Prague", False, False, True, "T0SANDBOX")),
        ("U_GONE", PersonFacts(None, True, False, False, "T0SANDBOX")),
        ("U_BOT", PersonFacts("Etc/UTC", False, True, False, "T0SANDBOX")),
        ("U_NONE", NoSuchPerson()),
    ],
)
async def test_a_person_is_known_by_what_reminders_need(
    gateway: Gateway, user: str, expected: PersonFacts | NoSuchPerson
) -> None:
    assert await gateway.person(HERE, UserId(user)) == expected


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("C_PAY", ChannelFacts("payments", True, False, False, False)),
        ("C_OUT", ChannelFacts("elsewhere", False, False, False, False)),
        ("G_SEC", ChannelFacts("secrets", True, True, False, False)),
        ("C_OLD", ChannelFacts("old-stuff", False, False, True, False)),
        ("C_EXT", ChannelFacts("with-partner", True, False, False, True)),
        ("G_HID", NotVisible("channel_not_found")),
    ],
)
async def test_a_channel_is_known_as_far_as_the_bot_sees_it(
    gateway: Gateway, channel: str, expected: ChannelFacts | NotVisible
) -> None:
    assert await gateway.channel(HERE, ChannelId(channel)) == expected


async def test_whose_token_it_is(gateway: Gateway) -> None:
    assert await gateway.identity(HERE) == Identity("T0SANDBOX", None, "U_BOT", "B0SANDBOX")


async def test_a_channel_is_joined(slack: SlackStandIn, gateway: Gateway) -> None:
    await gateway.join(HERE, ChannelId("C_OUT"))

    assert "U_BOT" in slack.workspace.channels["C_OUT"].members
