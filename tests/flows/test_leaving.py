"""People who leave, and come back: T37, T38. What was theirs goes to those who are there, and nobody writes to them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.ids import ChannelId, TenantId, UserId
from bot.domain.preferences import Role as Right
from bot.store import members, people, teams
from bot.store.schema import TouchRow
from sandbox.person import Person
from sandbox.values import Role
from tests.flows.assessment import RUN, agreed, assessed, card_of, opened, own, replies
from tests.flows.deciding import handed, morning
from tests.flows.looking import buttons, words
from tests.flows.times import at, march
from tests.flows.world import World

HERE = TenantId("T0SANDBOX")


async def leave(world: World, user: str) -> None:
    await world.slack.lifecycle.change_user(user, deleted=True)
    await world.settle()


async def lead_of(world: World, channel: str = "C_PAY") -> str:
    async with world.db.read(HERE) as tx:
        team = await teams.of_channel(tx, ChannelId(channel))
    assert team is not None
    return team.lead


async def test_t37_handed_over_a_minute_before_the_one_hears_nothing_and_the_other_has_a_day(
    world: World, ada: Person
) -> None:
    card = await agreed(world, march(17))
    await world.until(at(march(16), "09:29"))
    before = len(replies(world, card))

    await handed(world, ada, card, "U_CHI")
    await world.pass_time(timedelta(hours=14), timedelta(minutes=30))

    (told,) = replies(world, card)[before:]
    assert told.text.startswith("<@U_CHI> A-1 is yours now")


async def test_t38_e13_who_left_is_not_written_to_and_the_lead_is_asked_once_for_a_new_owner(
    world: World, ada: Person
) -> None:
    card = await agreed(world, march(17), "U_BEN")
    await world.until(at(march(5), "12:00"))

    await leave(world, "U_BEN")
    await morning(world, march(6))
    await world.until(at(march(20), "18:00"), timedelta(days=1))

    assert replies(world, card) == []
    assert world.slack.dm("U_BEN") == []
    assert "Needs an owner" in words(card_of(world, "Label the disks"))
    (asked,) = world.slack.dm("U_ADA")
    assert asked.text == "A-1 Label the disks of payments has no owner any more: who had it has left. Who takes it?"
    assert "<@U_BEN>'s" in words(asked)
    assert "Reassign" in buttons(asked)

    await ada.press(asked, text="Reassign")
    await world.answered()
    form = world.slack.screen("U_ADA")
    assert form is not None
    assert not (await ada.submit(form, {"owner": "U_CHI"})).errors
    await world.settle()
    assert "<@U_CHI>" in words(card_of(world, "Label the disks"))


async def test_t38_e13_known_only_when_a_reminder_was_due_it_is_the_same(world: World) -> None:
    """The event did not come: Slack is asked before anything is said."""
    card = await agreed(world, march(17), "U_BEN")
    ben = world.slack.workspace.users["U_BEN"]
    world.slack.workspace.add(replace(ben, deleted=True))

    await world.until(at(march(18), "18:00"), timedelta(hours=6))

    assert replies(world, card) == []
    assert "Needs an owner" in words(card_of(world, "Label the disks"))


async def test_t38_e13_every_touch_that_was_planned_for_them_ends_with_a_reason(world: World) -> None:
    await agreed(world, march(17), "U_BEN")
    await leave(world, "U_BEN")

    async with world.db.read(HERE) as tx:
        rows = (await tx.session.scalars(select(TouchRow).where(TouchRow.recipient == "U_BEN"))).all()
    assert [(row.state.value, row.reason) for row in rows] == [("skipped", "left")]


async def test_a_lead_who_leaves_is_followed_by_who_was_at_it_last(world: World) -> None:
    await assessed(world, 3, RUN)
    await assessed(world, 3, RUN, user="U_BEN")
    await assessed(world, 3, RUN, user="U_CHI", plan=own(1, "Label the disks", "U_BEN", march(17)))
    await leave(world, "U_CHI")

    await leave(world, "U_ADA")
    await world.until(at(march(3), "16:00", "America/New_York"))

    assert await lead_of(world) == "U_BEN"
    (told,) = world.slack.dm("U_BEN")
    assert told.text == "You lead payments in FinOps from now on: its lead has left."
    assert world.slack.dm("U_ADA") == []


async def test_where_nobody_follows_the_admins_are_told(world: World) -> None:
    await assessed(world, 3, RUN, user="U_BEN")
    async with world.db.begin(HERE) as tx:
        for admin in ("U_ADA", "U_CHI"):
            await people.meet(tx, UserId(admin), world.now())
        await members.grant(tx, Right.ADMIN, UserId("U_CHI"), UserId("U_ADA"), world.now())
    await world.settle()

    await leave(world, "U_BEN")
    await world.until(at(march(3), "12:00"), timedelta(hours=2))

    for admin in ("U_ADA", "U_CHI"):
        (told,) = world.slack.dm(admin)
        assert told.text.startswith("Nobody leads payments in FinOps any more")


@pytest.mark.parametrize("how", [{"deleted": True}, {"role": Role.GUEST}])
async def test_who_is_back_is_a_member_again(world: World, how: dict[str, object]) -> None:
    await assessed(world, 3, RUN, user="U_BEN")
    async with world.db.begin(HERE) as tx:
        team = await teams.of_channel(tx, ChannelId("C_PAY"))
        assert team is not None
        await people.meet(tx, UserId("U_CHI"), world.now())
        await members.add(tx, team.id, UserId("U_CHI"), team.lead, world.now())
    await world.slack.lifecycle.change_user("U_CHI", **how)
    await world.answered()
    async with world.db.read(HERE) as tx:
        gone = (await people.of(tx, [UserId("U_CHI")]))[UserId("U_CHI")]
        assert (gone.is_active and gone.is_member) is False
        assert ("deleted" in how) is (await members.named(tx, team.id) == [])

    await world.slack.lifecycle.change_user("U_CHI", deleted=False, role=Role.MEMBER)
    await world.answered()

    async with world.db.read(HERE) as tx:
        assert await members.named(tx, team.id) == ["U_CHI"]
    await world.slack.lifecycle.join("C_PAY", "U_CHI")
    assert "Step 1 of 5" in (await opened(world, world.slack.person("U_CHI"), user="U_CHI")).title
