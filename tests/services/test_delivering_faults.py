"""Visible once, whoever dies, freezes or loses an answer on the way."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.delivery import DeliveryState, Message, Place
from bot.domain.ids import ActionId, ChannelId, DeliveryId, MessageTs, TenantId, TouchId
from bot.domain.notices import ReminderPost
from bot.slack.gateway import Gateway
from sandbox.faults import Trouble
from tests.services.post_office import PAY, PostOffice, a_gateway, many_channels, opened

REMINDER = ReminderPost(ActionId("a"), TouchId("t"))


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[PostOffice]:
    async with opened(database_url, patience=2.0) as office:
        yield office


async def test_t24_a05_killed_after_the_claim_it_is_sent_when_the_lease_has_run_out(office: PostOffice) -> None:
    await office.put()
    await office.claim_one()
    worker = office.worker()
    await office.run(worker, seconds=30, step=10)
    assert office.posts() == 0, "the lease holds"

    await office.leases_run_out()
    await office.tick(worker)

    assert await office.is_visible_once()
    assert office.counts.of["claims expired"] == 1


async def test_a06_killed_before_the_post_it_is_looked_for_in_vain_and_posted_once(office: PostOffice) -> None:
    await office.put()
    await office.mark(await office.claim_one())

    await office.leases_run_out()
    worker = office.worker()
    await office.run(worker, seconds=19)
    assert office.slack.journal == [], "Slack is given time before it is asked"
    await office.run(worker, seconds=5)

    assert await office.is_visible_once()
    assert office.posts() == 1
    assert [called.method for called in office.slack.journal] == ["conversations.history", "chat.postMessage"]


@pytest.mark.parametrize("in_thread", [False, True], ids=["channel", "thread"])
async def test_t25_a07_killed_after_the_post_it_is_found_and_not_posted_again(
    office: PostOffice, in_thread: bool
) -> None:
    thread = None
    if in_thread:
        await office.put("card")
        await office.run(office.worker(), seconds=2)
        thread = MessageTs((await office.row("card")).posted_ts or "")
    await office.put()
    claim = await office.claim_one()
    await office.mark(claim, thread)
    await office.post_a_copy(claim.envelope.id, thread)
    posts = office.posts()

    await office.leases_run_out()
    await office.run(office.worker(), seconds=30)

    assert await office.is_visible_once()
    assert office.posts() == posts
    assert office.counts.of["reconciled"] == 1
    assert office.scribe.delivered_ts[-1] == (await office.row()).posted_ts
    looked = "conversations.replies" if in_thread else "conversations.history"
    assert len(office.slack.calls(looked)) == 1


@pytest.mark.parametrize("is_performed", [True, False], ids=["accepted", "not accepted"])
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"trouble": Trouble.DROPPED}, id="A10 closed"),
        pytest.param({"trouble": Trouble.DROPPED, "reset": True}, id="A10 reset"),
        pytest.param({"trouble": Trouble.HELD}, id="A10 timeout"),
        pytest.param({"trouble": Trouble.ERROR, "error": "fatal_error"}, id="A11 fatal_error"),
        pytest.param({"trouble": Trouble.ERROR, "error": "internal_error"}, id="A11 internal_error"),
        pytest.param({"trouble": Trouble.UNAVAILABLE, "status": 500}, id="A12 500 html"),
        pytest.param({"trouble": Trouble.UNAVAILABLE, "status": 503}, id="A12 503 html"),
        pytest.param({"trouble": Trouble.TRUNCATED}, id="A12 truncated JSON"),
        pytest.param({"trouble": Trouble.EMPTY}, id="A12 empty 200"),
    ],
)
async def test_a10_a11_a12_a_lost_answer_is_visible_once(
    office: PostOffice, fault: dict[str, Any], is_performed: bool, caplog: pytest.LogCaptureFixture
) -> None:
    office.breaks(**fault, method="chat.postMessage", count=1, performs=is_performed)
    await office.put()
    worker = office.worker()

    await office.run(worker, seconds=15, step=5)
    assert office.posts() == 1, "one request for an attempt, and none before Slack was asked"
    await office.run(worker, seconds=10, step=5)

    assert await office.is_visible_once()
    assert office.posts() == (1 if is_performed else 2)
    assert office.counts.of["in doubt"] == 1
    assert "Traceback" not in caplog.text


async def test_a_lost_refusal_of_a_channel_that_was_not_joined_costs_seconds_and_not_minutes(
    office: PostOffice,
) -> None:
    office.breaks(trouble=Trouble.DROPPED, method="chat.postMessage", count=1, performs=False)
    await office.put(channel="C_OUT")

    await office.run(office.worker(), seconds=40, step=5)

    assert len(office.copies((await office.row()).id, ["C_OUT"])) == 1


UNREADABLE = [
    pytest.param({"trouble": Trouble.ERROR, "error": "missing_scope"}, id="no right"),
    pytest.param({"trouble": Trouble.LIMITED, "retry_after": "30"}, id="429"),
    pytest.param({"trouble": Trouble.UNAVAILABLE}, id="503"),
]


@pytest.mark.parametrize("fault", UNREADABLE)
async def test_a13_a_reminder_that_nobody_can_know_about_is_not_posted_again(
    office: PostOffice, fault: dict[str, Any]
) -> None:
    office.breaks(**fault, method="conversations.*")
    office.breaks(trouble=Trouble.DROPPED, method="chat.postMessage", count=1, performs=True)
    await office.put(notice=REMINDER)

    await office.run(office.worker(), seconds=3600, step=30)

    row = await office.row()
    assert (row.state, office.posts()) == (DeliveryState.AMBIGUOUS, 1)
    assert office.scribe.given_up == [f"ambiguous: {row.reason}"]


@pytest.mark.parametrize("fault", UNREADABLE)
async def test_a13_anything_else_is_posted_once_more_after_ten_minutes_and_the_copy_is_taken_away_when_it_can_be_seen(
    office: PostOffice, fault: dict[str, Any]
) -> None:
    office.breaks(**fault, method="conversations.*")
    office.breaks(trouble=Trouble.DROPPED, method="chat.postMessage", count=1, performs=True)
    await office.put()
    worker = office.worker()

    await office.run(worker, seconds=590, step=10)
    assert office.posts() == 1
    await office.run(worker, seconds=40, step=10)
    assert len(office.copies((await office.row()).id)) == 2

    office.time.advance(901)
    await worker.sweep(office.time.now())
    assert len(office.copies((await office.row()).id)) == 2, "it still cannot be seen"
    office.slack.faults.lift()
    office.time.advance(901)
    await worker.sweep(office.time.now())

    assert await office.is_visible_once()
    assert office.counts.of["duplicates deleted"] == 1
    office.time.advance(901)
    assert await worker.sweep(office.time.now()) == 0, "and is not looked for again"


async def test_a13_a_history_that_is_busy_for_a_while_costs_nothing(office: PostOffice) -> None:
    office.breaks(trouble=Trouble.LIMITED, method="conversations.history", count=2, retry_after="30")
    office.breaks(trouble=Trouble.DROPPED, method="chat.postMessage", count=1, performs=True)
    await office.put(notice=REMINDER)

    await office.run(office.worker(), seconds=120, step=5)

    assert await office.is_visible_once()
    assert office.posts() == 1


async def test_a14_a_history_that_lags_is_waited_for(office: PostOffice) -> None:
    office.breaks(trouble=Trouble.LAG, method="conversations.history", seconds=8)
    office.breaks(trouble=Trouble.DROPPED, method="chat.postMessage", count=1, performs=True)
    await office.put()

    await office.run(office.worker(), seconds=60)

    assert await office.is_visible_once()
    assert office.posts() == 1


async def test_a15_a_channel_with_too_much_in_it_is_not_taken_for_looked_through(office: PostOffice) -> None:
    office.breaks(trouble=Trouble.DROPPED, method="chat.postMessage", count=1, performs=True)
    await office.put(notice=REMINDER)
    worker = office.worker()
    await office.tick(worker)
    talker = office.slack.person("U_ADA")
    for number in range(850):
        await talker.say(PAY, f"message {number}")

    await office.run(worker, seconds=30)

    assert (await office.row()).state is DeliveryState.AMBIGUOUS
    assert len(office.slack.calls("conversations.history")) == 4


async def test_a16_frozen_after_the_mark_a_worker_gives_up_when_too_little_of_its_lease_is_left(
    office: PostOffice,
) -> None:
    await office.put()
    looks = iter([0.0, 90.0])
    thawed = office.worker(monotonic=lambda: next(looks))

    await office.tick(thawed)
    assert office.posts() == 0

    await office.run(office.worker(), seconds=2)
    assert await office.is_visible_once()
    assert (await office.row()).attempts == 1


async def test_a16_frozen_after_the_claim_a_worker_finds_itself_overtaken(office: PostOffice) -> None:
    await office.put()
    means = replace(office.means(), turns=asyncio.Semaphore(1))
    frozen = type(office.worker())(means)
    await frozen.drain(office.time.now())
    async with means.turns:
        await office.leases_run_out()
        await office.tick(office.worker())
    await frozen.idle()

    assert await office.is_visible_once()
    assert office.posts() == 1


class Freezing(Gateway):
    """Stands still between the last look at the lease and the call."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.arrived = asyncio.Event()
        self.thaw = asyncio.Event()

    async def post(
        self,
        tenant: TenantId,
        channel: ChannelId,
        message: Message,
        thread: MessageTs | None,
        delivery: DeliveryId,
    ) -> Place:
        self.arrived.set()
        await self.thaw.wait()
        return await super().post(tenant, channel, message, thread, delivery)


async def test_a17_frozen_between_the_check_and_the_post_a_worker_takes_its_own_copy_back(office: PostOffice) -> None:
    async with a_gateway(office.slack, Freezing) as freezing:
        await office.put()
        frozen = office.worker(gateway=freezing)
        await frozen.drain(office.time.now())
        await freezing.arrived.wait()
        await office.leases_run_out()
        await office.run(office.worker(), seconds=30)
        assert await office.is_visible_once()

        freezing.thaw.set()
        await frozen.idle()

    assert await office.is_visible_once()
    assert office.counts.of["duplicates deleted"] == 1
    assert len(office.scribe.delivered_ts) == 1


async def test_a17_two_thawed_workers_agree_on_one_copy(office: PostOffice) -> None:
    """The first posts while the second is frozen in the same place: the late copy is the one, for both."""
    async with a_gateway(office.slack, Freezing) as one, a_gateway(office.slack, Freezing) as other:
        await office.put()
        first, second = office.worker(gateway=one), office.worker(gateway=other)
        await first.drain(office.time.now())
        await one.arrived.wait()
        await office.leases_run_out()
        for _ in range(30):
            office.time.advance(1)
            await second.drain(office.time.now())
            await asyncio.sleep(0)
            if other.arrived.is_set():
                break
            await asyncio.wait([asyncio.ensure_future(other.arrived.wait())], timeout=0.05)
        one.thaw.set()
        await first.idle()
        assert await office.is_visible_once()

        office.time.advance(2)
        other.thaw.set()
        await second.idle()

    assert await office.is_visible_once()
    assert len(office.scribe.delivered_ts) == 1
    await office.put("next")
    await office.run(office.worker(), seconds=3)
    assert await office.is_visible_once("next"), "the channel is free again"


async def test_a17_posted_late_and_no_longer_wanted_the_copy_is_taken_back(office: PostOffice) -> None:
    async with a_gateway(office.slack, Freezing) as freezing:
        await office.put()
        frozen = office.worker(gateway=freezing)
        await frozen.drain(office.time.now())
        await freezing.arrived.wait()
        await office.leases_run_out()
        office.breaks(trouble=Trouble.ERROR, error="is_archived", method="chat.postMessage", count=1)
        await office.run(office.worker(), seconds=30)
        assert (await office.row()).state is DeliveryState.DEAD

        freezing.thaw.set()
        await frozen.idle()

    assert office.copies((await office.row()).id) == []


async def test_a18_a_copy_that_a_thawed_and_then_killed_worker_left_is_swept_away(office: PostOffice) -> None:
    await office.put()
    claim = await office.claim_one()
    await office.mark(claim)
    await office.leases_run_out()
    worker = office.worker()
    await office.run(worker, seconds=30)
    await office.post_a_copy(claim.envelope.id)
    assert len(office.copies(claim.envelope.id)) == 2

    office.time.advance(15 * 60)
    await worker.sweep(office.time.now())

    assert await office.is_visible_once()
    assert office.counts.of["duplicates deleted"] == 1


async def test_a19_the_same_occurrence_decided_by_four_at_once_is_one_delivery(office: PostOffice) -> None:
    added = await asyncio.gather(*(office.put(f"day-{day}") for day in range(5) for _ in range(4)))

    assert Counter(added) == {True: 5, False: 15}
    await office.run(office.worker(), seconds=10)
    assert await office.states() == {DeliveryState.DELIVERED: 5}
    assert office.posts() == 5


async def test_a20_four_workers_send_each_once_and_one_a_second_to_a_channel(office: PostOffice) -> None:
    channels = many_channels(office.slack, 25)
    for number in range(3):
        for channel in channels:
            await office.put(f"{channel}-{number}", channel=channel)
    workers = [office.worker() for _ in range(4)]

    for _ in range(4):
        for _again in range(2):
            await asyncio.gather(*(office.tick(worker) for worker in workers))
        office.time.advance(1)

    assert await office.states() == {DeliveryState.DELIVERED: 75}
    assert office.posts() == 75, "the stand-in answers 429 to a second message within a second"
    for channel in channels:
        shown = office.slack.messages(channel)
        assert [message.text[-3] for message in shown] == ["0", "1", "2"]
        assert len({message.ts.partition(".")[0] for message in shown}) == 3, "each in a second of its own"


async def test_three_workers_that_died_with_it_are_enough(office: PostOffice) -> None:
    await office.put()
    for _ in range(3):
        await office.claim_one()
        await office.leases_run_out()

    await office.run(office.worker(), seconds=5)

    assert office.scribe.given_up == ["poison"]
    assert office.posts() == 0


async def test_a_poisonous_one_that_is_visible_all_the_same_counts_as_delivered(office: PostOffice) -> None:
    await office.put()
    for _ in range(2):
        await office.claim_one()
        await office.leases_run_out()
    claim = await office.claim_one()
    await office.mark(claim)
    await office.post_a_copy(claim.envelope.id)
    await office.leases_run_out()

    await office.run(office.worker(), seconds=30)

    assert await office.is_visible_once()


async def test_one_that_is_always_refused_for_now_ends_after_twelve_attempts(office: PostOffice) -> None:
    office.breaks(trouble=Trouble.ERROR, error="service_unavailable", method="chat.postMessage")
    await office.put()

    await office.run(office.worker(), seconds=5000, step=20)

    assert (office.scribe.given_up, office.posts()) == (["service_unavailable"], 12)


async def test_e12_an_answer_about_another_channel_counts_as_lost(office: PostOffice) -> None:
    office.slack.workspace.channels["C_WRONG"] = office.slack.workspace.channels[PAY]
    await office.put(channel="C_WRONG")

    await office.tick(office.worker())

    row = await office.row()
    assert (row.state, row.reason) == (DeliveryState.POSTING, "answered for another message")
