"""What a decision about time goes by is one statement, and says what its parts say when each is asked."""

from datetime import time

import pytest
from sqlalchemy.exc import NoResultFound

from bot.domain.ids import StepId, TeamId, UserId
from bot.domain.model import Stage
from bot.domain.preferences import TeamSettings, WorkspacePolicy
from bot.domain.teams import Team
from bot.store import choices, people, surroundings, teams
from bot.store.database import Database
from tests.store.builders import ADA, BOB, HERE, NOW, a_team, install

CAT = UserId("U_CAT")
CHOSEN = TeamSettings(
    zone="Europe/Paris", digest_at=time(10), targets={StepId("process"): Stage.RUN, StepId("tools"): Stage.WALK}
)
POLICY = WorkspacePolicy(zone="Asia/Tokyo", weekdays=frozenset({0, 1, 2}), guests=True)


@pytest.fixture
async def team(db: Database) -> Team:
    """Ada leads it; Bob is known as well, and Cat is not."""
    await install(db)
    async with db.begin(HERE) as tx:
        for user in (ADA, BOB):
            await people.meet(tx, user, NOW)
        return await a_team(tx)


@pytest.mark.parametrize("users", [[], [BOB], [ADA, BOB, CAT]], ids=["nobody", "another", "all"])
@pytest.mark.parametrize("is_chosen", [False, True], ids=["nothing chosen", "much chosen"])
async def test_it_says_what_its_parts_say(db: Database, team: Team, users: list[UserId], is_chosen: bool) -> None:
    async with db.begin(HERE) as tx:
        if is_chosen:
            await choices.choose_for_team(tx, team.id, CHOSEN)
            await choices.choose_for_workspace(tx, POLICY)
        read = await surroundings.of(tx, team.id, users)
        assert read.team == await teams.by_id(tx, team.id)
        assert read.settings == await choices.of_team(tx, team.id)
        assert read.policy == await choices.of_workspace(tx)
        assert read.people == await people.of(tx, [*users, ADA])
    assert (read.settings.targets == CHOSEN.targets) is is_chosen


async def test_about_no_team_it_is_the_people_and_the_workspace(db: Database, team: Team) -> None:
    async with db.read(HERE) as tx:
        read = await surroundings.of(tx, None, [BOB])
        assert (read.team, read.settings) == (None, TeamSettings())
        assert read.people == await people.of(tx, [BOB])


async def test_a_team_that_does_not_exist_is_an_error(db: Database) -> None:
    await install(db)
    async with db.read(HERE) as tx:
        with pytest.raises(NoResultFound):
            await surroundings.of(tx, TeamId("none"), [])
