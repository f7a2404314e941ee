"""Reminders in the store: one planned for each action, found when it is due, and never forgotten once settled."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from bot.domain.actions import ActionPoint
from bot.domain.ids import ActionId, TenantId
from bot.domain.touches import Outcome, Rung, Settled, Touch
from bot.store import tenants, touches
from bot.store.database import Transaction
from bot.store.schema import TouchState
from bot.store.touches import PlannedTouch
from tests.store.builders import (
    ADA,
    DAY,
    ELSEWHERE,
    HERE,
    HOUR,
    NOW,
    TODAY,
    a_draft,
    a_team,
    a_tenant,
    a_touch,
    in_each,
    install,
    over_all,
    put_action,
)
from tests.store.conftest import Desk

ONE, TWO = ActionId("ac-1"), ActionId("ac-2")


@pytest.fixture
async def action(desk: Desk) -> ActionPoint:
    async with desk.db.begin(HERE) as tx:
        return await put_action(tx, desk.draft)


async def planned(tx: Transaction, action: ActionId = ONE) -> PlannedTouch:
    found = await touches.planned_of(tx, action)
    assert found is not None
    return found


async def plan(desk: Desk, touch: Touch | None, action: ActionId = ONE) -> None:
    async with desk.db.begin(HERE) as tx:
        await touches.plan(tx, action, touch)


async def due(desk: Desk, at_most: int = 10) -> list[tuple[TenantId, ActionId]]:
    return await over_all(desk.db, lambda tx: touches.due(tx, NOW, at_most))


async def settle(
    desk: Desk, touch: Touch, outcome: Outcome = Outcome.SENT, told_on: date | None = None
) -> PlannedTouch:
    async with desk.db.begin(HERE) as tx:
        await touches.plan(tx, ONE, touch)
        found = await planned(tx)
        await touches.settle(tx, found, outcome, None, NOW, told_on)
        return found


async def test_what_was_planned_is_found_again(desk: Desk, action: ActionPoint) -> None:
    touch = a_touch(merges=(Rung.T5, Rung.WEEKLY))
    await plan(desk, touch)

    async with desk.db.read(HERE) as tx:
        found = await planned(tx)
        assert (found.action, found.touch, found.state) == (ONE, touch, TouchState.PLANNED)
        assert await touches.by_id(tx, found.id) == found


async def test_a_new_plan_takes_the_place_of_the_old(desk: Desk, action: ActionPoint) -> None:
    await plan(desk, a_touch())
    await plan(desk, a_touch(rung=Rung.T0, at_utc=NOW + DAY))
    async with desk.db.read(HERE) as tx:
        assert (await planned(tx)).touch.rung is Rung.T0

    await plan(desk, None)
    async with desk.db.read(HERE) as tx:
        assert await touches.planned_of(tx, ONE) is None


async def test_a19_ten_who_plan_at_once_leave_one_plan(desk: Desk, action: ActionPoint) -> None:
    for _ in range(5):
        await in_each(desk.db, 10, lambda tx, number: touches.plan(tx, ONE, a_touch(due_version=number)))

        assert await due(desk) == [(HERE, ONE)]
        async with desk.db.read(HERE) as tx:
            assert (await planned(tx)).touch.due_version in range(10)


async def test_only_what_is_due_is_due_the_earliest_first(desk: Desk, action: ActionPoint) -> None:
    moments = {"late": NOW - HOUR, "now": NOW, "not yet": NOW + timedelta(seconds=1), "later": NOW - DAY}
    async with desk.db.begin(HERE) as tx:
        for number, (name, at) in enumerate(moments.items(), start=2):
            await put_action(tx, desk.draft, id=ActionId(name), number=number)
            await touches.plan(tx, ActionId(name), a_touch(at_utc=at))

    assert [name for _, name in await due(desk)] == ["later", "late", "now"]
    assert [name for _, name in await due(desk, at_most=1)] == ["later"]


async def test_what_was_settled_is_not_due(desk: Desk, action: ActionPoint) -> None:
    await settle(desk, a_touch())

    assert await due(desk) == []


async def test_what_was_moved_is_due_later_and_still_meant_for_its_day(desk: Desk, action: ActionPoint) -> None:
    await plan(desk, a_touch())
    async with desk.db.begin(HERE) as tx:
        await touches.move(tx, (await planned(tx)).id, NOW + HOUR)
        assert (await planned(tx)).touch == a_touch(at_utc=NOW + HOUR)

    assert await due(desk) == []


async def test_c16_a_stopped_workspace_has_nothing_due_until_it_is_installed_again(
    desk: Desk, action: ActionPoint
) -> None:
    await plan(desk, a_touch())
    await install(desk.db, a_tenant(ELSEWHERE))
    async with desk.db.begin(ELSEWHERE) as tx:
        draft = await a_draft(tx, (await a_team(tx)).id)
        await put_action(tx, draft)
        await touches.plan(tx, ONE, a_touch())
    assert set(await due(desk)) == {(HERE, ONE), (ELSEWHERE, ONE)}

    async with desk.db.begin_for_all() as tx:
        await tenants.stop(tx, HERE, NOW)
    assert await due(desk) == [(ELSEWHERE, ONE)]

    await install(desk.db)
    assert set(await due(desk)) == {(HERE, ONE), (ELSEWHERE, ONE)}


async def test_what_is_told_with_another_is_settled_with_it(desk: Desk, action: ActionPoint) -> None:
    await settle(desk, a_touch(merges=(Rung.T5,)), told_on=TODAY + DAY)

    async with desk.db.read(HERE) as tx:
        history = await touches.history_of(tx, ONE, due_version=1)
    assert set(history) == {
        Settled(Rung.T1, TODAY + DAY, Outcome.SENT),
        Settled(Rung.T5, TODAY, Outcome.MERGED),
    }


async def test_the_history_is_that_of_the_present_version(desk: Desk, action: ActionPoint) -> None:
    await settle(desk, a_touch(due_version=1))
    await settle(desk, a_touch(due_version=2, rung=Rung.T0), Outcome.SKIPPED)
    await plan(desk, a_touch(due_version=2))

    async with desk.db.read(HERE) as tx:
        assert await touches.history_of(tx, ONE, 1) == [Settled(Rung.T1, TODAY, Outcome.SENT)]
        assert await touches.history_of(tx, ONE, 2) == [Settled(Rung.T0, TODAY, Outcome.SKIPPED)]
        assert await touches.history_of(tx, ONE, 3) == []


async def test_what_was_never_said_is_put_right(desk: Desk, action: ActionPoint) -> None:
    touch = await settle(desk, a_touch())
    async with desk.db.begin(HERE) as tx:
        await touches.resettle(tx, touch.id, Outcome.SKIPPED, "closed", NOW)

        assert await touches.history_of(tx, ONE, 1) == [Settled(Rung.T1, TODAY, Outcome.SKIPPED)]


async def test_reminders_of_an_action_know_their_order_by_when_they_were_due(desk: Desk, action: ActionPoint) -> None:
    async with desk.db.begin(HERE) as tx:
        said = []
        for day in range(4):
            await touches.plan(tx, ONE, a_touch(at_utc=NOW + day * DAY))
            one = await planned(tx)
            # Told at one moment, as after an outage: the order is that of the days they were meant for.
            await touches.settle(tx, one, Outcome.SENT, None, NOW + 5 * DAY)
            said.append(one)
        await touches.resettle(tx, said[1].id, Outcome.SKIPPED, "late", NOW + DAY)

        assert await touches.said_before(tx, said[2].id) == [said[0].id]
        assert await touches.said_before(tx, said[0].id) == []
        assert await touches.said_after(tx, said[0])
        assert not await touches.said_after(tx, said[3])
        assert await touches.said_last(tx, ONE) == said[3].id


async def test_the_touches_of_one_action_are_not_anothers(desk: Desk, action: ActionPoint) -> None:
    async with desk.db.begin(HERE) as tx:
        await put_action(tx, desk.draft, id=TWO, number=2)
    await plan(desk, a_touch())
    await plan(desk, a_touch(recipient=ADA), TWO)
    await plan(desk, None)

    async with desk.db.read(HERE) as tx:
        assert (await planned(tx, TWO)).touch == a_touch(recipient=ADA)


async def test_a_touch_that_nobody_planned_cannot_be_settled(desk: Desk, action: ActionPoint) -> None:
    touch = await settle(desk, a_touch())
    async with desk.db.begin(HERE) as tx:
        with pytest.raises(AssertionError):
            await touches.settle(tx, replace(touch, id=type(touch.id)(uuid4().hex)), Outcome.SENT, None, NOW)
