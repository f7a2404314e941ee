"""Rights that were lost since a form was opened, steps in an order of one's own, and channels that others share."""

from dataclasses import replace

import pytest

from bot.domain.ids import StepId, UserId
from bot.domain.model import Stage
from bot.store import actions, assessments, people
from bot.views import bookmark, decide, plan
from sandbox.person import Person
from tests.door.setting import HERE
from tests.flows.assessment import NOT_KNOWN, answered, answers, opened, posts
from tests.flows.looking import words
from tests.flows.world import World
from tests.rights.cast import LEAD, MEMBER, NEW, OWNER, an_action, gathered, ways_of
from tests.rights.ways import Ways, everything


async def test_c03_the_last_step_before_the_others_closes_nothing(world: World, ada: Person) -> None:
    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"])
    carried = world.deps.binding.carried(HERE, UserId("U_ADA"), second.spec)
    here = bookmark.read(carried)
    ahead = bookmark.write(replace(here, step=StepId("actions")))
    view = {"type": "modal", "callback_id": plan.CALLBACK, "private_metadata": ahead, "blocks": []}

    await Ways(world, "U_ADA", "C_PAY").form(view, {})
    await world.settle()

    assert posts(world) == []
    async with world.db.read(HERE) as tx:
        draft = await assessments.by_id(tx, here.assessment)
    assert draft is not None
    assert draft.closed_at is None


async def test_c03_a_step_of_an_assessment_that_was_closed_is_not_counted(world: World, ada: Person) -> None:
    adas = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"])
    carried = world.deps.binding.carried(HERE, UserId("U_ADA"), adas.spec)
    async with world.db.begin(HERE) as tx:
        assessment = bookmark.read(carried).assessment
        await assessments.close(tx, assessment, UserId("U_BEN"), world.now(), Stage.RUN, False, 1)
    before = await everything(world)

    told = await ada.submit(adas, answers("governance", 1) | NOT_KNOWN["governance"])

    assert "This assessment was closed since you opened it, so this was not counted." in words(told.view)
    assert await everything(world) == before


@pytest.mark.parametrize("how", ["left", "a guest by now", "not the owner any more"])
async def test_c05_a_right_that_was_lost_since_the_form_was_opened_is_lost(world: World, how: str) -> None:
    team = await gathered(world)
    action = await an_action(world, team)
    view = decide.drop(action)
    async with world.db.begin(HERE) as tx:
        if how == "not the owner any more":
            await actions.put(tx, replace(action, owner=NEW))
        else:
            gone = {"is_member": how != "a guest by now", "is_active": how != "left"}
            await people.put(tx, OWNER, "Europe/Paris", gone["is_member"], gone["is_active"], world.now())
    before = await everything(world)

    await ways_of(world, OWNER).form(view, {"reason": {"value": "not needed"}})

    assert await everything(world) == before


async def test_c05_a_lead_who_gave_the_team_away_does_not_lead_it(world: World) -> None:
    await gathered(world)
    lead = ways_of(world, LEAD)
    await lead.command(f"team lead <@{NEW}>")
    before = await everything(world)

    for text in ("team rename Vaults", f"team remove <@{MEMBER}>", f"team lead <@{LEAD}>"):
        await lead.command(text)

    assert await everything(world) == before


async def test_c07_where_an_event_comes_from_elsewhere_the_workspace_is_the_installing_one(world: World) -> None:
    """Somebody of a connected workspace calls the bot in a shared channel: nothing is done, nothing is told."""
    await gathered(world)
    before = await everything(world)

    await ways_of(world, UserId("U_XAV")).mention("status")
    await ways_of(world, UserId("U_XAV")).mention("action add Something new")

    assert await everything(world) == before
    assert [told.text for told in world.slack.ephemerals("U_XAV")] == []
