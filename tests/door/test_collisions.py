"""F05: PostgreSQL ends one of two transactions that ran into each other. It is done again, and told only in the end."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from bot.domain.actions import ActionState
from bot.domain.delivery import DeliveryState
from bot.services import reminding
from bot.slack.replies import NOT_NOW
from bot.store.collisions import MOST_TIMES
from bot.store.database import Database
from bot.store.schema import AnswerRow, DeliveryRow
from sandbox.person import Person
from tests.door import operators
from tests.door.operators import AT_COMMIT, collisions, counted, holding, until_waiting
from tests.door.setting import HERE, a_team_with_an_action, changes_made, state
from tests.flows.assessment import NOT_KNOWN, STEPS, agreed, answers, opened, replies
from tests.flows.deciding import morning
from tests.flows.times import at, march
from tests.flows.typing import typed
from tests.flows.world import World

pytestmark = pytest.mark.parametrize(
    "migrated_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
A_WHILE = timedelta(minutes=15)
STATES = pytest.mark.parametrize("sqlstate", ["40P01", "40001"], ids=["deadlock", "not serializable"])


@pytest.fixture
def victims(db: Database) -> Iterator[None]:
    """PostgreSQL ends who looks first whether there is a deadlock: the bot's, and not the operator's."""
    with operators.beginning_with(db, "SET LOCAL deadlock_timeout = '50ms'"):
        yield


@pytest.mark.usefixtures("victims")
async def test_f05_a_deadlock_is_not_noticed_by_the_person(world: World, ada: Person, operator: Database) -> None:
    """The action point first and the way back last: an operator wants them in the other order."""
    await a_team_with_an_action(world)
    async with holding(operator, "LOCK TABLE undos IN EXCLUSIVE MODE") as last:
        async with holding(operator, "LOCK TABLE touches IN EXCLUSIVE MODE"):
            told = asyncio.create_task(typed(world, ada, "action done A-1"))
            await until_waiting(operator, 1)
            await last.session.execute(text("SET LOCAL deadlock_timeout = '1h'"))
            first = asyncio.create_task(last.session.execute(text("SELECT 1 FROM actions FOR UPDATE")))
            await until_waiting(operator, 2)
        await first  # the bot was in the way, and gave way

    assert (await told).text != NOT_NOW
    assert (await state(world), await changes_made(world)) == (ActionState.DONE, 1)


@STATES
async def test_f05_the_third_time_may_be_the_one(world: World, ada: Person, operator: Database, sqlstate: str) -> None:
    await a_team_with_an_action(world)
    async with collisions(operator, "actions", sqlstate, MOST_TIMES - 1):
        assert (await typed(world, ada, "action done A-1")).text != NOT_NOW
        assert await counted(operator) == MOST_TIMES
    assert (await state(world), await changes_made(world)) == (ActionState.DONE, 1)


@pytest.mark.parametrize("times", [1, MOST_TIMES - 1])
async def test_f05_a_form_that_collides_is_stored_and_its_next_step_comes(
    world: World, ada: Person, operator: Database, times: int
) -> None:
    view = await opened(world, ada)
    async with collisions(operator, "respondents", "40P01", times):
        submitted = await ada.submit(view, answers(STEPS[0], 2) | NOT_KNOWN.get(STEPS[0], {}))
        assert await counted(operator) > times, "it was done once more"

    assert submitted.view is not None
    assert "Step 2 of 5" in str(submitted.view.spec)
    async with world.db.read(HERE) as tx:
        stored = await tx.session.scalars(select(AnswerRow.question_id))
        assert set(stored) == set(answers(STEPS[0], 2))


async def test_f05_what_collides_in_its_very_end_has_not_been_noted(
    world: World, ada: Person, operator: Database
) -> None:
    await a_team_with_an_action(world)
    async with collisions(operator, "actions", "40001", 1, trigger=AT_COMMIT):
        assert (await typed(world, ada, "action done A-1")).text != NOT_NOW
        assert await counted(operator) == 2
    assert (await state(world), await changes_made(world)) == (ActionState.DONE, 1)


@STATES
async def test_f05_after_three_times_the_person_is_told(
    world: World, ada: Person, operator: Database, sqlstate: str
) -> None:
    await a_team_with_an_action(world)
    async with collisions(operator, "actions", sqlstate, 100):
        assert (await typed(world, ada, "action done A-1")).text == NOT_NOW
        assert await counted(operator) == MOST_TIMES
    assert (await state(world), await changes_made(world)) == (ActionState.OPEN, 0)

    assert (await typed(world, ada, "action done A-1")).text != NOT_NOW
    assert await state(world) is ActionState.DONE


@pytest.mark.parametrize("times", [MOST_TIMES - 1, MOST_TIMES])
async def test_f05_a_reminder_comes_once(world: World, operator: Database, times: int) -> None:
    card = await agreed(world, march(30))
    async with collisions(operator, "touches", "40P01", times):
        world.clock.advance((at(march(23), "10:30") - world.now()).total_seconds())
        if times == MOST_TIMES:
            with pytest.raises(DBAPIError):
                await reminding.tick(world.db, world.gateway, world.now())
            assert replies(world, card) == []
        await world.settle()
    assert len(replies(world, card)) == 1


@pytest.mark.parametrize("times", [MOST_TIMES - 1, MOST_TIMES])
async def test_f05_a_message_is_visible_once(world: World, operator: Database, times: int) -> None:
    """Posted by then: what collides is that this is written down."""
    card = await agreed(world, march(30))
    with capture_logs() as logs:
        async with collisions(operator, "deliveries", "40P01", times, "NEW.state = 'delivered'"):
            await morning(world, march(23))
            await world.pass_time(A_WHILE)
    assert not [line for line in logs if line.get("exc_info")], "no mistake of ours is told of"
    assert len(replies(world, card)) == 1
    was_looked_for = bool(world.slack.calls("conversations.replies"))
    assert was_looked_for == (times == MOST_TIMES), "only where it could not be written down at all"
    async with world.db.read(HERE) as tx:
        assert set(await tx.session.scalars(select(DeliveryRow.state))) == {DeliveryState.DELIVERED}
