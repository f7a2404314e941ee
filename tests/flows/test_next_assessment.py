"""From one assessment to the next: the lead first, one line in the channel, and silence after that."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.ids import UserId
from bot.services import arranging
from bot.services.arranging import NotLead
from bot.store import leads
from sandbox.person import Person
from sandbox.values import Message, Role
from tests.flows.assessment import NOT_KNOWN, RUN, STEPS, answered, assessed, opened, own, posts
from tests.flows.choosing import choose, team_of, tenant_of
from tests.flows.looking import buttons, explains_itself, shown, words
from tests.flows.saying import home_of, shown_to
from tests.flows.times import NEW_YORK, at, march
from tests.flows.world import World

# Assessed on Monday 2 March: 90 days later is Sunday 31 May. Whit Monday, the 25th, is a day off in Paris.
SOON, DUE, LATE = date(2026, 5, 22), date(2026, 6, 1), date(2026, 6, 15)


async def _noon(world: World, day: date) -> None:
    await world.until(at(day, "12:00"))


def _told(world: World, user: str = "U_ADA") -> list[str]:
    return [kept.text for kept in world.slack.dm(user)]


def _lines(world: World) -> list[Message]:
    return [kept for kept in posts(world) if kept.text.startswith("The next FinOps assessment")]


async def _soon(world: World) -> Message:
    """What the lead of a mature team is told in the week before."""
    await assessed(world, 3, RUN)
    await _noon(world, SOON)
    (told,) = world.slack.dm("U_ADA")
    return told


async def test_the_lead_hears_a_week_before_the_channel_on_the_day_and_the_lead_once_more(world: World) -> None:
    await assessed(world, 3, RUN)
    await world.until(at(SOON, "09:29"))
    assert _told(world) == []
    await _noon(world, SOON)
    (told,) = world.slack.dm("U_ADA")
    assert told.text == "The next FinOps assessment of payments is due on Mon 1 June."
    assert buttons(told) == ["Start", "Delegate", "Move by a month"]
    assert "Last time 1 person answered." in words(told)
    assert explains_itself(told)

    await world.until(at(DUE, "09:59"))
    assert _lines(world) == []
    await _noon(world, DUE)
    (line,) = _lines(world)
    assert "is due today" in line.text
    assert "<@" not in words(line)
    assert buttons(line) == ["Start"]

    await _noon(world, LATE)
    assert _told(world)[1:] == ["The FinOps assessment of payments was due on Mon 1 June and has not been started."]
    assert buttons(world.slack.dm("U_ADA")[-1]) == ["Start", "Delegate", "Skip this quarter"]
    await _noon(world, date(2026, 8, 21))
    assert len(_told(world)) == 2
    assert len(_lines(world)) == 1

    await _noon(world, date(2026, 8, 24))
    assert _told(world)[2:] == ["The next FinOps assessment of payments is due on Mon 31 Aug."]


async def test_while_somebody_is_at_it_nothing_is_said(world: World, ben: Person) -> None:
    await _soon(world)
    await _noon(world, date(2026, 5, 29))
    await ben.close(await answered(ben, await opened(world, ben, user="U_BEN"), 2, NOT_KNOWN, STEPS[:1]))
    await _noon(world, LATE)

    assert _lines(world) == []
    assert len(_told(world)) == 1


async def test_start_opens_the_assessment(world: World, ada: Person, ben: Person) -> None:
    told = await _soon(world)
    await ada.press(told, text="Start")
    await world.answered()
    first = world.slack.screen("U_ADA")
    assert first is not None
    assert first.title == "Step 1 of 5: Processes"
    await ada.close(first)
    await _noon(world, DUE)

    await ben.press(_lines(world)[0], text="Start")
    await world.answered()

    bens = world.slack.screen("U_BEN")
    assert bens is not None
    assert "for *payments*" in words(bens)


async def test_taken_early_the_next_one_is_a_quarter_from_then(world: World) -> None:
    await _soon(world)
    await assessed(world, 3, RUN)
    await _noon(world, date(2026, 7, 31))

    assert _lines(world) == []
    assert len(_told(world)) == 1
    assert "*Next assessment*\nThu 20 Aug" in words(posts(world)[-1])


async def test_moved_by_a_month_it_comes_a_month_later_and_an_old_button_moves_nothing(
    world: World, ada: Person
) -> None:
    told = await _soon(world)

    await ada.press(told, text="Move by a month")
    await world.settle()
    assert (
        world.slack.ephemerals("U_ADA")[-1].text == "The next FinOps assessment of payments is due on Wed 1 July now."
    )
    await ada.press(told, text="Move by a month")
    await world.settle()
    assert "That was decided before." in world.slack.ephemerals("U_ADA")[-1].text
    await _noon(world, LATE)
    assert _lines(world) == []

    await _noon(world, date(2026, 7, 1))
    assert len(_lines(world)) == 1


async def test_skipped_for_this_quarter_it_is_due_with_the_next(world: World, ada: Person) -> None:
    await _soon(world)
    await _noon(world, DUE)
    await _noon(world, LATE)

    await ada.press(world.slack.dm("U_ADA")[-1], text="Skip this quarter")
    await world.settle()

    assert "is due on Mon 31 Aug now." in world.slack.ephemerals("U_ADA")[-1].text
    await _noon(world, date(2026, 8, 24))
    assert "is due on Mon 31 Aug." in _told(world)[-1]


@pytest.mark.parametrize("button", ["Move by a month", "Skip this quarter"])
async def test_what_was_decided_about_it_can_be_taken_back(world: World, ada: Person, button: str) -> None:
    await _soon(world)
    if button == "Skip this quarter":
        await _noon(world, DUE)
        await _noon(world, LATE)
    before = words(await home_of(world, ada))

    await ada.press(world.slack.dm("U_ADA")[-1], text=button)
    await world.settle()
    decided = world.slack.ephemerals("U_ADA")[-1]
    assert buttons(decided) == ["Undo"]
    assert words(shown_to(world, ada)) != before, "the Home says the new day"
    told = len(_told(world))
    await ada.press(decided, text="Undo")
    await world.settle()

    assert world.slack.ephemerals("U_ADA")[-1].text == "Undone: the team is as it was before."
    assert words(shown_to(world, ada)) == before
    assert len(_told(world)) == told, "what was said before is not said again"
    await _noon(world, DUE)
    assert len(_lines(world)) == 1


async def test_an_assessment_taken_meanwhile_stands_against_undo(world: World, ada: Person) -> None:
    await ada.press(await _soon(world), text="Move by a month")
    await world.settle()
    decided = world.slack.ephemerals("U_ADA")[-1]
    await assessed(world, 3, RUN)

    await ada.press(decided, text="Undo")
    await world.settle()

    assert "changed again since" in world.slack.ephemerals("U_ADA")[-1].text


async def test_delegated_somebody_else_gets_the_button(world: World, ada: Person, ben: Person) -> None:
    told = await _soon(world)
    await ada.press(told, text="Delegate")
    await world.answered()
    form = world.slack.screen("U_ADA")
    assert form is not None
    assert shown(await ada.submit(form, {"person": "U_BEN"})).title == "Next assessment"
    await world.settle()
    assert world.slack.dm("U_BEN") == []  # it is six in the morning there
    await world.until(at(SOON, "09:51", NEW_YORK))

    (asked,) = world.slack.dm("U_BEN")
    assert asked.text == "<@U_ADA> asks you to start the next FinOps assessment of payments: it is due on Mon 1 June."
    await ben.press(asked, text="Start")
    await world.answered()
    first = world.slack.screen("U_BEN")
    assert first is not None
    assert first.title == "Step 1 of 5: Processes"


async def test_only_a_full_member_can_be_asked(world: World, ada: Person) -> None:
    guest = next(user for user in world.slack.workspace.users.values() if user.role.value == "guest")
    told = await _soon(world)
    await ada.press(told, text="Delegate")
    await world.answered()
    form = world.slack.screen("U_ADA")
    assert form is not None

    refused = await ada.submit(form, {"person": guest.id})

    assert "full member" in refused.errors["person"]


async def test_what_is_still_open_is_looked_at_first(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN, plan=own(1, "Label the disks", "U_BEN", date(2026, 6, 30)))
    await _noon(world, SOON)
    (told,) = world.slack.dm("U_ADA")
    assert "1 action point from before is still open." in words(told)

    await ada.press(told, text="Review open actions")
    await world.answered()

    listed = world.slack.screen("U_ADA")
    assert listed is not None
    assert buttons(listed) == ["Decide"]
    assert "A-1 Label the disks" in words(listed)


async def test_a_team_may_choose_how_often(world: World) -> None:
    await assessed(world, 3, RUN)
    await choose(world, reassess_days=28)
    await _noon(world, march(30))

    assert [kept.text[:45] for kept in _lines(world)] == ["The next FinOps assessment of payments is due"]


@pytest.mark.parametrize("is_still_admin", [True, False], ids=["an admin", "an admin no more"])
async def test_an_admin_decides_as_long_as_slack_says_that_they_are_one(
    world: World, ada: Person, is_still_admin: bool
) -> None:
    """The message was Ada's while she led the team; now Ben does."""
    told = await _soon(world)
    async with world.db.begin(tenant_of(world)) as tx:
        await leads.give(tx, (await team_of(world)).id, UserId("U_BEN"))
    if not is_still_admin:
        world.slack.workspace.add(replace(world.slack.workspace.users["U_ADA"], role=Role.MEMBER))
    await world.pass_time(timedelta(minutes=6))

    await ada.press(told, text="Move by a month")
    await world.settle()

    said = world.slack.ephemerals("U_ADA")[-1].text
    assert said.startswith("The next FinOps" if is_still_admin else "Only the team's lead")


async def test_nobody_but_the_lead_or_an_admin_decides(world: World) -> None:
    await assessed(world, 3, RUN)
    team = await team_of(world)
    async with world.db.begin(tenant_of(world)) as tx:
        for decide in (arranging.skip, arranging.move_by_a_month):
            assert await decide(tx, team.id, DUE, UserId("U_BEN"), world.now()) == NotLead()
