"""A delivery's way when nothing goes wrong, and when Slack says no."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.delivery import DeliveryState, Edit, Later, Letter, Post, Suppress
from bot.domain.ids import CardId, MessageTs, TenantId
from bot.domain.notices import CardEdit
from bot.services.delivering import Delivering
from bot.slack.gateway import Gateway
from bot.store import lanes, outbox
from bot.store.database import Database, SystemTransaction
from sandbox.faults import Trouble
from tests.services.post_office import HERE, PAY, PostOffice, a_gateway, a_message, add_tenant, many_channels, opened

NOBODY_LISTENS = "http://127.0.0.1:9/api/"
BLOCK = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[PostOffice]:
    async with opened(database_url) as office:
        yield office


PATIENCE = 60  # seconds, for a machine that has much else to do


async def test_what_is_put_in_is_visible_once_and_its_correspondent_is_told(office: PostOffice) -> None:
    await office.put()
    assert not await office.put(), "a second one with the same key changes nothing"

    await office.run(office.worker(), seconds=5)

    assert await office.is_visible_once()
    assert office.scribe.delivered_ts == [(await office.row()).posted_ts]
    assert office.posts() == 1
    assert office.slack.complaints == []


async def test_nothing_is_sent_before_its_time(office: PostOffice) -> None:
    await office.put(not_before=office.time.now() + timedelta(minutes=5))
    worker = office.worker()

    await office.run(worker, seconds=299, step=13)
    assert office.posts() == 0
    await office.run(worker, seconds=2)
    assert await office.is_visible_once()


async def test_in_one_channel_the_order_is_kept_at_one_a_second(office: PostOffice) -> None:
    for number in range(5):
        await office.put(f"k{number}")
    worker = office.worker()

    for seen in range(1, 6):
        await office.tick(worker)
        await office.tick(worker)
        assert office.posts() == seen
        office.time.advance(1)

    told = [shown.text for shown in office.slack.messages(PAY)]
    assert told == [f"CardPost(card='k{number}')" for number in range(5)]
    assert office.counts.of == {"delivered": 5}, "the stand-in answers 429 to a second message within a second"


async def test_what_is_taken_a_little_early_is_made_ready_and_waits_for_its_second(office: PostOffice) -> None:
    for number in range(2):
        await office.put(f"k{number}")
    woken: list[float] = []
    worker = office.worker(wake=lambda at: woken.append((at - office.time.now()).total_seconds()))
    await office.tick(worker)
    assert woken == [pytest.approx(0.8)], "it says when there is more to do"

    office.time.advance(0.79)
    assert await office.tick(worker) == 0
    office.time.advance(0.06)
    assert await office.tick(worker) == 1

    assert office.time.elapsed == pytest.approx(1.0)
    assert await office.states() == {DeliveryState.DELIVERED: 2}


async def test_a_clock_that_is_set_back_meanwhile_keeps_no_message_waiting(office: PostOffice) -> None:
    for number in range(2):
        await office.put(f"k{number}")
    worker = office.worker()
    await office.tick(worker)
    office.time.advance(0.85)

    def set_back(*_: object) -> Letter:
        office.time.advance(-3600)
        return Post(a_message())

    office.scribe.compose_with = set_back
    await office.tick(worker)

    assert office.time.elapsed == pytest.approx(0.85 - 3600 + 0.2)


async def test_a_hand_that_comes_free_while_more_is_due_asks_for_it(office: PostOffice) -> None:
    for channel in many_channels(office.slack, 3):
        await office.put(f"in {channel}", channel=channel)
    woken: list[datetime] = []
    worker = Delivering(office.means(wake=woken.append), at_once=2)

    await office.tick(worker)
    assert woken == [office.time.now()] * 2
    await office.tick(worker)

    assert len(woken) == 2, "a hand was left: there is nothing more"
    assert await office.states() == {DeliveryState.DELIVERED: 3}


async def test_one_about_the_same_subject_does_not_overtake_an_earlier_one_that_waits_for_its_retry(
    office: PostOffice,
) -> None:
    office.breaks(trouble=Trouble.ERROR, error="service_unavailable", method="chat.*", count=3)
    await office.put("first", subject="card")
    await office.put("second", subject="card")

    await office.run(office.worker(), seconds=30)

    assert [shown.text for shown in office.slack.messages(PAY)] == [
        "CardPost(card='first')",
        "CardPost(card='second')",
    ]


async def test_what_is_no_longer_true_is_not_said(office: PostOffice) -> None:
    office.scribe.compose_with = lambda _, __: Suppress("closed")
    await office.put()

    await office.run(office.worker(), seconds=2)

    row = await office.row()
    assert (row.state, row.reason, office.posts()) == (DeliveryState.SUPPRESSED, "closed", 0)


async def test_what_hangs_on_another_waits_for_it_and_lets_others_pass(office: PostOffice) -> None:
    start = office.time.now()

    def letter(notice: object, _: object) -> Letter:
        waits = "waits" in str(notice) and office.time.now() < start + timedelta(seconds=10)
        return (
            Later(office.time.now() + timedelta(seconds=3), "no thread yet") if waits else Post(a_message(str(notice)))
        )

    office.scribe.compose_with = letter
    await office.put("waits")
    await office.put("passes")

    await office.run(office.worker(), seconds=20)

    assert [shown.text for shown in office.slack.messages(PAY)] == [
        "CardPost(card='passes')",
        "CardPost(card='waits')",
    ]
    assert (await office.row("waits")).attempts == 1, "waiting for another burns no attempt"


async def test_an_edit_brings_a_message_up_to_date_and_is_made_again_when_the_answer_is_lost(
    office: PostOffice,
) -> None:
    await office.put("card")
    worker = office.worker()
    await office.run(worker, seconds=2)
    ts = MessageTs((await office.row("card")).posted_ts or "")
    office.scribe.compose_with = lambda _, __: Edit(a_message("Done"), ts)
    office.breaks(trouble=Trouble.DROPPED, method="chat.update", performs=True, count=1)

    await office.put("edit", notice=CardEdit(CardId("card")))
    await office.run(worker, seconds=10)

    assert [shown.text for shown in office.slack.messages(PAY)] == ["Done"]
    assert (await office.row("edit")).state is DeliveryState.DELIVERED
    assert office.slack.calls("conversations.history") == [], "an edit needs no looking for"


@pytest.mark.parametrize("error", ["message_not_found", "cant_update_message"])
async def test_an_edit_of_a_message_that_is_gone_is_told_to_its_correspondent(office: PostOffice, error: str) -> None:
    office.scribe.compose_with = lambda _, __: Edit(a_message("Done"), MessageTs("1.000001"))
    office.breaks(trouble=Trouble.ERROR, error=error, method="chat.update")
    await office.put(notice=CardEdit(CardId("card")))

    await office.run(office.worker(), seconds=5)

    assert office.scribe.given_up == [error]
    assert len(office.slack.calls("chat.update")) == 1


@pytest.mark.parametrize("asked", ["1", "30", "86400"])
async def test_e01_a_pause_that_slack_asks_for_is_kept_in_full_by_that_channel_only(
    office: PostOffice, asked: str
) -> None:
    await office.put("limited")
    await office.put("free", channel="C_WEB")
    office.breaks(trouble=Trouble.LIMITED, method="chat.postMessage", count=1, retry_after=asked)
    worker = office.worker()

    almost = int(asked) - lanes.AHEAD.total_seconds() - 0.1
    await office.run(worker, seconds=almost, step=almost)
    assert len(office.slack.messages(PAY)) + len(office.slack.messages("C_WEB")) == 1
    await office.run(worker, seconds=0.3, step=0.3)

    assert await office.states() == {DeliveryState.DELIVERED: 2}
    assert {(await office.row(key)).attempts for key in ("limited", "free")} == {1}, "no attempt is burned"


@pytest.mark.parametrize("asked", [None, "abc", "-5", "0", "1e9"])
async def test_e01_an_odd_pause_is_a_minute(office: PostOffice, asked: str | None) -> None:
    office.breaks(trouble=Trouble.LIMITED, method="chat.postMessage", count=1, retry_after=asked)
    await office.put()
    worker = office.worker()

    await office.run(worker, seconds=59, step=59)
    assert office.posts() == 1
    await office.run(worker, seconds=1)
    assert await office.is_visible_once()


async def test_e02_limited_everywhere_for_ten_minutes_all_arrives_and_nobody_is_overrun(office: PostOffice) -> None:
    channels = many_channels(office.slack, 10)
    for channel in channels:
        for number in range(3):
            await office.put(f"{channel}-{number}", channel=channel)
    office.breaks(trouble=Trouble.LIMITED, method="chat.postMessage", retry_after="30")
    worker = office.worker()
    await office.run(worker, seconds=600, step=10)
    asked = office.posts()
    office.slack.faults.lift()

    await office.run(worker, seconds=60)

    assert await office.states() == {DeliveryState.DELIVERED: 30}
    assert asked <= 10 * (600 / 30 + 1), "each channel asks when it may, and no sooner"
    arrived = Counter(called.at for called in office.slack.calls("chat.postMessage")[asked:])
    assert max(arrived.values()) <= len(channels), "as without the pause: one a second in each channel"


async def test_e03_slack_cannot_be_reached_for_two_hours_and_nothing_dies(office: PostOffice) -> None:
    await office.put()
    async with a_gateway(office.slack, Gateway, api_url=NOBODY_LISTENS) as cut_off:
        await office.run(office.worker(gateway=cut_off), seconds=7200, step=60)
    assert office.posts() == 0

    await office.run(office.worker(), seconds=900, step=60)

    assert await office.is_visible_once()
    row = await office.row()
    assert (row.attempts, row.sweep_at) == (1, None)


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "invalid_auth", "team_access_not_granted"])
async def test_e05_a_workspace_that_sends_us_away_is_stopped_and_the_others_go_on(
    office: PostOffice, error: str
) -> None:
    other = TenantId("T0OTHER")
    await add_tenant(office.database, other, office.time.now())
    office.breaks(trouble=Trouble.ERROR, error=error, method="chat.postMessage", count=1)
    await office.put("gone")
    worker = office.worker()
    await office.tick(worker)

    await office.put("later", channel="C_WEB")
    await office.put("elsewhere", channel="C_DATA", tenant=other)
    await office.run(worker, seconds=100, step=10)

    assert (await office.row("gone")).state is DeliveryState.PENDING
    assert (await office.row("later")).state is DeliveryState.PENDING
    # The other workspace's token is unknown to the stand-in: it was asked, all the same.
    assert office.posts() == 2
    assert office.scribe.given_up == []


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        pytest.param("C_OLD", "is_archived", id="archived"),
        pytest.param("C_NONE", "channel_not_found", id="deleted"),
        pytest.param("G_HID", "channel_not_found", id="private, never invited"),
        pytest.param("U_BOT", "cannot_dm_bot", id="a bot"),
    ],
)
async def test_e06_a_place_that_is_gone_is_given_up_at_once_with_its_reason(
    office: PostOffice, channel: str, error: str
) -> None:
    await office.put(channel=channel)

    await office.run(office.worker(), seconds=30)

    row = await office.row()
    assert (row.state, row.reason, office.posts()) == (DeliveryState.DEAD, error, 1)
    assert office.scribe.given_up == [error]


@pytest.mark.parametrize("error", ["restricted_action_thread_locked", "cannot_reply_to_message", "thread_not_found"])
async def test_e06_a_thread_that_is_closed_is_given_up_at_once(office: PostOffice, error: str) -> None:
    office.breaks(trouble=Trouble.ERROR, error=error, method="chat.postMessage")
    await office.put()

    await office.run(office.worker(), seconds=30)

    assert (office.scribe.given_up, office.posts()) == ([error], 1)


async def test_e06_a_public_channel_is_joined_once_and_the_message_is_posted(office: PostOffice) -> None:
    await office.put(channel="C_OUT")

    await office.tick(office.worker())

    assert len(office.copies((await office.row()).id, ["C_OUT"])) == 1
    assert [called.method for called in office.slack.journal] == [
        "chat.postMessage",
        "conversations.join",
        "chat.postMessage",
    ]


async def test_e06_a_channel_that_cannot_be_joined_is_given_up(office: PostOffice) -> None:
    office.breaks(trouble=Trouble.ERROR, error="not_in_channel", method="chat.postMessage")
    office.breaks(trouble=Trouble.ERROR, error="method_not_supported_for_channel_type", method="conversations.join")
    await office.put()

    await office.run(office.worker(), seconds=30)

    assert office.scribe.given_up == ["not_in_channel"]
    assert (office.posts(), len(office.slack.calls("conversations.join"))) == (1, 1)


async def test_t41_a_channel_that_takes_nothing_even_when_joined_is_joined_once(office: PostOffice) -> None:
    office.breaks(trouble=Trouble.ERROR, error="not_in_channel", method="chat.postMessage")
    await office.put()

    await office.run(office.worker(), seconds=30)

    assert office.scribe.given_up == ["not_in_channel"]
    assert (office.posts(), len(office.slack.calls("conversations.join"))) == (2, 1)


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_blocks_too_long", "msg_too_long"])
async def test_e07_blocks_that_slack_refuses_are_left_out_and_the_text_is_posted(
    office: PostOffice, error: str
) -> None:
    office.scribe.compose_with = lambda _, __: Post(a_message("Hello", (BLOCK,)))
    office.breaks(trouble=Trouble.ERROR, error=error, method="chat.postMessage", count=1)
    await office.put()

    await office.tick(office.worker())

    assert await office.is_visible_once()
    assert [shown.blocks for shown in office.slack.messages(PAY)] == [()]


async def test_e07_a_text_that_is_refused_too_is_given_up_without_a_loop(office: PostOffice) -> None:
    office.scribe.compose_with = lambda _, __: Post(a_message("Hello", (BLOCK,)))
    office.breaks(trouble=Trouble.ERROR, error="invalid_blocks", method="chat.postMessage")
    await office.put()

    await office.run(office.worker(), seconds=30)

    assert (office.scribe.given_up, office.posts()) == (["invalid_blocks"], 2)


async def test_e07_a_text_of_40000_characters_is_cut_before_it_is_sent(office: PostOffice) -> None:
    office.scribe.compose_with = lambda _, __: Post(a_message("x" * 40_000))
    await office.put()

    await office.tick(office.worker())

    assert [len(shown.text) for shown in office.slack.messages(PAY)] == [3000]


def said_in(office: PostOffice, *channels: str) -> int:
    return sum(len(office.slack.messages(channel)) for channel in channels)


async def test_t42_one_slow_or_limited_channel_keeps_nobody_waiting(office: PostOffice) -> None:
    channels = many_channels(office.slack, 40)
    worker = office.worker()
    await office.put("slow")
    office.breaks(trouble=Trouble.HELD, method="chat.postMessage", count=1, performs=False)
    await worker.drain(office.time.now())
    await office.slack.until(lambda: office.posts() == 1, PATIENCE)
    office.breaks(trouble=Trouble.LIMITED, method="chat.postMessage", count=1, retry_after="30")

    for channel in ("C_WEB", *channels):
        await office.put(f"to-{channel}", channel=channel)
    await worker.drain(office.time.now())
    await office.slack.until(lambda: sum(len(office.slack.messages(channel)) for channel in channels) >= 39, PATIENCE)

    # The refusal may be written down a little after the others were posted: its pause counts from then.
    for _ in range(PATIENCE):
        office.time.advance(31)
        await worker.drain(office.time.now())
        with contextlib.suppress(TimeoutError):
            await office.slack.until(lambda: said_in(office, "C_WEB", *channels) == 41, 1)
            break
    assert said_in(office, "C_WEB", *channels) == 41
    assert office.slack.messages(PAY) == []
    await worker.stop(within=0)


async def test_cancelled_before_it_is_claimed_it_is_never_sent(office: PostOffice) -> None:
    await office.put(subject="action-1")
    async with office.database.begin(HERE) as tx:
        assert await outbox.cancel(tx, "action-1", ["card"], "closed", office.time.now()) == 1

    await office.run(office.worker(), seconds=5)

    row = await office.row()
    assert (row.state, row.reason, office.posts()) == (DeliveryState.SUPPRESSED, "closed", 0)


async def test_stop_gives_back_what_was_not_begun(office: PostOffice) -> None:
    await office.put("one")
    await office.put("other", channel="C_WEB")
    first = office.worker()
    assert await first.drain(office.time.now()) == 2

    await first.stop()
    assert await first.drain(office.time.now()) == 0
    assert await office.states() == {DeliveryState.PENDING: 2}
    assert office.posts() == 0

    await office.tick(office.worker())
    assert await office.states() == {DeliveryState.DELIVERED: 2}
    assert (await office.row("one")).attempts == 1


async def test_stop_lets_a_post_end_that_is_under_way(office: PostOffice) -> None:
    await office.put()
    office.breaks(trouble=Trouble.SLOW, method="chat.postMessage", seconds=0.3)
    worker = office.worker()
    await worker.drain(office.time.now())
    await office.slack.until(lambda: office.posts() == 1)

    await worker.stop()

    assert await office.is_visible_once()


class SilentDatabase(Database):
    """Claims are committed, and no answer comes."""

    @contextlib.asynccontextmanager
    async def begin_for_all(self) -> AsyncIterator[SystemTransaction]:
        async with super().begin_for_all() as tx:
            yield tx
        await asyncio.Event().wait()


async def test_f03_stop_does_not_wait_for_a_claim_that_a_silent_database_keeps(office: PostOffice) -> None:
    await office.put()
    worker = Delivering(replace(office.means(), database=SilentDatabase(office.database.engine)))
    draining = asyncio.create_task(worker.drain(office.time.now()))
    async with asyncio.timeout(3):
        while await office.states() != {DeliveryState.CLAIMED: 1}:
            pass

    await asyncio.wait_for(worker.stop(within=0.05), timeout=3)
    draining.cancel()
    await asyncio.wait({draining})
    await office.leases_run_out()
    await office.run(office.worker(), seconds=30)

    assert await office.is_visible_once()


async def test_stop_leaves_behind_what_does_not_end_in_time_and_it_is_found_later(office: PostOffice) -> None:
    await office.put()
    office.breaks(trouble=Trouble.HELD, method="chat.postMessage", count=1)
    worker = office.worker()
    await worker.drain(office.time.now())
    await office.slack.until(lambda: office.posts() == 1)

    await asyncio.wait_for(worker.stop(within=0.05), timeout=3)
    await office.leases_run_out()
    await office.run(office.worker(), seconds=30)

    assert await office.is_visible_once()
    assert office.posts() == 1


async def test_a_mistake_of_ours_stops_only_the_delivery_that_it_is_about(office: PostOffice) -> None:
    def letter(notice: object, _: object) -> Letter:
        if "bad" in str(notice):
            raise ZeroDivisionError
        return Post(a_message(str(notice)))

    office.scribe.compose_with = letter
    await office.put("bad")
    await office.put("good")

    await office.run(office.worker(), seconds=3600, step=60)

    assert await office.states() == {DeliveryState.DEAD: 1, DeliveryState.DELIVERED: 1}
    assert (await office.row("bad")).attempts == 12


async def test_a_message_for_a_person_goes_to_their_direct_messages(office: PostOffice) -> None:
    await office.put(channel="U_ADA")

    await office.tick(office.worker())

    assert [shown.text for shown in office.slack.dm("U_ADA")] == ["CardPost(card='k')"]
    assert (await office.row()).posted_channel == "D_U_ADA"


async def test_an_own_mistake_after_the_post_does_not_post_again(office: PostOffice) -> None:
    failures = iter([ZeroDivisionError()])

    def fail_once() -> None:
        for failure in failures:
            raise failure

    office.scribe.on_delivered = fail_once
    await office.put()

    await office.run(office.worker(), seconds=30)

    assert await office.is_visible_once()
    assert office.posts() == 1


async def test_a_reply_goes_into_its_thread(office: PostOffice) -> None:
    await office.put("card")
    worker = office.worker()
    await office.run(worker, seconds=2)
    card = MessageTs((await office.row("card")).posted_ts or "")
    office.scribe.compose_with = lambda _, __: Post(a_message("Soon due"), card)

    await office.put("reminder")
    await office.run(worker, seconds=2)

    assert [shown.text for shown in office.slack.messages(PAY, card)][1:] == ["Soon due"]
