"""A21: everything dies at once, again and again, while teams assess themselves and the worker tells of it."""

import asyncio

import pytest

from tests.faults.crowd import BOTH, WITHIN, Crowd
from tests.flows.assessment import STEPS

pytestmark = [pytest.mark.process, pytest.mark.postgres, pytest.mark.timeout(1800)]


async def test_a21_all_killed_at_once_again_and_again_everything_is_there_after_each_time(
    crowd: Crowd, long: bool
) -> None:
    people, kills = (15, 30) if long else (3, 3)
    await crowd.front.start(parts=BOTH)
    walking = [asyncio.create_task(crowd.walk(number)) for number in range(people)]
    crowd.up.set()
    every = people * len(STEPS) // kills

    for kill in range(kills):
        await asyncio.wait_for(crowd.until_steps(every * (kill + 1)), WITHIN)
        await crowd.die()
        # What the dead had in hand is neither here nor there yet; all else is as it must be.
        assert (await crowd.found()).broken == []
        await crowd.come_back()
    await asyncio.wait_for(asyncio.gather(*walking), WITHIN)
    await crowd.all_said()

    found = await crowd.found()
    assert found.broken == []
    assert (found.lost, found.doubled) == (0, 0)
    assert len(crowd.front.saved) == people * len(STEPS)
    assert [crowd.finished(number) for number in range(people)] == [1] * people
