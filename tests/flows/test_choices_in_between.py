"""What is chosen in a step is kept without *Next*, and changes nothing about which form is the newest."""

import asyncio

import pytest

from sandbox.person import Person
from sandbox.views import View
from tests.flows.assessment import CRAWL, NOT_KNOWN, STEPS, answered, answers, opened, turned
from tests.flows.looking import fields, held, shown, words
from tests.flows.world import World

pytestmark = pytest.mark.both_databases


async def _chosen(world: World, person: Person, view: View, **choices: object) -> View:
    """Options picked one after the other, each told at once; the view as it is then, never replaced."""
    for block, option in choices.items():
        assert (await person.press(view, block_id=block.replace("__", "."), option=option)).status == 200
        await world.answered()
    after = world.slack.screen(person.id)
    assert after is not None
    assert after.hash == view.hash, "nothing may flicker under somebody's hands"
    return after


async def _come_back(world: World, person: Person, view: View) -> View:
    await person.close(view)
    await world.answered()
    world.clock.advance(24 * 3600)
    return await opened(world, person)


async def test_t04_choices_of_a_step_that_is_closed_without_next_are_kept_and_text_is_not(
    world: World, ada: Person
) -> None:
    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, STEPS[:1])
    typed = ada.type(second, {"b_allocation": "84"})

    await _come_back(world, ada, await _chosen(world, ada, typed, g_roles="3", g_skills="unknown"))

    (told,) = world.slack.ephemerals("U_ADA")
    assert told.text == "Saved at step 1 of 5, and your choices in step 2."
    assert "Text that was typed in a step without pressing Next is not saved." in words(told)
    here = world.slack.screen("U_ADA")
    assert here is not None
    assert here.title == "Step 2 of 5: Governance"
    assert (held(here, "g_roles"), held(here, "g_skills"), held(here, "b_allocation")) == ("3", "unknown", None)


async def test_t03_resumed_the_next_day_at_the_saved_step_with_the_ones_before_kept(world: World, ada: Person) -> None:
    fourth = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, STEPS[:3])

    here = await _come_back(world, ada, fourth)

    assert here.title == "Step 4 of 5: Tools"
    before = await turned(world, ada, here, "Back")
    assert held(before, "t_ownership") == "2"


async def test_the_form_in_hand_is_as_fresh_as_before(world: World, ada: Person) -> None:
    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, STEPS[:1])
    chosen = await _chosen(world, ada, second, g_roles="3")

    third = shown(await ada.submit(chosen, answers("governance", 1) | NOT_KNOWN["governance"]))

    assert third.title == "Step 3 of 5: Teams"
    before = await turned(world, ada, third, "Back")
    assert held(before, "g_roles") == "1"


async def test_a_choice_in_a_form_that_is_stale_is_not_kept(world: World, ada: Person) -> None:
    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, STEPS[:1])
    chosen = await _chosen(world, ada, second, g_roles="3")
    place = len(world.slack.sent) - 1
    third = shown(await ada.submit(chosen, answers("governance", 1) | NOT_KNOWN["governance"]))

    await world.slack.resend(place)
    await world.answered()

    assert held(await turned(world, ada, third, "Back"), "g_roles") == "1"


async def test_choosing_in_the_first_step_begins_the_draft_and_looking_at_it_does_not(
    world: World, ada: Person
) -> None:
    first = await _chosen(world, ada, await opened(world, ada), claimed="2", persona="finops", p_reporting="1")

    here = await _come_back(world, ada, first)

    assert world.slack.ephemerals("U_ADA")[0].text == "Saved: your choices in step 1 of 5."
    assert (held(here, "claimed"), held(here, "persona"), held(here, "p_reporting")) == ("2", "finops", "1")
    assert "Welcome back" in words(here)


async def test_what_is_marked_as_not_existing_here_can_be_marked_and_unmarked(world: World, ada: Person) -> None:
    first = await _chosen(world, ada, await opened(world, ada), process__absent=["p_commit", "p_anomaly"])
    here = await _come_back(world, ada, await _chosen(world, ada, first, p_commit="unknown"))
    assert sorted(held(here, "process.absent")) == ["p_anomaly", "p_commit"]

    again = await _come_back(world, ada, await _chosen(world, ada, here, process__absent=["p_commit"]))
    assert held(again, "process.absent") == ["p_commit"]


async def test_a_mark_that_is_taken_back_at_once_leaves_nothing(world: World, ada: Person) -> None:
    marked = await _chosen(world, ada, await opened(world, ada), process__absent=["p_commit", "p_anomaly"])

    here = await _come_back(world, ada, await _chosen(world, ada, marked, process__absent=["p_commit"]))

    assert (held(here, "process.absent"), held(here, "p_anomaly")) == (["p_commit"], None)


async def test_where_a_number_comes_from_is_kept_with_it(world: World, ada: Person) -> None:
    first = ada.type(await opened(world, ada), {"b_forecast": "14"})

    here = await _come_back(world, ada, await _chosen(world, ada, first, b_forecast__source="estimate"))

    assert (held(here, "b_forecast"), held(here, "b_forecast.source")) == ("14", "estimate")


async def test_the_choices_of_the_last_step_are_kept_as_well(world: World, ada: Person) -> None:
    fifth = await answered(ada, await opened(world, ada), 0, CRAWL)
    take = next(block for block in fields(fifth) if block.startswith("take."))
    owner = take.replace("take.", "owner.")
    await ada.press(fifth, block_id=take, option=[])
    await ada.press(fifth, block_id=owner, option="U_BEN")
    await world.answered()

    here = await _come_back(world, ada, fifth)

    assert (held(here, take), held(here, owner)) == ([], "U_BEN")


async def test_two_choices_at_the_same_moment_are_both_kept(world: World, ada: Person) -> None:
    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, STEPS[:1])
    await asyncio.gather(
        ada.press(second, block_id="g_roles", option="3"), ada.press(second, block_id="g_skills", option="2")
    )
    await world.answered()

    here = await _come_back(world, ada, second)

    assert (held(here, "g_roles"), held(here, "g_skills")) == ("3", "2")


async def test_one_persons_choices_are_no_others(world: World, ada: Person, ben: Person) -> None:
    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, STEPS[:1])
    bens = await answered(ben, await opened(world, ben, user="U_BEN"), 1, NOT_KNOWN, STEPS[:1])
    await _chosen(world, ada, second, g_roles="3")
    await _chosen(world, ben, bens, g_roles="0")

    assert held(await _come_back(world, ada, second), "g_roles") == "3"
