"""Who may not close an action point says that it is done, and whose it is, is asked with one button."""

from sandbox.person import Person
from tests.flows.assessment import RUN, agreed, assessed, card_of, own
from tests.flows.deciding import pressed
from tests.flows.looking import buttons, words
from tests.flows.times import march
from tests.flows.typing import typed
from tests.flows.world import World

TITLE = "Label the disks"


async def test_a_colleagues_done_becomes_one_question_to_the_owner(world: World, ada: Person, ben: Person) -> None:
    await agreed(world, march(30))

    offered = await typed(world, ben, "action A-1 done")
    assert offered.text.startswith("A-1 is not yours to close: <@U_ADA>, who owns it, can.")
    await ben.press(offered, text="Ask the owner to confirm")
    await world.settle()

    assert world.slack.ephemerals("U_BEN")[-1].text == "<@U_ADA> is asked to confirm that A-1 is done."
    (asked,) = world.slack.dm("U_ADA")
    assert asked.text == "<@U_BEN> says that A-1 is done. Is it? Label the disks"
    assert buttons(asked)[0] == "Mark done"
    assert "Open" in words(card_of(world, TITLE))
    await pressed(world, ada, asked, "Mark done")
    assert "Done by <@U_ADA>" in words(card_of(world, TITLE))


async def test_asked_twice_in_a_week_the_owner_hears_it_once(world: World, ben: Person) -> None:
    card = await agreed(world, march(30))
    for _ in range(2):
        await pressed(world, ben, card, "Mark done")
        await pressed(world, ben, world.slack.ephemerals("U_BEN")[-1], "Ask the owner to confirm")

    assert len(world.slack.dm("U_ADA")) == 1
    assert world.slack.ephemerals("U_BEN")[-1].text == "<@U_ADA> was asked about A-1 this week already."


async def test_an_admin_of_the_workspace_closes_it_at_once(world: World, ada: Person) -> None:
    await agreed(world, march(30), owner="U_BEN", user="U_BEN")

    assert (await typed(world, ada, "action A-1 done")).text == "A-1 Label the disks is marked done."


async def test_of_a_private_team_others_learn_nothing(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN, channel="G_SEC", plan=own(1, "Rotate the keys", "U_ADA", march(30)))
    chi = world.slack.person("U_CHI")

    told = await typed(world, chi, "action A-1 show", "D_U_CHI")
    assert told.text == "Only the owner of this action point or the team's lead can do that."
    assert (await typed(world, chi, "actions team secrets")).text == "There is no such team that you can see."
    assert (await typed(world, chi, "actions all", "C_PAY")).text == "There are no action points."
    assert (await typed(world, ada, "actions mine", "C_PAY")).text == "1 FinOps action point is yours."
