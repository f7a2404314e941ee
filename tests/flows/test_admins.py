"""What admins see of the bot itself: how it is, what failed and can be tried again, and what it is going to say."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.domain.ids import ActionId, UserId
from bot.domain.touches import Rung
from bot.services import health, previewing
from bot.store import actions, people, teams
from bot.store.schema import TouchRow, TouchState
from sandbox import Fault, Trouble
from sandbox.person import Person
from tests.flows.assessment import RUN, agreed, assessed, own, posts
from tests.flows.looking import buttons, words
from tests.flows.saying import answer, tenant_of
from tests.flows.times import at, march
from tests.flows.world import World

ONLY_ADMINS = "Only admins of this workspace's use of the bot can do that."
LOST = Fault(Trouble.ERROR, "chat.postMessage", error="restricted_action")


@pytest.mark.parametrize("asked", ["admin health", "admin failures", "admin retry 7f3a19c2", "admin preview #payments"])
async def test_nobody_but_admins_is_told(world: World, ben: Person, asked: str) -> None:
    await assessed(world, 3, RUN, user="U_BEN")
    assert (await answer(world, ben, asked)).text == ONLY_ADMINS


async def test_all_is_well(world: World, ada: Person) -> None:
    await agreed(world, march(17))
    await health.beat(world.db, world.now())

    told = await answer(world, ada, "admin health")

    assert told.text == "All is well with the bot in this workspace."
    assert "*Last tick*\n0 seconds ago" in words(told)
    assert "*Reminders*\nNone is due" in words(told)
    assert "*Queue*\nEmpty" in words(told)


async def test_a_tick_is_written_down_once_in_a_while(world: World, ada: Person) -> None:
    await health.beat(world.db, world.now())
    began = world.now()
    world.clock.advance(30)
    await health.beat(world.db, world.now())
    async with world.db.read(tenant_of(world)) as tx:
        assert (await health.of_workspace(tx, world.now())).ticked_at == began
    world.clock.advance(30)
    await health.beat(world.db, world.now())
    async with world.db.read(tenant_of(world)) as tx:
        assert (await health.of_workspace(tx, world.now())).ticked_at == world.now()


async def test_what_is_late_waits_or_was_given_up_is_told(world: World, ada: Person) -> None:
    await agreed(world, march(5), owner="U_BEN")
    await health.beat(world.db, world.now())
    world.slack.faults.add(LOST)
    await assessed(world, 3, RUN, channel="C_WEB")
    world.slack.faults.lift()
    world.clock.advance(timedelta(days=4).total_seconds())
    async with world.db.begin(tenant_of(world)) as tx:
        await people.put(tx, UserId("U_BEN"), "Mars/Olympus_Mons", True, True, world.now())

    said = words(await answer(world, ada, "admin health"))

    assert "*Last tick*\n4 days ago" in said
    assert "• 1 × restricted_action" in said
    assert "<@U_BEN>: their reminders go by the zone of the team, else of the workspace." in said


async def test_what_was_given_up_is_listed_and_goes_once_more(world: World, ada: Person) -> None:
    world.slack.faults.add(LOST)
    await assessed(world, 3, RUN)
    world.slack.faults.lift()
    assert posts(world) == []
    listed = await answer(world, ada, "admin failures")
    assert listed.text == "The latest 1 message that did not arrive:"
    assert "result to <#C_PAY>" in words(listed)
    assert "restricted_action" in words(listed)
    assert "Try again" in buttons(listed)

    await ada.press(listed, text="Try again")
    await world.settle()

    assert [kept.text for kept in posts(world)] == ["payments finished its FinOps assessment: Run, 100 of 100."]
    assert "goes once more" in world.slack.ephemerals("U_ADA")[-1].text
    assert (await answer(world, ada, "admin failures")).text == "Everything was delivered."


async def test_it_can_be_typed_as_well_with_the_id_that_is_shown(world: World, ada: Person) -> None:
    world.slack.faults.add(LOST)
    await assessed(world, 3, RUN)
    world.slack.faults.lift()
    short = words(await answer(world, ada, "admin failures")).split("`")[1]

    assert "goes once more" in (await answer(world, ada, f"admin retry {short}")).text
    assert len(posts(world)) == 1
    assert (await answer(world, ada, f"admin retry {short}")).text.startswith("There is no failure of that id.")


async def test_somebody_elses_button_retries_nothing(world: World, ada: Person, ben: Person) -> None:
    world.slack.faults.add(LOST)
    await assessed(world, 3, RUN)
    world.slack.faults.lift()
    await answer(world, ada, "admin failures")
    async with world.db.begin(tenant_of(world)) as tx:
        await people.put(tx, UserId("U_ADA"), "Europe/Paris", True, True, world.now(), is_admin=False)

    await ada.press(world.slack.ephemerals("U_ADA")[-1], text="Try again")
    await world.settle()

    assert world.slack.ephemerals("U_ADA")[-1].text == ONLY_ADMINS
    assert posts(world) == []


async def test_a_preview_says_who_is_told_what_on_which_day(world: World, ada: Person) -> None:
    await assessed(world, 3, RUN, plan=own(1, "Label", due=march(5)) | own(2, "Ask", "U_BEN", march(5)))

    told = await answer(world, ada, "admin preview #payments")

    said = words(told)
    assert "*Wed 4 Mar*\n• <@U_ADA>: A-1 (due the next working day)\n• <@U_BEN>: A-2 (due the next working day)" in said
    assert "*Thu 5 Mar*" in said
    assert words(await answer(world, ada, "admin preview")) == said  # of the channel's team
    assert (await answer(world, ada, "admin preview nowhere")).text == "There is no such team that you can see."


async def test_two_weeks_go_as_the_preview_said(world: World) -> None:
    """Nobody does anything meanwhile: whatever is told is what was foreseen, and all of that is told."""
    plan = own(1, "Soon", due=march(5)) | own(2, "Later", due=march(11)) | own(3, "Ben's", "U_BEN", march(10))
    await assessed(world, 3, RUN, plan=plan)
    await assessed(world, 3, RUN, channel="C_WEB", plan=own(1, "Elsewhere", due=march(6)), user="U_ADA")
    async with world.db.read(tenant_of(world)) as tx:
        found = {team.name: await previewing.preview(tx, team, world.now()) for team in await teams.every(tx, 5)}
    foreseen = {
        (name, one.day, one.action, one.rung) for name, facts in found.items() for one in facts.expected if one.person
    }

    await world.pass_time(timedelta(days=14), step=timedelta(hours=4))

    assert foreseen == await _told(world)
    assert len(foreseen) > 8


async def _told(world: World) -> set[tuple[str, date, str | None, Rung]]:
    async with world.db.read(tenant_of(world)) as tx:
        listed = {
            action.id: (team.name, action.label)
            for team in await teams.every(tx, 5)
            for action in await actions.of_team(tx, team.id)
        }
        rows = await tx.session.scalars(select(TouchRow).where(TouchRow.state == TouchState.SENT))
        about = [(listed[ActionId(row.subject)], row) for row in rows if row.subject in listed]
        return {(*_placed(named, row.local_day), row.rung) for named, row in about}


def _placed(named: tuple[str, str], day: date) -> tuple[str, date, str]:
    team, label = named
    return team, day, label


async def test_a_reminder_that_was_refused_says_what_it_was_to_say_when_it_goes_once_more(
    world: World, ada: Person
) -> None:
    both = own(1, "Label the disks", due=march(17)) | own(2, "Ask for the invoice", due=march(17))
    await assessed(world, 3, RUN, plan=both)
    await world.until(at(march(10), "09:00"))
    world.slack.faults.add(LOST)
    await world.until(at(march(10), "12:00"), timedelta(hours=1))
    world.slack.faults.lift()
    assert world.slack.dm("U_ADA") == []
    short = words(await answer(world, ada, "admin failures")).split("`")[1]

    await answer(world, ada, f"admin retry {short}")

    (reminder,) = world.slack.dm("U_ADA")
    assert "Label the disks" in words(reminder)
    assert "Ask for the invoice" in words(reminder)
