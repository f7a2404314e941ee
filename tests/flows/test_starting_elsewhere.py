"""Where the place does not tell the team, the first view asks which one it is."""

from sandbox.person import Person
from tests.flows.assessment import NOT_KNOWN, RUN, answered, assessed, opened
from tests.flows.looking import buttons, fields, shown, words
from tests.flows.world import World

DIRECT = "D_U_ADA"


async def test_a_direct_message_asks_for_the_channel_of_the_team(world: World, ada: Person) -> None:
    view = await opened(world, ada, DIRECT)

    assert "Which team is this about?" in words(view)
    first = shown(await ada.submit(view, {"channel": "C_WEB"}))
    assert first.title == "Step 1 of 5: Processes"
    assert "for *web-shop*" in words(first)


async def test_a_team_that_is_known_is_offered_by_its_name(world: World, ada: Person) -> None:
    await ada.close(await answered(ada, await opened(world, ada), 2, NOT_KNOWN, ["process"]))

    view = await opened(world, ada, DIRECT)
    second = shown(await ada.submit(view, {"team": "payments"}))

    assert second.title == "Step 2 of 5: Governance"
    assert "for *payments*" in words(second)


async def test_a_private_team_is_offered_to_nobody_who_has_no_part_in_it(world: World, ada: Person) -> None:
    await ada.close(await answered(ada, await opened(world, ada, "G_SEC"), 2, NOT_KNOWN, ["process"]))

    chi = world.slack.person("U_CHI")
    view = await opened(world, chi, "D_U_CHI", "U_CHI")

    assert "secrets" not in str(view.blocks)
    mine = await opened(world, ada, DIRECT)
    assert "secrets" in str(mine.blocks)


async def test_nothing_chosen_is_told_beside_the_field(world: World, ada: Person) -> None:
    view = await opened(world, ada, DIRECT)

    refused = await ada.submit(view, {})

    assert refused.errors == {"channel": "Please choose a team or a channel."}


async def test_a_channel_that_the_bot_cannot_see_is_told_beside_the_field(world: World, ben: Person) -> None:
    view = await opened(world, ben, "D_U_BEN", "U_BEN")

    refused = await ben.submit(view, {"channel": "G_HID"})

    assert list(refused.errors) == ["channel"]
    assert "/invite @FinOps" in refused.errors["channel"]
    assert shown(await ben.submit(view, {"channel": "C_WEB"})).title.startswith("Step 1")


async def test_in_a_private_channel_without_the_bot_it_asks_and_says_why(world: World, ben: Person) -> None:
    view = await opened(world, ben, "G_HID", "U_BEN")

    assert fields(view) == ["channel"]
    assert "I cannot see this channel yet. To use it, invite me: /invite @FinOps" in words(view)


async def test_in_a_private_channel_with_the_bot_the_team_is_that_channels(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN, channel="G_SEC")

    assert [kept.text for kept in world.slack.messages("G_SEC")] == [
        "secrets finished its FinOps assessment: Run, 100 of 100."
    ]


async def test_an_assessment_begun_in_a_direct_message_is_told_in_the_teams_channel(world: World, ada: Person) -> None:
    first = shown(await ada.submit(await opened(world, ada, DIRECT), {"channel": "C_WEB"}))
    shown(await ada.submit(await answered(ada, first, 3, RUN), {}))
    await world.settle()

    assert [kept.text for kept in world.slack.messages("C_WEB")] == [
        "web-shop finished its FinOps assessment: Run, 100 of 100."
    ]
    assert world.slack.dm("U_ADA") == []


async def test_the_home_tab_starts_the_assessment_of_a_team_from_its_row(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN)

    await ada.open_home()
    await world.answered()
    home = world.slack.home("U_ADA")
    assert home is not None
    assert "Start" in buttons(home)
    await ada.press(home, text="Start")
    await world.answered()

    view = world.slack.screen("U_ADA")
    assert view is not None
    assert view.title == "Step 1 of 5: Processes"
