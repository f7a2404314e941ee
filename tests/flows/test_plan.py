"""Step 5: what is proposed can be taken, changed or left, and there is room for one's own."""

from datetime import date

from sandbox.person import Person
from sandbox.views import View
from tests.flows.assessment import CRAWL, RUN, answered, assessed, cards, opened, own, posts
from tests.flows.looking import buttons, fields, held, shown, words
from tests.flows.world import World

PROPOSED = ["s2_name_owner", "s4_export_alerts", "s6_first_forecast"]


async def _last_step(world: World, person: Person, level: int = 0) -> View:
    return await answered(person, await opened(world, person), level, CRAWL if level == 0 else RUN)


async def test_proposals_come_with_why_owner_and_a_due_date_that_is_worked(world: World, ada: Person) -> None:
    view = await _last_step(world, ada)

    assert [block.removeprefix("take.") for block in fields(view) if block.startswith("take.")] == PROPOSED
    for origin in PROPOSED:
        assert held(view, f"take.{origin}") == ["take"]
        assert held(view, f"owner.{origin}") == "U_ADA"
        due = date.fromisoformat(held(view, f"due.{origin}"))
        assert date(2026, 3, 2) < due < date(2026, 7, 1)
        assert due.weekday() < 5
    assert "Done when: Name and duties are published" in words(view)
    assert "Impact 5 of 5, effort 1 of 5" in words(view)
    assert "*Found so far*: *Crawl*" in words(view)


async def test_each_one_that_is_taken_gets_a_card(world: World, ada: Person) -> None:
    shown(await ada.submit(await _last_step(world, ada), {}))
    await world.settle()

    shown_cards = cards(world)
    assert [card.text.split(" ")[0] for card in shown_cards] == ["A-1", "A-2", "A-3"]
    assert buttons(shown_cards[0]) == ["Mark done", "Pick a day", "Snooze"]
    assert "A-1 Name one person who answers for cloud cost* – <@U_ADA>, due Mon 16 Mar." in words(shown_cards[0])
    assert "Open · Why: brings responsibility for cost and joint decisions to Crawl." in words(shown_cards[0])


async def test_what_is_left_out_gets_none(world: World, ada: Person) -> None:
    left = dict.fromkeys(f"take.{origin}" for origin in PROPOSED[1:])
    shown(await ada.submit(await _last_step(world, ada), left))
    await world.settle()

    assert [card.text.split(" – ")[0] for card in cards(world)] == ["A-1 Name one person who answers for cloud cost"]


async def test_owner_and_date_can_be_changed_or_taken_away(world: World, ada: Person) -> None:
    changed = {
        "owner.s2_name_owner": "U_BEN",
        "due.s2_name_owner": date(2026, 5, 29),
        "owner.s4_export_alerts": None,
        "due.s6_first_forecast": None,
    }
    shown(await ada.submit(await _last_step(world, ada), changed))
    await world.settle()

    first, second, third = cards(world)
    assert first.text.endswith("– <@U_BEN>, due Fri 29 May.")
    assert "– no owner yet, due" in second.text
    assert "Needs an owner" in words(second)
    assert third.text.endswith("– <@U_ADA>, no date yet.")


async def test_a_date_that_has_passed_is_refused_beside_its_field(world: World, ada: Person) -> None:
    view = await _last_step(world, ada)
    past = {"due.s2_name_owner": date(2026, 3, 1), **own(1, "Ask finance", due=date(2026, 2, 27))}

    refused = await ada.submit(view, past)

    told = "Please choose today or a later day, within five years."
    assert refused.errors == {"due.s2_name_owner": told, "due.own.1": told}
    assert posts(world) == []
    shown(await ada.submit(view, {"due.s2_name_owner": date(2026, 3, 2), "due.own.1": None}))


async def test_an_owner_who_is_no_full_member_is_refused_beside_the_field(world: World, ada: Person) -> None:
    view = await _last_step(world, ada)

    refused = await ada.submit(view, {"owner.s2_name_owner": "U_EVE"} | own(1, "Ask finance", "U_XAV"))

    told = "Please choose a full member of this workspace who is still here."
    assert refused.errors == {"owner.s2_name_owner": told, "owner.own.1": told}


async def test_none_at_all_is_allowed(world: World, ada: Person) -> None:
    left = dict.fromkeys(f"take.{origin}" for origin in PROPOSED)
    last = shown(await ada.submit(await _last_step(world, ada), left))
    await world.settle()

    assert "The result is posted in the team's channel." in words(last)
    (told,) = posts(world)
    assert "finished its FinOps assessment" in told.text


async def test_there_is_room_for_three_of_ones_own(world: World, ada: Person) -> None:
    view = await _last_step(world, ada, level=3)
    assert not [block for block in fields(view) if block.startswith("take.")]

    mine = own(1, "Label the disks") | own(2, "Ask <!channel>", "U_BEN", date(2026, 4, 3)) | own(3, "Think", None)
    shown(await ada.submit(view, mine))
    await world.settle()

    assert [card.text for card in cards(world)] == [
        "A-1 Label the disks – <@U_ADA>, no date yet.",
        "A-2 Ask &lt;!channel&gt; – <@U_BEN>, due Fri 3 Apr.",
        "A-3 Think – no owner yet, no date yet.",
    ]


async def test_more_than_three_become_one_list_and_nothing_else(world: World, ada: Person) -> None:
    shown(await ada.submit(await _last_step(world, ada), own(1, "Label the disks", "U_BEN", date(2026, 4, 3))))
    await world.settle()

    told, listed = posts(world)
    assert "finished its FinOps assessment" in told.text
    assert listed.text == "payments has 4 FinOps action points."
    assert buttons(listed) == ["Decide"] * 4
    assert "0 of 4 closed" in words(listed)


async def test_what_is_open_is_not_proposed_again(world: World, ada: Person) -> None:
    await assessed(world, 0, CRAWL)

    view = await _last_step(world, ada)

    proposed = [block.removeprefix("take.") for block in fields(view) if block.startswith("take.")]
    assert len(proposed) == 2  # five open ones at most
    assert set(proposed).isdisjoint(PROPOSED)
