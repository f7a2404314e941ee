"""The store takes its time, or a view is gone before it has answered: nobody is left with an error or nothing."""

import asyncio

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeout
from structlog.testing import capture_logs

from bot.slack.replies import NOT_NOW
from bot.store.database import Database
from sandbox.faults import Fault, Trouble
from sandbox.person import Person
from tests.flows import world as worlds
from tests.flows.assessment import NOT_KNOWN, answered, opened
from tests.flows.looking import held, words
from tests.flows.slowness import BreakingDatabase, Broken, SlowDatabase
from tests.flows.world import World

pytestmark = pytest.mark.both_databases


async def test_t01_a_light_view_comes_at_once_and_is_filled_when_the_store_answers(db: Database) -> None:
    slow = SlowDatabase(db)
    async with worlds.world(slow) as world:
        ada = world.slack.person("U_ADA")
        slow.hold_up()
        await ada.command("/finops-assess")
        light = await world.slack.until(lambda: world.slack.screen("U_ADA"))
        assert light is not None
        assert "Opening your assessment" in words(light)
        assert world.slack.sent[-1].seconds < 1

        slow.go_on()
        await world.answered()

        full = world.slack.screen("U_ADA")
        assert full is not None
        assert (full.id, full.title) == (light.id, "Step 1 of 5: Processes")
        assert world.slack.complaints == []


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        pytest.param(Broken(), "Reference: ", id="a mistake of ours"),
        pytest.param(PoolTimeout(), NOT_NOW, id="too many at once"),
    ],
)
async def test_a_store_that_fails_says_so_in_the_view_that_it_left_empty(
    db: Database, trouble: Exception, told: str
) -> None:
    broken = BreakingDatabase(db)
    async with worlds.world(broken) as world:
        ada = world.slack.person("U_ADA")
        broken.hold_up()
        await ada.command("/finops-assess")
        await world.slack.until(lambda: world.slack.screen("U_ADA"))

        broken.breaks_with = trouble
        with capture_logs() as logged:
            broken.go_on()
            await world.answered()

        assert [entry["event"] for entry in logged if entry["log_level"] == "error"] == ["work after the answer failed"]
        assert "Nothing is lost" in words(world.slack.screen("U_ADA"))
        assert told in world.slack.ephemerals("U_ADA")[-1].text
        assert world.slack.complaints == []


async def test_t06_a_form_closed_while_it_is_redrawn_loses_nothing(world: World, ada: Person) -> None:
    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"])
    chosen = ada.type(second, {"g_roles": "3"})
    await asyncio.gather(ada.press(chosen, text="Back"), ada.close(chosen))
    await world.answered()

    assert [called.outcome for called in world.slack.calls("views.update")] == ["not_found"]
    assert not any("went wrong" in told.text for told in world.slack.ephemerals("U_ADA"))
    again = await opened(world, ada)
    assert again.title == "Step 1 of 5: Processes"
    assert held(again, "p_reporting") == "2"
    assert held((await answered(ada, again, 2, NOT_KNOWN, ["process"])), "g_roles") == "3"


@pytest.mark.parametrize("reason", ["hash_conflict", "not_found"])
async def test_t06_a_form_that_changed_meanwhile_is_no_error(world: World, ada: Person, reason: str) -> None:
    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"])
    world.slack.faults.add(Fault(Trouble.ERROR, "views.update", count=1, performs=False, error=reason))

    await ada.press(second, text="Back")
    await world.answered()

    assert world.slack.ephemerals("U_ADA") == []
    assert (await opened(world, ada)).title == "Step 1 of 5: Processes"
