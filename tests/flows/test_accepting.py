"""An action point in new hands is accepted or declined with one press, and whose it is, is never in doubt."""

import pytest

from sandbox.person import Person
from tests.flows.assessment import agreed, card_of, replies
from tests.flows.deciding import handed, pressed
from tests.flows.looking import buttons, words
from tests.flows.times import march
from tests.flows.world import World

pytestmark = pytest.mark.both_databases

TITLE = "Label the disks"


async def test_accepted_the_word_to_the_new_owner_has_nothing_to_press_any_more(
    world: World, ada: Person, ben: Person
) -> None:
    card = await agreed(world, march(30))
    await handed(world, ada, card, "U_BEN")
    (given,) = replies(world, card)

    await pressed(world, ben, given, "Accept")

    assert world.slack.ephemerals("U_BEN")[-1].text == "A-1 Label the disks is yours, due Mon 30 Mar."
    (settled,) = replies(world, card)
    assert buttons(settled) == []
    assert "Accepted." in words(settled)
    assert buttons(card_of(world, TITLE)) == ["Mark done", "Pick a day", "Snooze"]


async def test_declined_it_goes_back_and_who_handed_it_over_is_told(world: World, ada: Person, ben: Person) -> None:
    card = await agreed(world, march(30))
    await handed(world, ada, card, "U_BEN")

    await pressed(world, ben, replies(world, card)[0], "Not me")

    assert world.slack.ephemerals("U_BEN")[-1].text == (
        "A-1 Label the disks goes back to <@U_ADA>, who is told in its thread."
    )
    first, back = replies(world, card)
    assert "in other hands by now" in words(first)
    assert back.text.startswith("<@U_ADA> A-1 is yours now")
    assert "<@U_ADA>" in card_of(world, TITLE).text
    assert buttons(card_of(world, TITLE)) == ["Mark done", "Pick a day", "Snooze"]


async def test_only_the_owner_accepts(world: World, ada: Person, ben: Person) -> None:
    card = await agreed(world, march(30), owner="U_BEN")
    assert buttons(card) == ["Accept", "Not me", "Mark done"]

    await pressed(world, ada, card, "Accept")
    assert world.slack.ephemerals("U_ADA")[-1].text.startswith("Only the owner of this action point")
    await decided_accept(world, ben)

    assert buttons(card_of(world, TITLE)) == ["Mark done", "Pick a day", "Snooze"]


async def decided_accept(world: World, ben: Person) -> None:
    """From the list of one's own, as a choice of the form behind *Decide*."""
    await ben.global_shortcut("shortcut.my_actions")
    await world.answered()
    listed = world.slack.screen("U_BEN")
    assert listed is not None
    assert "A-1 Label the disks* – payments, due Mon 30 Mar." in words(listed)
    await ben.press(listed, text="Decide")
    await world.answered()
    form = world.slack.screen("U_BEN")
    assert form is not None
    said = await ben.submit(form, {"choice": "accept"})
    await world.settle()
    assert said.view is not None
    assert "is yours, due Mon 30 Mar." in words(said.view)
    assert buttons(said.view) == ["Undo"]


async def test_what_belongs_to_nobody_is_taken_with_one_press(world: World, ben: Person) -> None:
    card = await agreed(world, march(30), owner=None)

    await pressed(world, ben, card, "Take it")

    assert world.slack.ephemerals("U_BEN")[-1].text == "A-1 Label the disks is yours now, due Mon 30 Mar."
    assert buttons(card_of(world, TITLE)) == ["Mark done", "Pick a day", "Snooze"]
