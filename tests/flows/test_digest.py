"""The weekly digest: once a week, where there is something to tell, and nobody is called."""

import asyncio
import re
from datetime import date, time

from sqlalchemy import select, update

from bot.domain.touches import Track
from bot.services import reminding
from bot.store.schema import DeliveryRow, TeamRow, TouchRow
from sandbox.person import Person
from sandbox.values import Message
from sandbox.views import View
from tests.flows.assessment import CRAWL, RUN, agreed, assessed, card_of, cards, own, posts
from tests.flows.choosing import choose, tenant_of
from tests.flows.looking import buttons, explains_itself, words
from tests.flows.times import NEW_YORK, april, at, march
from tests.flows.world import World

TASKS = (
    own(1, "Label the disks", due=march(11))
    | own(2, "Agree on owners", "U_BEN", march(20))
    | own(3, "Write it down", owner=None, due=None)
)


def _digests(world: World, channel: str = "C_PAY") -> list[Message]:
    return [kept for kept in posts(world, channel) if kept.text.startswith("FinOps week")]


async def _team_at_work(world: World) -> None:
    """A mature team with three action points of its own, and one of them done by Monday the 9th."""
    await assessed(world, 3, RUN, plan=TASKS)
    await world.until(at(march(6), "12:00"))


async def _reasons(world: World) -> list[str]:
    async with world.db.read(tenant_of(world)) as tx:
        rows = await tx.session.scalars(
            select(TouchRow).where(TouchRow.track == Track.DIGEST, TouchRow.settled_at.is_not(None))
        )
        return [str(row.reason) for row in rows if row.reason != "replanned"]


async def test_it_comes_on_monday_at_ten_with_what_was_done_and_what_is_due(world: World, ada: Person) -> None:
    await _team_at_work(world)
    await ada.press(card_of(world, "Label the disks"), text="Mark done")
    before = len(_digests(world))
    await world.until(at(march(9), "09:59"))
    assert len(_digests(world)) == before
    await world.until(at(march(9), "10:01"))
    await world.until(at(march(9), "16:00"))

    told = _digests(world)[-1]
    assert len(_digests(world)) == before + 1
    assert explains_itself(told)
    assert told.text == "FinOps week for payments: 1 done, 1 without an owner."
    assert "*Done since the last digest*\n• A-1 Label the disks" in words(told)
    assert "Open action points: 3 before, 2 now." in words(told)
    assert not re.search("<@", words(told))
    assert buttons(told) == ["Take it", "See all", "Assessment status"]


async def test_each_week_is_told_once_whoever_ticks(world: World) -> None:
    await _team_at_work(world)
    before = len(_digests(world))
    world.clock.advance((at(march(9), "10:00") - world.now()).total_seconds())
    await asyncio.gather(*(reminding.tick(world.db, world.gateway, world.now()) for _ in range(2)))
    await world.settle()

    assert len(_digests(world)) == before + 1
    async with world.db.read(tenant_of(world)) as tx:
        keys = list(await tx.session.scalars(select(DeliveryRow.key).where(DeliveryRow.kind == "digest")))
    assert len([key for key in keys if key.endswith(":digest:2026-W11")]) == 1


async def test_a_week_in_which_nothing_happened_is_passed_over(world: World) -> None:
    await agreed(world, due=april(20))
    await world.until(at(march(9), "16:00"))

    assert _digests(world) == []
    assert "nothing-new" in await _reasons(world)


async def test_overdue_is_told_by_title_and_days_and_owners_are_not_named(world: World) -> None:
    await agreed(world, due=march(5))
    await world.until(at(march(9), "12:00"))

    told = _digests(world)[-1]
    assert told.text == "FinOps week for payments: 1 overdue."
    assert "*Overdue*\n• A-1 Label the disks – 4 days" in words(told)
    assert "<@" not in words(told)


async def test_after_another_message_of_that_day_it_comes_on_the_next_working_day(world: World) -> None:
    await agreed(world, due=march(5))
    await world.until(at(march(9), "09:00"))
    await assessed(world, 3, RUN)
    await world.until(at(march(9), "16:00"))
    before = len(_digests(world))
    await world.until(at(march(10), "10:01"))

    assert len(_digests(world)) == before + 1


async def test_a_lead_may_choose_day_hour_and_zone_or_none_at_all(world: World) -> None:
    await _team_at_work(world)
    before = len(_digests(world))
    await choose(world, digest_day=2, digest_at=time(15, 30), zone=NEW_YORK)
    await world.until(at(march(11), "15:29", NEW_YORK))
    assert len(_digests(world)) == before
    await world.until(at(march(11), "15:31", NEW_YORK))
    assert len(_digests(world)) == before + 1

    await choose(world, digests=False)
    await world.until(at(march(25), "16:00"))
    assert len(_digests(world)) == before + 1


async def test_a_stopped_or_suspended_team_is_not_spoken_to(world: World) -> None:
    await _team_at_work(world)
    before = len(_digests(world))
    async with world.db.begin(tenant_of(world)) as tx:
        await tx.session.execute(update(TeamRow).values(suspended_at=world.now(), suspended_why="archived"))
    await world.until(at(march(9), "16:00"))
    async with world.db.begin(tenant_of(world)) as tx:
        await tx.session.execute(update(TeamRow).values(suspended_why=None, stopped_at=world.now()))
    await world.until(at(march(16), "16:00"))

    assert len(_digests(world)) == before
    assert {"suspended", "stopped"} <= set(await _reasons(world))


async def test_what_belongs_to_nobody_is_taken_by_who_presses_first(world: World, ada: Person, ben: Person) -> None:
    await _team_at_work(world)
    await world.until(at(march(9), "12:00"))
    told = _digests(world)[-1]

    await ben.press(told, text="Take it")
    await world.settle()
    await ada.press(told, text="Take it")
    await world.settle()

    assert "<@U_BEN>" in card_of(world, "Write it down").text
    assert "Nothing to change: A-3 is already open" in world.slack.ephemerals("U_ADA")[-1].text


async def test_a_guest_takes_nothing(world: World) -> None:
    await _team_at_work(world)
    await world.until(at(march(9), "12:00"))
    guest = next(user for user in world.slack.workspace.users.values() if user.role.value == "guest")
    await world.slack.lifecycle.join("C_PAY", guest.id)

    await world.slack.person(guest.id).press(_digests(world)[-1], text="Take it")
    await world.settle()

    assert "Only full members of this workspace can do that here." in world.slack.ephemerals(guest.id)[-1].text
    assert "no owner yet" in card_of(world, "Write it down").text


async def test_see_all_lists_what_is_open_and_each_is_decided_there(world: World, ada: Person) -> None:
    await _team_at_work(world)
    await world.until(at(march(9), "12:00"))
    await ada.press(_digests(world)[-1], text="See all")
    await world.answered()
    listed = world.slack.screen("U_ADA")
    assert listed is not None
    assert "*payments* has 3 open action points." in words(listed)

    await ada.press(listed, text="Decide", block_id=_block_of(listed, "Label the disks"))
    await world.answered()
    form = world.slack.screen("U_ADA")
    assert form is not None
    assert form.title == "Decide about A-1"
    assert not (await ada.submit(form, {"choice": "done"})).errors
    await world.settle()

    assert "Done by <@U_ADA>" in words(card_of(world, "Label the disks"))
    await _back_to(world, ada, listed)


async def test_the_teams_status_is_one_press_away_and_so_is_the_reason(world: World, ben: Person) -> None:
    await _team_at_work(world)
    await world.until(at(march(9), "12:00"))
    told = _digests(world)[-1]

    await ben.press(told, text="Assessment status")
    await world.settle()
    assert world.slack.ephemerals("U_BEN")[-1].text.startswith("payments: Run")
    await ben.press(told, text="Why am I seeing this?")
    await world.settle()
    assert "because this is the channel of payments" in world.slack.ephemerals("U_BEN")[-1].text


async def _back_to(world: World, person: Person, view: View) -> None:
    """What came on top of it is closed."""
    top = world.slack.screen(person.id)
    assert top is not None
    if top != view:
        await person.close(top)
    assert world.slack.screen(person.id) == view


def _block_of(view: View, title: str) -> str:
    return next(str(block["block_id"]) for block in view.blocks if title in str(block))


async def test_what_is_open_in_a_private_channel_is_for_its_own_people(world: World, ada: Person) -> None:
    await assessed(world, 0, CRAWL, channel="G_SEC")
    assert cards(world, "G_SEC")
    await world.until(at(date(2026, 6, 8), "12:00"))

    assert _digests(world) == []
    (told,) = _digests(world, "G_SEC")[-1:]
    await ada.press(told, text="See all")
    await world.answered()
    view = world.slack.screen("U_ADA")
    assert view is not None
    assert "*secrets* has" in words(view)
