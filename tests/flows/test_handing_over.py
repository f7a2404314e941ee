"""An action point changes hands, or its owner is gone: whoever is asked is somebody who can answer."""

from dataclasses import replace

from sandbox.person import Person
from tests.flows.assessment import agreed, card_of, replies
from tests.flows.deciding import dated, form, handed, morning, said_on
from tests.flows.looking import buttons, shown, words
from tests.flows.times import NEW_YORK, april, at, march
from tests.flows.world import World

TITLE = "Label the disks"
GUESTS = "Please choose a full member of this workspace: guests, bots and people who left cannot own it."


async def test_the_new_owner_is_told_in_the_thread_and_the_old_one_hears_no_more(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))
    await world.until(at(march(10), "09:29"))  # a minute before Ada's reminder

    await handed(world, ada, card, "U_BEN")

    (told,) = replies(world, card)
    assert told.text == "<@U_BEN> A-1 is yours now, due Tue 17 Mar. Label the disks"
    assert buttons(told)[:2] == ["Accept", "Not me"]
    await morning(world, march(10))
    assert len(replies(world, card)) == 1
    assert [said[:15] for said in await said_on(world, card, march(16), NEW_YORK)] == ["<@U_BEN> A-1 is"]


async def test_a_changed_date_voids_what_was_planned_for_the_old_one(world: World, ada: Person) -> None:
    card = await agreed(world, march(17))
    await morning(world, march(10))
    await world.until(at(march(16), "09:29"))  # a minute before the reminder of the day before

    await dated(world, ada, card, april(14))

    await world.until(at(april(6), "12:00"))
    assert len(replies(world, card)) == 1
    assert "is due Tue 14 Apr" in (await said_on(world, card, april(7)))[0]


async def test_a_late_action_in_new_hands_gets_a_working_day_of_grace(world: World, ada: Person) -> None:
    card = await agreed(world, march(3))
    await morning(world, march(4))
    before = len(replies(world, card))
    await handed(world, ada, card, "U_BEN")

    await morning(world, march(5), NEW_YORK)
    assert len(replies(world, card)) == before + 1  # the word that it is Ben's now
    assert "was due on Tuesday" in (await said_on(world, card, march(6), NEW_YORK))[0]


async def test_who_is_no_full_member_is_refused_beside_the_field(world: World, ada: Person) -> None:
    card = await agreed(world, march(30))
    view = await form(world, ada, card, "Hand over")

    for person in ("U_EVE", "U_XAV", "U_BOT"):
        assert (await ada.submit(view, {"owner": person})).errors == {"owner": GUESTS}
    assert "<@U_ADA>" in card_of(world, TITLE).text


async def test_what_has_no_owner_can_be_taken_by_anyone_of_the_team(world: World, ben: Person) -> None:
    card = await agreed(world, march(17), owner=None)
    assert "Needs an owner" in words(card)

    await handed(world, ben, card, "U_BEN")

    assert "<@U_BEN>" in card_of(world, TITLE).text
    assert len(await said_on(world, card, march(10), NEW_YORK)) == 1


async def test_handing_over_to_the_owner_changes_nothing(world: World, ada: Person) -> None:
    card = await agreed(world, march(30))

    told = shown(await ada.submit(await form(world, ada, card, "Hand over"), {"owner": "U_ADA"}))
    await world.settle()

    assert "Nothing to change" in words(told)
    assert replies(world, card) == []


async def test_an_owner_who_is_deactivated_leaves_it_without_one(world: World, ada: Person) -> None:
    card = await agreed(world, march(17), owner="U_BEN")
    await morning(world, march(10), NEW_YORK)

    await world.slack.lifecycle.change_user("U_BEN", deleted=True)
    await world.settle()

    now = card_of(world, TITLE)
    assert "no owner yet" in now.text
    assert "Needs an owner" in words(now)
    await morning(world, march(18), NEW_YORK)
    assert len(replies(world, card)) == 1
    await handed(world, ada, card, "U_CHI")
    assert "<@U_CHI>" in card_of(world, TITLE).text


async def test_an_owner_whose_leaving_was_not_told_is_noticed_before_the_reminder(world: World) -> None:
    card = await agreed(world, march(17), owner="U_BEN")
    users = world.slack.workspace.users
    users["U_BEN"] = replace(users["U_BEN"], deleted=True)

    await morning(world, march(10), NEW_YORK)

    assert replies(world, card) == []
    assert "no owner yet" in card_of(world, TITLE).text


async def test_the_owners_word_in_the_thread_spares_the_next_reminder_but_not_the_day_itself(
    world: World, ada: Person
) -> None:
    card = await agreed(world, march(17))
    await morning(world, march(10))
    await world.until(at(march(13), "15:00"))
    await ada.say("C_PAY", "I am on it", card.ts)

    await world.until(at(march(16), "12:00"))
    assert [kept for kept in replies(world, card)[1:] if kept.by_app] == []
    assert "is due today" in (await said_on(world, card, march(17)))[0]


async def test_another_persons_word_in_the_thread_spares_nothing(world: World, ben: Person) -> None:
    card = await agreed(world, march(17))
    await morning(world, march(10))
    await world.until(at(march(13), "15:00"))
    await ben.say("C_PAY", "How is it going?", card.ts)

    assert len(await said_on(world, card, march(16))) == 1
