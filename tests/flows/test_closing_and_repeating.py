"""A modal that is closed, a request that comes twice, a second device: nothing is lost, nothing counts double."""

import pytest

from sandbox import payloads
from sandbox.person import Person
from sandbox.views import View
from tests.flows.assessment import CRAWL, NOT_KNOWN, STEPS, answered, answers, opened, posts, turned
from tests.flows.looking import buttons, fields, held, shown, words
from tests.flows.world import World

pytestmark = pytest.mark.both_databases


async def test_closing_says_what_is_saved_and_resume_goes_on_there(world: World, ada: Person) -> None:
    fourth = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, STEPS[:3])

    await ada.close(ada.type(fourth, {"l_data": "1"}), everything=True)
    await world.answered()
    (told,) = world.slack.ephemerals("U_ADA")
    assert told.text == "Saved at step 3 of 5."
    assert "Text that was typed in a step without pressing Next is not saved." in words(told)
    assert buttons(told) == ["Resume", "Discard draft"]

    world.clock.advance(24 * 3600)
    await ada.press(told, text="Resume")
    await world.answered()
    view = world.slack.screen("U_ADA")
    assert view is not None
    assert view.title == "Step 4 of 5: Tools"
    before = await turned(world, ada, view, "Back")
    assert held(before, "t_ownership") == "2"


async def test_closing_the_first_step_leaves_nothing_and_says_nothing(world: World, ada: Person) -> None:
    await ada.close(await opened(world, ada))
    await world.answered()

    assert world.slack.ephemerals("U_ADA") == []


async def test_the_last_step_keeps_what_was_wished_when_one_goes_back(world: World, ada: Person) -> None:
    fifth = await answered(ada, await opened(world, ada), 0, CRAWL)
    origin = next(block for block in fields(fifth) if block.startswith("take.")).removeprefix("take.")
    wished = ada.type(fifth, {f"take.{origin}": None, "title.own.1": "Ask Ben", "owner.own.1": "U_BEN"})

    fourth = await turned(world, ada, wished, "Back")
    again = shown(await ada.submit(fourth, {}))

    assert held(again, f"take.{origin}") == []
    assert (held(again, "title.own.1"), held(again, "owner.own.1")) == ("Ask Ben", "U_BEN")


async def test_t08_the_same_first_step_twice_is_one_answer_and_one_draft(world: World, ada: Person) -> None:
    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"])

    again = await world.slack.resend()

    assert again.json()["view"]["title"]["text"] == second.title
    third = shown(await ada.submit(second, answers("governance", 2) | NOT_KNOWN["governance"]))
    assert third.title == "Step 3 of 5: Teams"


async def test_t08_the_same_last_step_twice_is_told_once(world: World, ada: Person) -> None:
    fifth = await answered(ada, await opened(world, ada), 0, CRAWL)
    first = shown(await ada.submit(fifth, {}))
    place = len(world.slack.sent) - 1
    again = await world.slack.resend(place)
    await world.settle()
    much_later = await world.slack.resend(place)
    await world.settle()

    assert "The result and 3 action points are posted" in words(first)
    for sent in (again, much_later):
        assert "*payments*: *Crawl*" in str(sent.json()["view"]["blocks"])
    assert [kept.text.split(" ")[0] for kept in posts(world)] == ["payments", "A-1", "A-2", "A-3"]


async def _submitted_elsewhere(world: World, person: Person, view: View) -> str:
    """What another device of the same person shows after it submitted the view that it still has."""
    trigger = world.slack.screens.trigger(person.id, view.id)
    payload = payloads.submission(world.slack.workspace, person.user, view, trigger)
    answer = (await world.slack.sender.interaction(payload)).json()
    assert answer["response_action"] == "update"
    return str(answer["view"])


async def test_t05_two_devices_the_stale_one_is_told_and_shown_what_is_stored(world: World, ada: Person) -> None:
    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"])
    on_the_phone = ada.type(second, answers("governance", 1) | NOT_KNOWN["governance"])
    assert "Step 3 of 5" in await _submitted_elsewhere(world, ada, on_the_phone)

    here = shown(await ada.submit(second, answers("governance", 3)))

    assert here.title == "Step 2 of 5: Governance"
    assert "This step was changed on another device" in words(here)
    assert held(here, "g_roles") == "1"
    assert "Responsibility for cost: A lasting function with a top sponsor and champions in teams" in words(here)
    third = shown(await ada.submit(here, {"g_skills": "3"}))
    before = await turned(world, ada, third, "Back")
    assert (held(before, "g_roles"), held(before, "g_skills")) == ("1", "3")


async def test_two_devices_that_agree_go_on_together(world: World, ada: Person) -> None:
    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"])
    on_the_phone = ada.type(second, answers("governance", 1) | NOT_KNOWN["governance"])
    shown(await ada.submit(second, {}))

    assert "Step 3 of 5" in await _submitted_elsewhere(world, ada, on_the_phone)


async def test_two_devices_at_the_last_step_close_it_once(world: World, ada: Person) -> None:
    fifth = await answered(ada, await opened(world, ada), 0, CRAWL)
    on_the_phone = ada.type(fifth, {"title.own.1": "Ask Ben"})
    shown(await ada.submit(fifth, {"title.own.1": None}))
    await world.settle()

    told = await _submitted_elsewhere(world, ada, on_the_phone)
    await world.settle()

    assert "1 action point" in told
    assert len([kept for kept in posts(world) if "finished" in kept.text]) == 1
    assert [kept.text for kept in posts(world) if "Ask Ben" in kept.text] == ["A-4 Ask Ben – <@U_ADA>, due Wed 1 Apr."]


async def test_what_is_left_of_a_form_that_was_started_over_is_not_counted(world: World, ada: Person) -> None:
    second = await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"])
    on_the_phone = ada.type(second, answers("governance", 3) | NOT_KNOWN["governance"])
    await ada.close(second)
    await turned(world, ada, await opened(world, ada), "Start over")

    told = await _submitted_elsewhere(world, ada, on_the_phone)

    assert "was started over since you opened it" in told
    assert buttons(world.slack.screen("U_ADA")) == []
