"""A few thousand changed requests; a million of each kind are `python -m tests.faults.attacks`. J02."""

import pytest

from tests.door import storm
from tests.flows.world import World

SEED = 1


# A form that was begun for a request that turns out to be a repeated one, or has no trigger, is not drawn.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore:coroutine .* was never awaited")
@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_j02_changed_requests_break_nothing_and_unsigned_ones_do_nothing(world: World) -> None:
    payloads = await storm.recorded(world)
    assert len(payloads) == storm.RECORDED

    became, broken = await storm.signed(world, payloads, SEED, 200)
    refused, unsound = await storm.unsigned(world, payloads, SEED, 3000)

    assert broken == []
    assert unsound == []
    assert set(became) == {"2xx", "4xx", "apologies"}
    assert refused.total() == 3000
