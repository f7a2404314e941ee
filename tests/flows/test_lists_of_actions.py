"""Lists of action points: grouped, ten on a page, each row with what can be done, and nothing of others' teams."""

from sandbox.person import Person
from tests.flows.assessment import CRAWL, agreed, assessed, card_of, own
from tests.flows.deciding import form, morning
from tests.flows.looking import buttons, words
from tests.flows.times import march
from tests.flows.typing import typed
from tests.flows.world import World

TITLE = "Label the disks"


async def test_ones_own_are_grouped_and_each_can_be_decided_about(world: World, ada: Person) -> None:
    await assessed(world, 0, CRAWL, plan=own(1, TITLE, "U_ADA", march(4)))

    listed = await typed(world, ada, "actions mine", "D_U_ADA")

    assert listed.text == "4 FinOps action points are yours."
    said = words(listed)
    assert said.index("*This week*") < said.index(TITLE) < said.index("*Later*")
    assert buttons(listed) == ["Decide"] * 4
    assert "Label the disks* – payments, due Wed 4 Mar. Open." in said


async def test_what_is_overdue_unowned_or_the_teams(world: World, ada: Person, ben: Person) -> None:
    await agreed(world, march(3), owner="U_BEN")
    await typed(world, ada, "action add Nobody takes this")
    await morning(world, march(5))

    assert (await typed(world, ada, "actions overdue")).text == "payments: 1 FinOps action point is overdue."
    assert "<@U_BEN>, was due Tue 3 Mar" in words(await typed(world, ada, "actions team"))
    assert (await typed(world, ada, "actions team by <@U_BEN>")).text == "payments: 1 FinOps action point is open."
    assert "*Other*" in words(await typed(world, ada, "actions team by step"))
    assert buttons(await typed(world, ada, "actions unowned")) == ["Take it", "Assign"]
    assert buttons(await typed(world, ben, "actions unowned")) == ["Decide"]
    assert (await typed(world, ada, "actions stalled")).text == "payments: Nothing is stalled."


async def test_the_lead_takes_from_the_list_what_nobody_owns(world: World, ada: Person) -> None:
    await agreed(world, march(30), owner=None)

    listed = await typed(world, ada, "actions unowned")
    assert (await form(world, ada, listed, "Assign")).title == "Hand over A-1"
    await ada.press(listed, text="Take it")
    await world.settle()

    assert "<@U_ADA>" in card_of(world, TITLE).text


async def test_a_long_list_is_turned_in_its_place(world: World, ada: Person) -> None:
    await agreed(world, march(30))
    for number in range(2, 13):
        await typed(world, ada, f"action add Number {number}")

    listed = await typed(world, ada, "actions team")
    assert "Page 1 of 2." in words(listed)
    assert buttons(listed) == ["Decide"] * 10 + ["Next"]
    before = len(world.slack.ephemerals("U_ADA"))
    await ada.press(listed, text="Next")
    await world.settle()

    assert len(world.slack.ephemerals("U_ADA")) == before
    turned = next(kept for kept in world.slack.ephemerals("U_ADA") if kept.ts == listed.ts)
    assert "Page 2 of 2." in words(turned)
    assert buttons(turned) == ["Decide"] * 2 + ["Back"]


async def test_everything_about_one(world: World, ada: Person) -> None:
    await agreed(world, march(17))
    await morning(world, march(10))

    shown = await typed(world, ada, "action A-1 show")

    assert shown.text == "A-1 Label the disks – <@U_ADA>, due Tue 17 Mar."
    assert "Its owner was reminded once, on Tue 10 Mar." in words(shown)
    assert "Next reminder: " in words(shown)
    assert buttons(shown) == ["Mark done", "Pick a day", "Snooze"]


async def test_which_team_is_meant_is_asked_where_it_is_not_clear(world: World, ada: Person) -> None:
    await agreed(world, march(30))
    await assessed(world, 0, CRAWL, channel="C_WEB")

    asked = await typed(world, ada, "actions team", "D_U_ADA")

    assert asked.text == "Which team do you mean?"
    await ada.press(asked, action_id="which.team", option="web-shop")
    await world.settle()
    assert "web-shop: 3 FinOps action points are open." in [kept.text for kept in world.slack.ephemerals("U_ADA")]
