"""One person's step from two devices, in two processes, at the same moment: one is kept and the other told. D01."""

import pytest

from bot.services.assessing import Stale
from bot.services.turning import NextStep
from bot.store.database import Database, open_database
from tests.services import same_step
from tests.store.builders import install

ROUNDS = 200  # ten thousand are `python -m tests.faults.attacks`


@pytest.mark.timeout(300)
@pytest.mark.parametrize("migrated_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
async def test_d01_of_two_hundred_pairs_one_is_kept_and_the_other_told(db: Database, migrated_url: str) -> None:
    other = open_database(migrated_url)
    await install(db)

    ended, overwritten = await same_step.rounds(db, other, 0, ROUNDS)
    await other.close()

    assert overwritten == []
    assert ended == {NextStep: ROUNDS, Stale: ROUNDS}
