"""Commands do not work in threads: there the bot is called by its name, and answers who called, in the thread."""

from sandbox.person import Person
from tests.flows.assessment import CRAWL, agreed, assessed, card_of, cards, own, posts
from tests.flows.looking import buttons, words
from tests.flows.times import march
from tests.flows.typing import called, resent
from tests.flows.world import World

TITLE = "Label the disks"


async def test_t46_done_in_a_thread_is_answered_there_for_the_caller_alone(world: World, ada: Person) -> None:
    card = await agreed(world, march(30))

    told = await called(world, ada, "done A-1", card)

    assert told.text == "A-1 Label the disks is marked done."
    assert (told.channel, told.thread_ts) == ("C_PAY", card.ts)
    assert buttons(told) == ["Undo"]
    assert "Done by <@U_ADA>" in words(card_of(world, TITLE))


async def test_in_the_thread_of_a_card_the_number_may_be_left_out(world: World, ada: Person) -> None:
    card = await agreed(world, march(30))

    assert (await called(world, ada, "snooze next week", card)).text.startswith(
        "The reminder about A-1 Label the disks"
    )
    assert (await called(world, ada, "done", card)).text == "A-1 Label the disks is marked done."


async def test_in_the_thread_of_a_list_it_is_asked_which(world: World, ada: Person) -> None:
    await assessed(world, 0, CRAWL, plan=own(1, TITLE, "U_ADA", march(17)))
    listed = posts(world)[1]

    asked = await called(world, ada, "done at last", listed)
    assert asked.text == "This thread is about several action points. Which one do you mean?"
    row = next(block for block in asked.blocks if TITLE in str(block))
    await ada.press(asked, text="This one", block_id=row["block_id"])
    await world.settle()

    assert "1 of 4 closed" in words(posts(world)[1])


async def test_t46_help_in_a_thread_is_answered_there(world: World, ada: Person) -> None:
    card = await agreed(world, march(30))

    for text in ("help", ""):
        told = await called(world, ada, text, card)
        assert told.thread_ts == card.ts
        assert "/finops-assess" in told.text


async def test_a_slip_and_chatter_change_nothing(world: World, ada: Person) -> None:
    card = await agreed(world, march(30))

    assert "Did you mean action A-1 done?" in (await called(world, ada, "dnoe A-1", card)).text
    assert "is not something I know" in (await called(world, ada, "thank you", card)).text
    assert "Open" in words(card_of(world, TITLE))


async def test_a_mention_that_is_told_twice_adds_one_action_point(world: World, ada: Person) -> None:
    await agreed(world, march(30))

    told = await called(world, ada, "add Tag the volumes")
    await resent(world, "app_mention")

    assert told.text == "A-2 Tag the volumes is added to payments – no owner yet, no date yet."
    assert [card.text[:3] for card in cards(world)] == ["A-1", "A-2"]


async def test_where_a_form_is_needed_a_mention_says_what_to_do(world: World, ada: Person) -> None:
    await agreed(world, march(30))

    assert "That date has already passed." in (await called(world, ada, "add Tag them due 2026-03-01")).text
    started = await called(world, ada, "start")
    assert buttons(started) == ["Open the assessment"]
    assert "No team is known here yet" in (await called(world, ada, "add Tag them", channel="C_WEB")).text
