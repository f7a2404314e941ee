"""A mistake of ours about one person's reminders keeps nobody else waiting, and they are told when it is put right."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.domain.ids import TenantId
from bot.domain.touches import Track
from bot.store.schema import TouchRow, TouchState
from tests.flows.assessment import agreed, card_of, replies
from tests.flows.deciding import morning
from tests.flows.times import at, march
from tests.flows.world import World

pytestmark = pytest.mark.both_databases

HERE = TenantId("T0SANDBOX")
HERS = TouchRow.recipient == "U_ADA", TouchRow.track == Track.OWNER


async def spoil(world: World, merges: list[str]) -> None:
    """What no version of the bot has written stands in Ada's row."""
    async with world.db.begin(HERE) as tx:
        await tx.session.execute(update(TouchRow).where(*HERS, TouchRow.state == "planned").values(merges=merges))


async def state(world: World) -> tuple[TouchState, str | None]:
    async with world.db.read(HERE) as tx:
        row = await tx.session.scalar(select(TouchRow).where(*HERS).order_by(TouchRow.local_day))
    assert row is not None
    return row.state, row.reason


async def test_one_whose_turn_fails_keeps_nobody_waiting_and_is_told_when_it_is_put_right(world: World) -> None:
    await agreed(world, march(12), title="Label the disks")
    await agreed(world, march(12), title="Stop the old machines", owner="U_BEN")
    await spoil(world, ["no such rung"])

    await morning(world, march(11))
    await morning(world, march(11), "America/New_York")
    assert len(replies(world, card_of(world, "Stop the old machines"))) == 1
    assert replies(world, card_of(world, "Label the disks")) == []

    await spoil(world, [])
    await world.pass_time(timedelta(hours=1))
    assert await state(world) == (TouchState.SENT, "due")


async def test_those_who_have_their_turns_with_one_that_fails_are_told(world: World) -> None:
    await agreed(world, march(12), title="Label the disks")
    await agreed(world, march(12), title="Stop the old machines", owner="U_BEN")
    await spoil(world, ["no such rung"])

    world.clock.advance((at(march(11), "10:30", "America/New_York") - world.now()).total_seconds())
    with capture_logs() as logs:
        await world.settle()

    assert [line["event"] for line in logs if line["event"].startswith("turn")] == ["turns_taken_apart", "turn_failed"]
    assert len(replies(world, card_of(world, "Stop the old machines"))) == 1
    assert (replies(world, card_of(world, "Label the disks")), await state(world)) == ([], (TouchState.PLANNED, None))


async def test_what_cannot_be_said_for_a_week_ends_as_failed(world: World) -> None:
    await agreed(world, march(12))
    await spoil(world, ["no such rung"])

    await morning(world, march(11))
    assert await state(world) == (TouchState.PLANNED, None)
    await morning(world, march(20))
    assert await state(world) == (TouchState.FAILED, "broken")
