"""A workspace with a team and its draft, on both databases."""

from dataclasses import dataclass

import pytest

from bot.domain.assessment import Assessment
from bot.domain.teams import Team
from bot.store.database import Database
from tests.store.builders import ADA, HERE, a_draft, a_team, install, take_part


@dataclass(frozen=True)
class Desk:
    """Ada leads the team and has begun its assessment."""

    db: Database
    team: Team
    draft: Assessment


@pytest.fixture
async def desk(db: Database) -> Desk:
    await install(db)
    async with db.begin(HERE) as tx:
        team = await a_team(tx)
        draft = await a_draft(tx, team.id)
        await take_part(tx, draft.id, ADA)
    return Desk(db, team, draft)
