"""A workspace with a hundred thousand messages due keeps the others waiting by no more than its share. C15."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.ids import AssessmentId, ChannelId, TenantId
from bot.domain.notices import StageUp
from bot.store import claims, outbox, queues
from bot.store.database import Database, SystemTransaction
from bot.store.queues import Turn
from tests.store.builders import HOUR, NOW, a_tenant, install
from tests.store.heaps import heap

BUSY = TenantId("T_BUSY")
OTHERS = [TenantId(f"T_{number:02}") for number in range(20)]
BACKLOG = 100_000
HANDS = 50
# A claim reads lanes, heads and rows for as many as there are hands, and a little of each workspace.
MOST_ROWS = 10 * HANDS


async def put(db: Database, tenant: TenantId, many: int) -> None:
    async with db.begin(tenant) as tx:
        for number in range(many):
            key = f"{tenant}-{number}"
            await outbox.enqueue(tx, key, StageUp(AssessmentId(key)), ChannelId(f"C{number}"), key, NOW)


async def claimed(db: Database, turn: Turn, at_most: int = HANDS) -> Counter[TenantId]:
    async with db.begin_for_all() as tx:
        return Counter(claim.envelope.tenant for claim in await claims.claim(tx, NOW, at_most, turn))


async def test_c15_a_hundred_thousand_of_one_workspace_leave_the_others_their_turn(db: Database) -> None:
    await heap(db, BUSY, BACKLOG, NOW - HOUR)
    for tenant in OTHERS:
        await install(db, a_tenant(tenant))
        await put(db, tenant, 4)

    async with db.begin_for_all() as tx:
        for index, query in (
            ("ix_lanes_due", queues.due(tx, NOW).limit(HANDS)),
            ("ix_lanes_of_tenant", queues.waiting(tx, NOW, "").limit(HANDS)),
            ("ix_lanes_of_tenant", queues.shares(tx, NOW, [BUSY, *OTHERS], 2)),
        ):
            plan = await explained(tx, query)
            assert index in str(plan)
            assert "SCAN lanes" not in str(plan)
            assert "SCAN deliveries" not in str(plan)
            assert all(rows <= MOST_ROWS for rows in read(plan)), plan

    turn = Turn()
    first, second = await claimed(db, turn), await claimed(db, turn)
    assert [first[tenant] + second[tenant] for tenant in OTHERS] == [4] * len(OTHERS)
    assert first[BUSY] + second[BUSY] == 2 * HANDS - 4 * len(OTHERS), "no hand is idle, and the rest is for who waits"
    assert await claimed(db, turn) == {BUSY: HANDS}, "alone, it has all of them"


@pytest.mark.parametrize("hands", [1, 3])
async def test_c15_with_few_hands_the_turn_goes_round(db: Database, hands: int) -> None:
    await heap(db, BUSY, 50, NOW - HOUR)
    for tenant in OTHERS[:6]:
        await install(db, a_tenant(tenant))
        await put(db, tenant, 4)
    turn, served = Turn(), Counter[TenantId]()

    for _ in range(21 // hands):
        served += await claimed(db, turn, hands)

    assert dict(served) == dict.fromkeys([BUSY, *OTHERS[:6]], 3)


async def test_c15_a_stopped_workspace_has_no_turn(db: Database) -> None:
    await heap(db, BUSY, 50, NOW - HOUR)
    await install(db, a_tenant(OTHERS[0]))
    await put(db, OTHERS[0], 2)
    async with db.begin_for_all() as tx:
        await tx.session.execute(text(f"UPDATE tenants SET stopped_at = installed_at WHERE id = '{BUSY}'"))

    assert await claimed(db, Turn(), 1) == {OTHERS[0]: 1}


async def explained(tx: SystemTransaction, query: Any) -> Any:
    """How it is done, and on PostgreSQL how many rows were read for it."""
    said = query.compile(tx.session.get_bind(), compile_kwargs={"literal_binds": True})
    if not tx.on_postgresql:
        return [str(line) for line in (await tx.session.execute(text(f"EXPLAIN QUERY PLAN {said}"))).all()]
    (plan,) = (await tx.session.execute(text(f"EXPLAIN (ANALYZE, FORMAT JSON) {said}"))).scalars()
    return plan if isinstance(plan, list) else json.loads(plan)


def read(plan: Sequence[Any]) -> Iterator[float]:
    """How many rows of the outbox each step has looked at."""
    for step in plan:
        if isinstance(step, dict):
            node = step.get("Plan", step)
            if node.get("Relation Name") in ("lanes", "deliveries"):
                yield (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
            yield from read(node.get("Plans", []))
