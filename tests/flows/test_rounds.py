"""Rounds without names: T11. Everybody finishes their own part, the lead counts and closes, and nobody is named."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.ids import ChannelId, TenantId, UserId
from bot.store import leads, members, people, teams
from sandbox.person import Person
from sandbox.values import Message, User
from sandbox.views import View
from tests.flows.assessment import NOT_KNOWN, STEPS, Values, answered, answers, own, posts
from tests.flows.looking import buttons, fields, shown, words
from tests.flows.times import march
from tests.flows.world import World

pytestmark = pytest.mark.both_databases

HERE = TenantId("T0SANDBOX")
EVERYBODY = ("U_ADA", "U_BEN", "U_CHI", "U_DAN", "U_FAY")


async def typed(world: World, text: str, user: str = "U_ADA", channel: str = "C_PAY") -> View | None:
    await world.slack.person(user).command("/finops-assess", text, channel=channel)
    await world.answered()
    return world.slack.screen(user)


async def a_round(world: World, text: str = "start --anonymous") -> View:
    """Begun by Ada, for a team of five; her second step."""
    _hire(world)
    first = await typed(world, text)
    assert first is not None
    second = shown(await world.slack.person("U_ADA").submit(first, _process(2)))
    async with world.db.begin(HERE) as tx:
        team = await teams.of_channel(tx, ChannelId("C_PAY"))
        assert team is not None
        for user in EVERYBODY[1:]:
            await people.meet(tx, UserId(user), world.now())
            await members.add(tx, team.id, UserId(user), team.lead, world.now())
    await world.settle()
    return second


async def finished(world: World, user: str, level: int = 2) -> View:
    """Somebody answers everything, to the end of their part; the view that thanks them."""
    person = world.slack.person(user)
    first = await typed(world, "", user)
    assert first is not None
    last = await answered(person, first, level, NOT_KNOWN, STEPS if "Step 1" in first.title else STEPS[1:])
    thanks = shown(await person.submit(last, {}))
    await person.close(thanks)
    await world.settle()
    return thanks


def the_leads(world: World) -> Message:
    """What the lead is shown of the round, by direct message."""
    return next(kept for kept in world.slack.dm("U_ADA") if "round of" in kept.text)


async def test_t11_only_who_has_not_answered_is_reminded_and_the_lead_sees_counts_alone(
    world: World, ada: Person
) -> None:
    await a_round(world)
    await finished(world, "U_ADA")
    await finished(world, "U_BEN", 0)
    await world.until(world.now() + timedelta(days=1, hours=2), timedelta(hours=1))
    assert the_leads(world).text == "The anonymous FinOps round of payments is open: 2 of 5 have answered."

    await ada.press(the_leads(world), text="Remind the others")
    await world.answered()
    await world.pass_time(timedelta(days=1), timedelta(hours=1))

    assert "3 people will be reminded" in world.slack.ephemerals("U_ADA")[-1].text
    reminded = {
        user: [kept.text for kept in world.slack.dm(user) if "waits for your" in kept.text] for user in EVERYBODY
    }
    assert {user: len(told) for user, told in reminded.items()} == dict(zip(EVERYBODY, (0, 0, 1, 1, 1), strict=True))
    assert "Answer" in buttons(world.slack.dm("U_CHI")[-1])
    _names_nobody(world)


async def test_t11_reminded_once_nobody_is_reminded_again_within_days(world: World, ada: Person) -> None:
    await a_round(world)
    await world.until(world.now() + timedelta(hours=2), timedelta(hours=1))
    await ada.press(the_leads(world), text="Remind the others")
    await world.pass_time(timedelta(days=1), timedelta(hours=2))

    await ada.press(the_leads(world), text="Remind the others")
    await world.pass_time(timedelta(days=1), timedelta(hours=2))

    assert "The others were reminded within the last few days." in world.slack.ephemerals("U_ADA")[-1].text
    assert _reminded(world, "U_CHI") == 1


async def test_t11_with_fewer_than_three_answers_nothing_is_told_and_the_round_stays_open(
    world: World, ada: Person
) -> None:
    await a_round(world)
    await finished(world, "U_ADA")
    await finished(world, "U_BEN")
    await world.until(world.now() + timedelta(hours=3), timedelta(hours=1))

    await ada.press(the_leads(world), text="Close the round")
    await world.answered()

    assert world.slack.ephemerals("U_ADA")[-1].text == (
        "2 of 5 have answered. With fewer than 3 answers one could tell who said what, so the round stays open."
    )
    assert world.slack.screen("U_ADA") is None
    assert posts(world) == []


async def test_t11_from_three_answers_on_the_lead_closes_it_with_action_points(world: World, ada: Person) -> None:
    await a_round(world, 'start --anonymous --scope "landing zone"')
    for user in EVERYBODY[:3]:
        await finished(world, user, 2)
    await world.until(world.now() + timedelta(hours=3), timedelta(hours=1))
    await ada.press(the_leads(world), text="Close the round")
    await world.answered()
    form = world.slack.screen("U_ADA")
    assert form is not None
    assert "*Found so far*" in words(form)
    assert "Back" not in buttons(form)

    told = shown(await ada.submit(form, own(1, "Label the disks", "U_ADA", march(17))))
    await world.settle()

    assert "posted in the team's channel" in words(told)
    result = next(kept for kept in posts(world) if "finished its FinOps assessment" in kept.text)
    assert "Answered by 3 people, anonymously" in words(result)
    assert "*About*\nlanding zone" in words(result)
    assert "Label the disks" in "".join(words(kept) for kept in posts(world))
    assert the_leads(world).text == "The anonymous FinOps round of payments is over: 3 people answered."
    assert buttons(the_leads(world)) == []


async def test_t11_who_has_not_come_to_the_end_is_not_counted_in(world: World, ada: Person) -> None:
    await a_round(world)
    for user in EVERYBODY[:3]:
        await finished(world, user, 3)
    half = await typed(world, "", "U_DAN")
    assert half is not None
    shown(await world.slack.person("U_DAN").submit(half, _process(0)))
    await world.until(world.now() + timedelta(hours=3), timedelta(hours=1))
    await ada.press(the_leads(world), text="Close the round")
    await world.answered()
    form = world.slack.screen("U_ADA")
    assert form is not None

    shown(await ada.submit(form, {}))
    await world.settle()

    result = next(kept for kept in posts(world) if "finished its FinOps assessment" in kept.text)
    assert "Answered by 3 people" in words(result)
    assert "Answered quite differently" not in words(result)


async def test_ones_own_part_ends_with_thanks_and_can_still_be_changed(world: World, ada: Person, ben: Person) -> None:
    await a_round(world)
    thanks = await finished(world, "U_BEN")
    assert "You have finished your part" in words(thanks)
    assert "have answered" not in words(thanks)
    assert not any(field.startswith("take.") for field in fields(thanks))

    again = await typed(world, "", "U_BEN")
    assert again is not None
    await ben.press(again, text="Back")
    await world.answered()
    back = world.slack.screen("U_BEN")
    assert back is not None
    assert back.title == "Step 4 of 5: Tools"


async def test_the_lead_sees_how_many_at_the_end_of_their_own_part(world: World) -> None:
    await a_round(world)
    await finished(world, "U_BEN")

    thanks = await finished(world, "U_ADA")

    assert "So far 2 of 5 have answered." in words(thanks)
    assert buttons(thanks) == ["Remind the others", "Close the round", "Back"]


async def test_what_it_is_about_and_that_it_is_anonymous_stands_in_the_first_view(world: World) -> None:
    first = await typed(world, 'start --anonymous --scope "EU *landing* zone"')
    assert first is not None

    assert "for *payments* · about *EU ∗landing∗ zone* · anonymous" in words(first)
    assert "*Anonymous round*: nobody is shown who has answered, or what." in words(first)


async def test_an_open_assessment_stays_as_it_was_begun(world: World, ada: Person) -> None:
    first = await typed(world, 'start --scope "landing zone"')
    assert first is not None
    await ada.close(shown(await ada.submit(first, _process(2))))

    other = await typed(world, "start --anonymous", "U_BEN")

    assert other is not None
    assert "*An assessment of this team is open already.*" in words(other)
    assert "about *landing zone*" in words(other)
    assert "anonymous" not in words(other).replace("--anonymous", "")


async def test_who_leads_no_more_neither_closes_nor_reminds(world: World, ada: Person) -> None:
    await a_round(world)
    await world.until(world.now() + timedelta(hours=2), timedelta(hours=1))
    async with world.db.begin(HERE) as tx:
        team = await teams.of_channel(tx, ChannelId("C_PAY"))
        assert team is not None
        await leads.give(tx, team.id, UserId("U_BEN"))

    for text in ("Close the round", "Remind the others"):
        await ada.press(the_leads(world), text=text)
        await world.settle()
        assert world.slack.ephemerals("U_ADA")[-1].text == "Only the team's lead can do that, while the round is open."


def _process(level: int) -> Values:
    return answers("process", level) | NOT_KNOWN["process"]


def _hire(world: World) -> None:
    """Two more, so that the team is five."""
    newcomers = (User("U_DAN", "dan", "Dan Ek", "Europe/Oslo"), User("U_FAY", "fay", "Fay Ong", "Europe/London"))
    place = world.slack.workspace.channels["C_PAY"]
    members_now = place.members | {user.id for user in newcomers}
    world.slack.workspace.add(*newcomers, replace(place, members=members_now))


def _reminded(world: World, user: str) -> int:
    return len([kept for kept in world.slack.dm(user) if "waits for your answers" in kept.text])


def _names_nobody(world: World) -> None:
    """In whatever the lead was told, and in the channel."""
    told = [*world.slack.dm("U_ADA"), *world.slack.ephemerals("U_ADA"), *world.slack.messages("C_PAY")]
    assert not any(user in words(kept) for kept in told for user in EVERYBODY[1:])
