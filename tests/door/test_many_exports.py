"""F04: fifty exports at once that get nowhere, and somebody who saves an answer meanwhile."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.handlers.deps import MOST_READERS
from bot.store.database import Database
from sandbox.person import Person
from tests.door import operators
from tests.door.operators import holding, until_waiting
from tests.flows.assessment import RUN, STEPS, WALK, answered, assessed, opened, own
from tests.flows.typing import COMMAND
from tests.flows.world import World

pytestmark = pytest.mark.parametrize(
    "migrated_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
MANY = 50


@pytest.fixture
def slowness(db: Database) -> Iterator[None]:
    """Nobody is told after two seconds that a lock is held: an export takes as long as it takes."""
    with operators.beginning_with(db, "SET LOCAL lock_timeout = '1min'"):
        yield


@pytest.mark.usefixtures("slowness")
async def test_f04_fifty_exports_keep_nobody_from_saving(
    world: World, ada: Person, ben: Person, operator: Database
) -> None:
    await assessed(world, 3, RUN, plan=own(1, "Label the disks"))
    view = await opened(world, ben, "C_OUT", "U_BEN")
    async with holding(operator, "LOCK TABLE actions IN ACCESS EXCLUSIVE MODE"):
        exports = [asyncio.create_task(ada.command(COMMAND, "export json")) for _ in range(MANY)]
        await until_waiting(operator, MOST_READERS)

        last = await answered(ben, view, 2, WALK, STEPS[:3])  # whose forms need nothing of what is held

        assert last.title.startswith("Step 4")
        assert not any(export.done() for export in exports)
    told = [one.text for one in await asyncio.gather(*exports)]
    assert any("on the way to you" in text for text in told)
    await world.answered()
