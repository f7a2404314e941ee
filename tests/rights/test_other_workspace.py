"""Ids of another workspace in whatever a person of this one sends: as if they did not exist, and nothing there changes.

C01 and C11. Here a few of each handler; all of them are `python -m tests.faults.attacks`, as `make faults` runs it.
"""

import pytest

from tests.flows.world import World
from tests.rights import probes

SEED = 1
OF_EACH = 2
LEAST = 5_000


def test_c01_there_are_more_than_five_thousand_probes_and_every_handler_is_among_the_few() -> None:
    everything = list(probes.every())
    few = probes.some(SEED, OF_EACH)
    assert len(everything) == len(set(everything)) > LEAST
    assert {(probe.kind, probe.handler) for probe in few} == {(probe.kind, probe.handler) for probe in everything}


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_c01_c11_what_is_anothers_does_not_exist_here(world: World) -> None:
    await probes.prepared(world)
    assert await probes.tried(world, probes.some(SEED, OF_EACH)) == []
