"""Several people of one team: all are kept, their answers are made one, and nobody's is overwritten unseen: T10."""

import pytest

from sandbox.person import Person
from sandbox.views import View
from tests.flows.assessment import NOT_KNOWN, RUN, STEPS, answered, answers, assessed, opened, own, posts
from tests.flows.deciding import form
from tests.flows.looking import shown, words
from tests.flows.world import World

pytestmark = pytest.mark.both_databases


async def _both_at_the_last_step(world: World, ada: Person, ben: Person) -> tuple[View, View]:
    """Ada answers with the highest levels; Ben sees two things at their lowest."""
    adas = await answered(ada, await opened(world, ada), 3, RUN)
    low = answers("process", 3, p_reporting="0", p_anomaly="1")
    second = shown(await ben.submit(await opened(world, ben, user="U_BEN"), low | NOT_KNOWN["process"]))
    return adas, await answered(ben, second, 3, NOT_KNOWN, STEPS[1:])


async def test_t10_the_result_is_the_lower_median_and_names_what_they_see_differently(
    world: World, ada: Person, ben: Person
) -> None:
    adas, _ = await _both_at_the_last_step(world, ada, ben)
    shown(await ada.submit(adas, {}))
    await world.settle()

    told = posts(world)[0]
    assert "finished its FinOps assessment: Walk, 92 of 100." in told.text
    assert "*Answered quite differently*: cost reports and handling of unexpected cost." in words(told)
    assert "Answered by 2 people" in words(told)
    assert "95 % (from billing data)" in words(told)


async def test_who_is_second_is_told_and_their_action_points_are_added(world: World, ada: Person, ben: Person) -> None:
    adas, bens = await _both_at_the_last_step(world, ada, ben)
    shown(await ada.submit(adas, own(1, "Label the disks")))
    told = shown(await ben.submit(bens, own(1, "Ask finance", "U_BEN")))
    await world.settle()

    assert "Somebody else closed this assessment of *payments* before you." in words(told)
    assert "Their result stands." in words(told)
    assert len([kept for kept in posts(world) if "finished" in kept.text]) == 1
    assert len([kept for kept in posts(world) if "Label the disks" in kept.text and kept.text.startswith("A-")]) == 1
    (added,) = [kept for kept in posts(world) if "Ask finance" in kept.text]
    assert "<@U_BEN>" in added.text


async def test_one_who_has_not_finished_is_told_that_it_was_closed(world: World, ada: Person, ben: Person) -> None:
    bens = await answered(ben, await opened(world, ben, user="U_BEN"), 1, NOT_KNOWN, ["process"])
    shown(await ada.submit(await answered(ada, await opened(world, ada), 3, RUN), {}))

    told = shown(await ben.submit(bens, answers("governance", 1) | NOT_KNOWN["governance"]))

    assert "This assessment was closed since you opened it, so this was not counted." in words(told)


async def test_two_first_steps_at_the_same_time_are_one_draft(world: World, ada: Person, ben: Person) -> None:
    adas, bens = await opened(world, ada), await opened(world, ben, user="U_BEN")
    shown(await ada.submit(adas, answers("process", 3) | RUN["process"]))

    second = shown(await ben.submit(bens, answers("process", 2) | NOT_KNOWN["process"]))

    ended = await answered(ben, second, 3, RUN, STEPS[1:])
    shown(await ben.submit(ended, {}))
    await world.settle()
    told = [kept for kept in posts(world) if "finished" in kept.text]
    assert len(told) == 1
    assert "Answered by 2 people" in words(told[0])


async def test_t10_members_see_what_was_agreed_and_how_far_apart_people_were_but_not_who(
    world: World, ada: Person, ben: Person
) -> None:
    adas, _ = await _both_at_the_last_step(world, ada, ben)
    shown(await ada.submit(adas, {}))
    await world.settle()

    for person in (ada, ben):
        view = await form(world, person, posts(world)[0], "See answers")
        said = words(view)
        assert "*payments*, answered by 2 people." in said
        assert said.count("Answered quite differently: from not in place yet to Run.") == 1
        assert said.count("Answered quite differently: from Crawl to Run.") == 1
        assert said.count("Answered quite differently") == 2
        assert "U_ADA" not in said
        assert "U_BEN" not in said


async def test_t10_who_does_not_belong_to_the_team_sees_no_answers(world: World, ada: Person) -> None:
    await assessed(world, 2, RUN)

    view = await form(world, world.slack.person("U_CHI"), posts(world)[0], "See answers")

    assert words(view) == "Only those who belong to the team see its answers."


async def test_who_comes_second_is_told_who_is_at_it_and_that_answers_are_kept_apart(
    world: World, ada: Person, ben: Person
) -> None:
    third = await answered(ada, await opened(world, ada), 3, RUN, STEPS[:2])
    await ada.close(third)

    first = await opened(world, ben, user="U_BEN")

    assert "<@U_ADA> is on step 3 of 5 (saved <!date^" in words(first)
    assert "Your answers are kept apart: nobody else sees or changes them." in words(first)
    second = await answered(ben, first, 1, NOT_KNOWN, STEPS[:1])
    assert "<@U_ADA>" not in words(second)
