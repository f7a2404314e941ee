"""What could not be delivered: found, counted, and let go once more where nobody can have seen it."""

from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.delivery import DeliveryState
from bot.domain.ids import CardId, DeliveryId
from bot.domain.notices import CardPost
from bot.store import claims, failures, outbox
from bot.store.database import Database, Transaction
from bot.store.queues import Turn
from bot.store.schema import DeliveryRow
from tests.store.builders import DAY, HERE, HOUR, NOW, OPS, PAY, install

ONE, TWO = DeliveryId("7f3a19c2-aaaa"), DeliveryId("7f3a_9c2-bbbb")


async def a_delivery(tx: Transaction, delivery: DeliveryId, state: DeliveryState, **values: Any) -> None:
    key = f"key of {delivery}"
    await outbox.enqueue(tx, key, CardPost(CardId("ca-1")), values.pop("channel", PAY), delivery, NOW)
    ended = {"state": state, "settled_at": NOW, "attempts": 9, "waits": 3, "crashes": 2}
    await tx.session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.key == key)
        .values(id=delivery, **ended | values)
        .execution_options(synchronize_session=False)
    )


async def test_the_latest_come_first_and_what_arrived_is_not_among_them(db: Database) -> None:
    async with db.begin(HERE) as tx:
        await a_delivery(tx, ONE, DeliveryState.DEAD, reason="is_archived", settled_at=NOW - HOUR)
        await a_delivery(tx, TWO, DeliveryState.AMBIGUOUS, reason="answer lost")
        await a_delivery(tx, DeliveryId("fine"), DeliveryState.DELIVERED)
        await a_delivery(tx, DeliveryId("kept"), DeliveryState.SUPPRESSED, reason="closed")
        found = await failures.latest(tx, 5)
        assert [(failure.id, failure.reason) for failure in found] == [(TWO, "answer lost"), (ONE, "is_archived")]
        assert [failure.id for failure in await failures.latest(tx, 1)] == [TWO]


async def test_one_is_found_by_how_its_id_begins_and_by_nothing_else(db: Database) -> None:
    async with db.begin(HERE) as tx:
        await a_delivery(tx, ONE, DeliveryState.DEAD)
        await a_delivery(tx, TWO, DeliveryState.DEAD)
        assert {failure.id for failure in await failures.beginning_with(tx, "7f3a", 5)} == {ONE, TWO}
        # Signs that stand for any others in a pattern stand for themselves here.
        assert [failure.id for failure in await failures.beginning_with(tx, "7f3a_", 5)] == [TWO]
        assert await failures.beginning_with(tx, "%", 5) == []


async def test_causes_are_counted_for_as_long_as_they_are_looked_back_at(db: Database) -> None:
    async with db.begin(HERE) as tx:
        for number in range(3):
            await a_delivery(tx, DeliveryId(f"de-{number}"), DeliveryState.DEAD, reason="is_archived")
        await a_delivery(tx, DeliveryId("de-8"), DeliveryState.DEAD, reason=None)
        await a_delivery(tx, DeliveryId("de-9"), DeliveryState.DEAD, reason="old", settled_at=NOW - 8 * DAY)
        await a_delivery(tx, ONE, DeliveryState.AMBIGUOUS, reason="answer lost")
        assert await failures.causes(tx, NOW - DAY) == {"is_archived": 3, "unknown": 1}
        assert await failures.count_unknown(tx, NOW - DAY) == 1


async def test_the_queue_is_what_could_go_by_now(db: Database) -> None:
    async with db.begin(HERE) as tx:
        assert await failures.queued(tx, NOW) == (0, None)
        await a_delivery(tx, ONE, DeliveryState.PENDING, not_before=NOW - HOUR)
        await a_delivery(tx, TWO, DeliveryState.PENDING, not_before=NOW + HOUR)
        assert await failures.queued(tx, NOW) == (1, NOW - HOUR)


async def test_what_was_given_up_goes_once_more_in_its_old_place(db: Database) -> None:
    await install(db)
    async with db.begin(HERE) as tx:
        await a_delivery(tx, ONE, DeliveryState.DEAD, reason="is_archived", lease_until=NOW, channel=OPS)
        assert await failures.try_again(tx, ONE, NOW + HOUR)
        row = (await tx.session.scalars(select(DeliveryRow).where(DeliveryRow.id == ONE))).one()
        assert (row.state, row.reason, row.attempts, row.waits, row.crashes) == (DeliveryState.PENDING, None, 0, 0, 0)
        assert (row.order, row.settled_at, row.look_since, row.first_tried_at) == (1, None, None, None)
    async with db.begin_for_all() as everywhere:
        (claim,) = await claims.claim(everywhere, NOW + HOUR, 5, Turn())
    assert (claim.envelope.id, claim.is_crashed, claim.envelope.attempts) == (ONE, False, 1)


@pytest.mark.parametrize(
    ("state", "reason", "is_looked_for"),
    [
        pytest.param(DeliveryState.DEAD, "is_archived", False, id="refused"),
        pytest.param(DeliveryState.DEAD, "poison", True, id="its workers died with it"),
        pytest.param(DeliveryState.DEAD, "attempts spent", True, id="not found, again and again"),
        pytest.param(DeliveryState.DEAD, "broken", True, id="a mistake of ours on the way"),
        pytest.param(DeliveryState.AMBIGUOUS, "missing_scope", True, id="nobody can know"),
        pytest.param(DeliveryState.EXPIRED, "suspended: is_archived", True, id="waited for too long"),
    ],
)
async def test_what_may_be_visible_is_looked_for_first(
    db: Database, state: DeliveryState, reason: str, is_looked_for: bool
) -> None:
    await install(db)
    async with db.begin(HERE) as tx:
        tried = {"attempted_at": NOW - HOUR, "first_tried_at": NOW - DAY}
        await a_delivery(tx, ONE, state, reason=reason, **tried)
        assert await failures.try_again(tx, ONE, NOW)
    async with db.begin_for_all() as everywhere:
        (claim,) = await claims.claim(everywhere, NOW, 5, Turn())
    assert (claim.is_in_doubt, claim.is_place_known) == (is_looked_for, not is_looked_for)
    assert claim.first_tried_at == NOW, "its day begins anew"
    if is_looked_for:
        assert claim.attempted_at == NOW - HOUR


async def test_only_what_waits_can_be_cancelled(db: Database) -> None:
    async with db.begin(HERE) as tx:
        for state in DeliveryState:
            await a_delivery(tx, DeliveryId(state), state)
        assert [state for state in DeliveryState if await failures.cancel(tx, DeliveryId(state), NOW)] == ["pending"]
        row = (await tx.session.scalars(select(DeliveryRow).where(DeliveryRow.id == "pending"))).one()
        assert (row.state, row.reason, row.settled_at) == (DeliveryState.SUPPRESSED, failures.CANCELLED, NOW)


@pytest.mark.parametrize("state", [state for state in DeliveryState if state not in failures.GIVEN_UP])
async def test_nothing_else_goes_once_more(db: Database, state: DeliveryState) -> None:
    async with db.begin(HERE) as tx:
        await a_delivery(tx, ONE, state)
        assert not await failures.try_again(tx, ONE, NOW)
        assert not await failures.try_again(tx, DeliveryId("made-up"), NOW)
        row = (await tx.session.scalars(select(DeliveryRow).where(DeliveryRow.id == ONE))).one()
        assert row.state is state
