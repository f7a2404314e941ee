"""What nobody knows makes the result a range, and something to find out."""

from sandbox.person import Person
from sandbox.views import View
from tests.flows.assessment import CRAWL, NOT_KNOWN, RUN, STEPS, answered, answers, assessed, opened, own, posts
from tests.flows.looking import fields, held, shown, words
from tests.flows.world import ANNOUNCED, World


async def _last_step(world: World, person: Person) -> View:
    """Everything at its best, but for four answers that nobody could give."""
    first = await opened(world, person)
    unsure = answers("process", 3, p_reporting="unknown", p_anomaly="unknown")
    second = shown(await person.submit(first, unsure | RUN["process"]))
    unsure = answers("governance", 3, g_roles="unknown", g_tagging="unknown")
    third = shown(await person.submit(second, unsure | RUN["governance"]))
    return await answered(person, third, 3, RUN, STEPS[2:])


async def test_the_last_step_says_the_range_and_offers_to_find_out(world: World, ada: Person) -> None:
    view = await _last_step(world, ada)

    assert "*Found so far*: *Run*, provisional: could be Crawl to Run" in words(view)
    to_find = [block.removeprefix("take.find:") for block in fields(view) if block.startswith("take.find:")]
    assert to_find == ["p_reporting", "p_anomaly", "g_roles", "g_tagging"]
    assert held(view, "due.find:g_tagging") == "2026-03-16"


async def test_a_provisional_result_is_told_as_one_and_never_announced(world: World, ada: Person) -> None:
    await assessed(world, 0, CRAWL)
    shown(await ada.submit(await _last_step(world, ada), {}))
    await world.settle()

    results = [kept for kept in posts(world) if "finished its FinOps assessment" in kept.text]
    assert "Run, provisional: could be Crawl to Run" in results[-1].text
    assert not [kept for kept in posts(world) if "moved from" in kept.text or "is now at" in kept.text]
    assert world.slack.messages(ANNOUNCED) == []
    assert world.slack.dm("U_ADA") == []


async def test_a_firm_result_is_compared_with_the_last_firm_one(world: World, ada: Person) -> None:
    await assessed(world, 0, CRAWL)
    await ada.close(shown(await ada.submit(await _last_step(world, ada), {})))
    await assessed(world, 3, RUN)

    (announced,) = world.slack.messages(ANNOUNCED)
    assert announced.text == "payments moved from Crawl to Run."


async def test_nothing_known_at_all_has_no_stage_and_breaks_nothing(world: World, ada: Person) -> None:
    await assessed(world, "unknown", NOT_KNOWN)

    (told, listed) = posts(world)
    assert "not enough is known for a stage yet" in told.text
    assert "Find out the other 20 unknown answers" in words(listed)


async def test_unknown_numbers_limit_the_stage_to_walk(world: World, ada: Person) -> None:
    await assessed(world, 3, NOT_KNOWN, plan=own(1, "Ask finance for the forecast"))

    told = posts(world)[0]
    assert "finished its FinOps assessment: Walk" in told.text
    assert "*Cost allocation*: not known. Run needs this number." in words(told)
    assert "*Forecast variance* is not known: Run needs it." in words(told)
