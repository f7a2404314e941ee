"""An answer that comes too late for Slack, and a person who submits once more meanwhile: B11."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import select

from bot.domain.ids import TenantId
from bot.store.database import Database, Transaction
from bot.store.schema import RespondentRow
from tests.door.setting import HERE
from tests.flows import world as worlds
from tests.flows.assessment import NOT_KNOWN, answers, opened
from tests.flows.looking import shown
from tests.flows.slowness import SlowDatabase


class CrowdedDatabase(SlowDatabase):
    """Knows when so many have begun to read."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.expected, self.crowded = 0, asyncio.Event()

    @asynccontextmanager
    async def read(self, tenant: TenantId) -> AsyncIterator[Transaction]:
        self.expected -= 1
        if self.expected == 0:
            self.crowded.set()
        async with super().read(tenant) as tx:
            yield tx


async def test_b11_submitted_again_while_the_first_is_under_way_it_is_one_step_and_the_truth_is_shown(
    db: Database,
) -> None:
    slow = CrowdedDatabase(db)
    async with worlds.world(slow) as world:
        ada = world.slack.person("U_ADA")
        first = await opened(world, ada)
        slow.hold_up()
        slow.expected = 2
        values = answers("process", 2) | NOT_KNOWN["process"]
        both = asyncio.gather(ada.submit(first, values), ada.submit(first, values))
        await asyncio.wait_for(slow.crowded.wait(), 10)
        slow.go_on()

        one, other = await both

        assert {shown(one).title, shown(other).title} == {"Step 2 of 5: Governance"}
        async with db.read(HERE) as tx:
            versions = (await tx.session.scalars(select(RespondentRow.version))).all()
        assert versions == [1]
