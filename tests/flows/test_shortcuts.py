"""Shortcuts: any message becomes an action point, a message about one closes it, and one's own are at hand anywhere."""

from sandbox.person import Person
from sandbox.views import View
from tests.flows.assessment import CRAWL, agreed, assessed, card_of, own, posts, replies
from tests.flows.deciding import morning
from tests.flows.looking import buttons, fields, held, words
from tests.flows.times import march
from tests.flows.typing import resent, undone
from tests.flows.world import World

TITLE = "Label the disks"
TURN, MARK, MINE = "shortcut.turn_into_action", "shortcut.mark_done", "shortcut.my_actions"


async def turned(world: World, person: Person, text: str, channel: str = "C_PAY", thread: str | None = None) -> View:
    """The form that is made of a message."""
    message = await person.say(channel, text, thread)
    await person.message_shortcut(message, TURN)
    await world.answered()
    view = world.slack.screen(person.id)
    assert view is not None
    return view


async def test_a_message_becomes_an_action_point_with_its_words_and_its_link(world: World, ada: Person) -> None:
    await agreed(world, march(30))

    view = await turned(world, ada, "We should <@U_BEN> tag *all* the   volumes &amp; disks")
    assert held(view, "title") == "We should tag *all* the volumes & disks"
    assert held(view, "owner") == "U_ADA"
    assert held(view, "link").startswith("https://sandbox.slack.com/archives/C_PAY/p")
    assert "team" not in fields(view)
    assert not (await ada.submit(view, {"owner": "U_BEN", "due": march(20)})).errors
    await world.settle()

    card = card_of(world, "tag ∗all∗ the volumes")
    assert card.text == "A-2 We should tag ∗all∗ the volumes &amp; disks – <@U_BEN>, due Fri 20 Mar."
    assert "|Linked page>" in words(card)
    told = world.slack.ephemerals("U_ADA")[-1]
    assert told.text.startswith("A-2 We should tag")
    await undone(world, ada, told)
    assert "Dropped by" in words(card_of(world, "tag ∗all∗ the volumes"))


async def test_a_form_submitted_twice_makes_one(world: World, ada: Person) -> None:
    await agreed(world, march(30))
    view = await turned(world, ada, "Tag the volumes")

    await ada.submit(view)
    await world.settle()
    await resent(world, "view_submission")

    assert [kept.text[:3] for kept in posts(world)[1:]].count("A-2") == 1


async def test_a_long_message_is_cut_and_what_cannot_be_is_told_beside_its_field(world: World, ada: Person) -> None:
    await agreed(world, march(30))
    view = await turned(world, ada, "x" * 400)
    assert len(held(view, "title")) == 150

    assert (await ada.submit(view, {"link": "somewhere"})).errors.keys() == {"link"}
    assert (await ada.submit(view, {"link": "", "owner": "U_EVE"})).errors.keys() == {"owner"}
    asked = await ada.submit(view, {"owner": None, "due": march(1)})
    assert asked.view is not None
    assert "That date has already passed" in words(asked.view)
    assert not (await ada.submit(asked.view, {"due": march(3)})).errors


async def test_where_the_channel_has_no_team_one_of_ones_own_is_chosen(world: World, ada: Person) -> None:
    view = await turned(world, ada, "Tag the volumes", "C_WEB")
    assert "No team is known here yet" in words(view)
    await ada.close(view)
    await agreed(world, march(30))
    await assessed(world, 0, CRAWL, channel="C_DATA")

    view = await turned(world, ada, "Tag the volumes", "C_WEB")
    assert "team" in fields(view)


async def test_a_card_and_a_reminder_are_marked_done_from_their_menu(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))
    await morning(world, march(10))
    (reminder,) = replies(world, card)

    await ada.message_shortcut(reminder, MARK)
    await world.settle()
    assert world.slack.ephemerals("U_ADA")[-1].text == "A-1 Label the disks is marked done."
    await ada.message_shortcut(card_of(world, TITLE), MARK)
    await world.settle()

    assert "A-1 was already marked done" in world.slack.ephemerals("U_ADA")[-1].text


async def test_on_a_list_it_asks_which_and_elsewhere_it_says_where_it_works(world: World, ada: Person) -> None:
    await assessed(world, 0, CRAWL, plan=own(1, TITLE, "U_ADA", march(17)))

    await ada.message_shortcut(posts(world)[1], MARK)
    await world.settle()
    asked = world.slack.ephemerals("U_ADA")[-1]
    assert asked.text == "Which of these action points is done?"
    assert buttons(asked) == ["Mark done"] * 4
    await ada.message_shortcut(await ada.say("C_PAY", "Good morning"), MARK)
    await world.settle()

    assert "about no action point" in world.slack.ephemerals("U_ADA")[-1].text


async def test_a_direct_message_about_several_asks_which_as_well(world: World, ada: Person) -> None:
    await assessed(world, 0, CRAWL, plan=own(1, TITLE, "U_BEN", march(17)))
    await morning(world, march(9))
    (told,) = world.slack.messages("D_U_ADA")

    await ada.message_shortcut(told, MARK)
    await world.settle()

    asked = world.slack.ephemerals("U_ADA")[-1]
    assert asked.text == "Which of these action points is done?"
    assert buttons(asked) == ["Mark done"] * 2


async def test_ones_own_are_decided_about_from_anywhere_and_the_list_follows(world: World, ada: Person) -> None:
    await agreed(world, march(30))
    await ada.global_shortcut(MINE)
    await world.answered()
    listed = world.slack.screen("U_ADA")
    assert listed is not None
    assert "You own 1 open action point." in words(listed)

    await ada.press(listed, text="Decide")
    await world.answered()
    form = world.slack.screen("U_ADA")
    assert form is not None
    said = await ada.submit(form, {"choice": "done"})
    await world.settle()
    assert said.view is not None
    assert "is marked done." in words(said.view)
    await ada.close(said.view)

    assert "You own no open action points." in words(world.slack.screen("U_ADA"))
