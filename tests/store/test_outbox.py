"""What is put in, taken back and moved, and which of it is claimed."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, text, update

from bot.domain.delivery import Again, DeliveryState, Ended, Message, Post
from bot.domain.ids import AssessmentId, CardId, ChannelId, TenantId
from bot.domain.notice_kinds import decode
from bot.domain.notices import CardEdit, StageUp
from bot.store import claims, lanes, outbox, queues, settlements
from bot.store.claims import Claim
from bot.store.database import Database, open_database
from bot.store.outbox import Owed
from bot.store.queues import Turn
from bot.store.schema import Base, DeliveryRow, LaneRow, TenantRow

HERE = TenantId("T1")
PAY = ChannelId("C_PAY")
OPS = ChannelId("C_OPS")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = open_database(database_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with database.begin_for_all() as tx:
        await tx.session.execute(insert(TenantRow).values(id=HERE, installed_at=NOW))
    yield database
    await database.close()


async def put(
    database: Database, key: str, channel: ChannelId = PAY, not_before: datetime | None = None, subject: str = ""
) -> bool:
    async with database.begin(HERE) as tx:
        notice = StageUp(AssessmentId(key))
        return await outbox.enqueue(tx, key, notice, channel, subject or key, NOW, not_before)


async def claim(database: Database, now: datetime = NOW, at_most: int = 10) -> list[Claim]:
    async with database.begin_for_all() as tx:
        return await claims.claim(tx, now, at_most, Turn())


async def keys(database: Database, now: datetime = NOW) -> list[str]:
    return [taken.envelope.key for taken in await claim(database, now)]


async def row(database: Database, key: str) -> DeliveryRow:
    async with database.read(HERE) as tx:
        return (await tx.session.scalars(select(DeliveryRow).where(DeliveryRow.key == key))).one()


async def lane(database: Database, channel: ChannelId = PAY) -> LaneRow:
    async with database.read(HERE) as tx:
        return (await tx.session.scalars(select(LaneRow).where(LaneRow.channel_id == channel))).one()


async def let_go(database: Database, taken: Claim, paced_until: datetime | None = None) -> None:
    async with database.begin(HERE) as tx:
        await lanes.let_go(tx, taken.envelope, paced_until)


async def test_the_same_key_is_taken_once(database: Database) -> None:
    assert [await put(database, "k"), await put(database, "k")] == [True, False]


async def test_what_is_put_in_together_is_numbered_in_its_order_in_each_lane(database: Database) -> None:
    await put(database, "a")
    owed = [Owed(key, StageUp(AssessmentId(key)), where, key) for key, where in (("b", PAY), ("c", OPS), ("d", PAY))]

    async with database.begin(HERE) as tx:
        assert await outbox.enqueue_each(tx, owed, NOW) == {"b", "c", "d"}

    assert [(await row(database, key)).order for key in "abcd"] == [1, 2, 1, 3]
    assert [(await lane(database, where)).deliveries_numbered for where in (PAY, OPS)] == [3, 1]


async def test_what_is_claimed_says_what_was_put_in(database: Database) -> None:
    await put(database, "k")

    (taken,) = await claim(database)

    assert decode(taken.envelope.kind, taken.fields) == StageUp(AssessmentId("k"))
    assert (taken.envelope.tenant, taken.envelope.channel, taken.envelope.attempts) == (HERE, PAY, 1)
    assert (taken.is_crashed, taken.is_in_doubt, taken.is_poison) == (False, False, False)


async def test_a_rolled_back_decision_says_nothing(database: Database) -> None:
    async def decide_and_fail() -> None:
        async with database.begin(HERE) as tx:
            await outbox.enqueue(tx, "k", StageUp(AssessmentId("a")), PAY, "a", NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await decide_and_fail()
    assert await keys(database) == []


async def test_a_channel_gives_one_at_a_time_the_earliest_first(database: Database) -> None:
    await put(database, "late", not_before=NOW - MINUTE)
    await put(database, "early", not_before=NOW - 2 * MINUTE)
    await put(database, "other", channel=ChannelId("C_WEB"))

    assert sorted(await keys(database)) == ["early", "other"]
    assert await keys(database) == []


async def test_what_waits_longest_is_taken_first(database: Database) -> None:
    for name, minutes in (("a", 1), ("b", 3), ("c", 2)):
        await put(database, name, ChannelId(f"C_{name}"), NOW - minutes * MINUTE)

    assert {taken.envelope.key for taken in await claim(database, at_most=2)} == {"b", "c"}


async def test_a_channel_is_looked_at_when_its_next_one_is_due(database: Database) -> None:
    await put(database, "later", not_before=NOW + 10 * MINUTE)
    await put(database, "sooner", not_before=NOW + 5 * MINUTE)

    assert (await lane(database)).due_at == NOW + 5 * MINUTE
    (taken,) = await claim(database, NOW + 5 * MINUTE)
    async with database.begin(HERE) as tx:
        await settlements.settle(tx, taken.envelope, Ended(DeliveryState.DEAD, "test"), NOW)
        await lanes.let_go(tx, taken.envelope)
    assert (await lane(database)).due_at == NOW + 10 * MINUTE


async def test_a_channel_is_not_spoken_to_before_its_pause_is_over(database: Database) -> None:
    await put(database, "k")
    (taken,) = await claim(database)
    async with database.begin(HERE) as tx:
        await settlements.settle(tx, taken.envelope, Again(NOW, "ratelimited", counts=False), NOW)
        await lanes.let_go(tx, taken.envelope, NOW + MINUTE)

    await put(database, "new")
    assert await keys(database, NOW + 0.9 * MINUTE) == []
    assert await keys(database, NOW + MINUTE) == ["k"]


async def test_a_lane_that_was_called_up_for_nothing_is_not_looked_at_again(database: Database) -> None:
    await put(database, "k")
    await put(database, "later", not_before=NOW + MINUTE)
    async with database.begin(HERE) as tx:
        await outbox.cancel(tx, "k", ["stage_up"], "closed", NOW)

    assert await keys(database) == []
    assert (await lane(database)).due_at == NOW + MINUTE


async def test_cancelling_takes_back_only_what_still_waits(database: Database) -> None:
    await put(database, "in hand", subject="s")
    await claim(database)
    await put(database, "waits", subject="s")
    await put(database, "of another", subject="t")

    async with database.begin(HERE) as tx:
        assert await outbox.cancel(tx, "s", ["stage_up", "card"], "closed", NOW) == 1
        assert await outbox.cancel(tx, "t", ["card"], "closed", NOW) == 0
    assert (await row(database, "waits")).state is DeliveryState.SUPPRESSED
    assert (await row(database, "in hand")).state is DeliveryState.CLAIMED


async def test_an_edit_that_still_waits_is_enough(database: Database) -> None:
    async def edit(card: str = "card") -> bool:
        async with database.begin(HERE) as tx:
            return await outbox.enqueue_edit(tx, CardEdit(CardId(card)), PAY, card, NOW)

    assert [await edit(), await edit(), await edit("other card")] == [True, False, True]
    await claim(database)
    assert [await edit(), await edit()] == [True, False], "one in hand may have been drawn already"


async def test_held_and_brought_forward(database: Database) -> None:
    await put(database, "k", not_before=NOW + MINUTE)
    async with database.begin(HERE) as tx:
        assert await outbox.hold(tx, "k", NOW + 9 * MINUTE)
        assert not await outbox.hold(tx, "k", NOW + 2 * MINUTE), "holding never hastens"
    assert await keys(database, NOW + 8 * MINUTE) == []
    async with database.begin(HERE) as tx:
        assert not await outbox.bring_forward(tx, "k", NOW + 10 * MINUTE), "bringing forward never delays"
        assert await outbox.bring_forward(tx, "k", NOW + MINUTE)
    assert await keys(database, NOW + MINUTE) == ["k"]
    async with database.begin(HERE) as tx:
        assert not await outbox.hold(tx, "k", NOW + 9 * MINUTE), "it is in hand"


async def test_a_stopped_workspace_keeps_what_it_has(database: Database) -> None:
    await put(database, "k")
    async with database.begin_for_all() as tx:
        await tx.session.execute(update(TenantRow).values(stopped_at=NOW))
    assert await keys(database) == []
    async with database.begin_for_all() as tx:
        await tx.session.execute(update(TenantRow).values(stopped_at=None))
    assert await keys(database) == ["k"]


async def test_who_was_away_too_long_can_write_nothing(database: Database) -> None:
    await put(database, "k")
    (old,) = await claim(database)
    async with database.begin_for_all() as tx:
        await tx.session.execute(update(LaneRow).values(lease_until=LONG_AGO))
    (new,) = await claim(database)

    async with database.begin(HERE) as tx:
        assert not await settlements.mark_posting(tx, old.envelope, Post(Message("Hello", ())), NOW, NOW)
        assert not await settlements.settle(tx, old.envelope, Ended(DeliveryState.DEAD, "test"), NOW)
    await let_go(database, old)
    assert new.is_crashed
    assert (await row(database, "k")).state is DeliveryState.CLAIMED
    assert await keys(database) == [], "the old one cannot free the lane, either"


async def test_a_lease_does_not_go_by_the_workers_clock_where_there_are_several(database: Database) -> None:
    await put(database, "k")
    await claim(database)

    taken_again = await keys(database, NOW + timedelta(days=9))

    assert taken_again == ([] if not database.is_sqlite else ["k"])


async def test_what_is_put_in_while_the_last_one_is_settled_is_not_forgotten(database: Database) -> None:
    await put(database, "first")
    (taken,) = await claim(database)

    async def settle() -> None:
        async with database.begin(HERE) as tx:
            await settlements.settle(tx, taken.envelope, Ended(DeliveryState.DEAD, "test"), NOW)
            await lanes.let_go(tx, taken.envelope)

    async with database.begin(HERE) as tx:
        await outbox.enqueue(tx, "second", StageUp(AssessmentId("b")), PAY, "b", NOW)
        settling = asyncio.create_task(settle())
        await asyncio.wait([settling], timeout=0.3)
        assert not settling.done(), "it waits for the lane"
    await settling

    assert await keys(database) == ["second"]


async def test_an_edit_that_a_decision_counts_on_is_not_taken_before_the_decision_is_known(database: Database) -> None:
    async with database.begin(HERE) as tx:
        await outbox.enqueue_edit(tx, CardEdit(CardId("card")), PAY, "card", NOW)

    async with database.begin(HERE) as tx:
        assert not await outbox.enqueue_edit(tx, CardEdit(CardId("card")), PAY, "card", NOW)
        looking = asyncio.create_task(claim(database))
        await asyncio.wait([looking], timeout=0.3)
        assert not looking.done() or looking.result() == []

    taken = [*await looking, *await claim(database)]
    assert len(taken) == 1


async def test_an_idle_look_reads_an_index_and_no_table(database: Database) -> None:
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
    async with database.begin_for_all() as tx:
        if not database.is_sqlite:
            await tx.session.execute(text("SET LOCAL enable_seqscan = off"))
        query = queues.due(tx, NOW).limit(50).compile(tx.session.get_bind(), compile_kwargs={"literal_binds": True})
        plan = "\n".join(str(line) for line in (await tx.session.execute(text(f"{explain} {query}"))).all())

    assert "ix_lanes_" in plan, "of an empty table either index is as good"
    assert "ix_deliveries_waiting" in plan
    assert "SCAN deliveries" not in plan
