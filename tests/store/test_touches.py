"""Reminders in the store: one planned for each action, found when it is due, and never forgotten once settled."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, text

from bot.domain.actions import ActionPoint
from bot.domain.ids import ActionId, TenantId, UserId
from bot.domain.touches import Outcome, Reason, Rung, Settled, Touch, Track
from bot.store import plans, stopping, told, touches
from bot.store.database import Database, Transaction
from bot.store.plans import Told
from bot.store.schema import TouchState
from bot.store.touches import Due, PlannedTouch
from tests.store.builders import (
    ADA,
    BOB,
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
    found = await touches.planned_of(tx, Track.OWNER, action)
    assert found is not None
    return found


async def plan(desk: Desk, touch: Touch | None, action: ActionId = ONE) -> None:
    async with desk.db.begin(HERE) as tx:
        await plans.put(tx, action, {Track.OWNER: touch}, NOW)


async def due(desk: Desk, at_most: int = 10) -> list[tuple[TenantId, str]]:
    found = await over_all(desk.db, lambda tx: touches.due(tx, NOW, at_most))
    return [(one.tenant, one.recipient) for one in found]


async def settle(
    desk: Desk, touch: Touch, outcome: Outcome = Outcome.SENT, told_on: date | None = None
) -> PlannedTouch:
    async with desk.db.begin(HERE) as tx:
        await plans.put(tx, ONE, {Track.OWNER: touch}, NOW)
        found = await planned(tx)
        await plans.settle(tx, [found], outcome, Reason.DUE, NOW, {BOB: Told(told_on, "m-1")} if told_on else None)
        return found


async def test_what_was_planned_is_found_again(desk: Desk, action: ActionPoint) -> None:
    touch = a_touch(merges=(Rung.T5, Rung.WEEKLY))
    await plan(desk, touch)

    async with desk.db.read(HERE) as tx:
        found = await planned(tx)
        assert (found.subject, found.touch, found.state) == (ONE, touch, TouchState.PLANNED)
        assert await touches.by_id(tx, found.id) == found


async def test_a_new_plan_takes_the_place_of_the_old(desk: Desk, action: ActionPoint) -> None:
    await plan(desk, a_touch())
    await plan(desk, a_touch(rung=Rung.T0, at_utc=NOW + DAY))
    async with desk.db.read(HERE) as tx:
        assert (await planned(tx)).touch.rung is Rung.T0

    await plan(desk, None)
    async with desk.db.read(HERE) as tx:
        assert await touches.planned_of(tx, Track.OWNER, ONE) is None


async def test_a19_ten_who_plan_at_once_leave_one_plan(desk: Desk, action: ActionPoint) -> None:
    for _ in range(5):
        await in_each(desk.db, 10, lambda tx, number: plans.put(tx, ONE, {Track.OWNER: a_touch(version=number)}, NOW))

        assert await due(desk) == [(HERE, BOB)]
        async with desk.db.read(HERE) as tx:
            assert (await planned(tx)).touch.version in range(10)


async def test_only_what_is_due_is_due_the_earliest_first(desk: Desk, action: ActionPoint) -> None:
    moments = {"late": NOW - HOUR, "now": NOW, "not yet": NOW + timedelta(seconds=1), "later": NOW - DAY}
    async with desk.db.begin(HERE) as tx:
        for number, (name, at) in enumerate(moments.items(), start=2):
            await put_action(tx, desk.draft, id=ActionId(name), number=number)
            await plans.put(tx, ActionId(name), {Track.OWNER: a_touch(at_utc=at, recipient=UserId(name))}, NOW)

    assert [name for _, name in await due(desk)] == ["later", "late", "now"]
    assert [name for _, name in await due(desk, at_most=1)] == ["later"]


async def test_a_look_at_what_is_due_reads_an_index_and_no_table(desk: Desk) -> None:
    said: list[tuple[str, tuple[object, ...]]] = []
    event.listen(desk.db.engine.sync_engine, "before_cursor_execute", lambda *what: said.append((what[2], what[3])))
    async with desk.db.read_for_all() as tx:
        if tx.on_postgresql:
            await tx.session.execute(text("SET LOCAL enable_seqscan = off"))
        await touches.due(tx, NOW, 10)
        statement, values = said[-1]
        explain = "EXPLAIN" if tx.on_postgresql else "EXPLAIN QUERY PLAN"
        rows = await (await tx.session.connection()).exec_driver_sql(f"{explain} {statement}", values)
        plan = "\n".join(str(row) for row in rows)

    assert "SCAN touches" not in plan
    # PostgreSQL goes by how many rows there are, and here there are none.
    assert "ix_touches_due" in plan or not desk.db.is_sqlite


async def test_everybody_is_due_once_whatever_waits_for_them(desk: Desk, action: ActionPoint) -> None:
    async with desk.db.begin(HERE) as tx:
        for subject, minutes in (("b", 3), ("a", 1), ("c", -1)):
            at = NOW - timedelta(minutes=minutes)
            await plans.put(tx, subject, {Track.LEAD: a_touch(rung=Rung.ESCALATION, at_utc=at)}, NOW)

    assert await over_all(desk.db, lambda tx: touches.due(tx, NOW, 10)) == [Due(HERE, BOB, is_own=False)]
    async with desk.db.read(HERE) as tx:
        assert [planned.subject for planned in await touches.due_of(tx, [BOB], NOW)] == ["a", "b"]
        assert [planned.subject for planned in await touches.ahead_of(tx, BOB, NOW + DAY, 2)] == ["b", "a"]


async def test_what_was_told_is_found_by_its_message_and_its_day(desk: Desk, action: ActionPoint) -> None:
    async with desk.db.begin(HERE) as tx:
        for subject, day, key in (("a", TODAY, "m-1"), ("b", TODAY, "m-1"), ("c", TODAY - DAY, "m-0")):
            await plans.put(tx, subject, {Track.LEAD: a_touch(rung=Rung.ESCALATION)}, NOW)
            found = await touches.planned_of(tx, Track.LEAD, subject)
            assert found is not None
            await plans.settle(tx, [found], Outcome.SENT, Reason.DUE, NOW, {BOB: Told(day, key)})

        assert {one.subject for one in await told.of_message(tx, "m-1")} == {"a", "b"}
        assert await told.days_of(tx, BOB, TODAY - DAY) == {"m-1": TODAY, "m-0": TODAY - DAY}
        assert await told.days_of(tx, BOB, TODAY) == {"m-1": TODAY}


async def test_a_plan_that_was_given_up_is_kept_but_is_no_history(desk: Desk, action: ActionPoint) -> None:
    await plan(desk, a_touch())
    async with desk.db.read(HERE) as tx:
        first = (await planned(tx)).id
    await plan(desk, a_touch(at_utc=NOW + HOUR))  # the same word at another hour is the same plan
    await plan(desk, a_touch(rung=Rung.T0))

    async with desk.db.read(HERE) as tx:
        given_up = await touches.by_id(tx, first)
        assert given_up is not None
        assert (given_up.state, given_up.touch.at_utc) == (TouchState.SKIPPED, NOW + HOUR)
        assert await told.history_of(tx, Track.OWNER, ONE, 1) == []


async def test_what_was_settled_is_not_due(desk: Desk, action: ActionPoint) -> None:
    await settle(desk, a_touch())

    assert await due(desk) == []


async def test_what_was_moved_is_due_later_and_still_meant_for_its_day(desk: Desk, action: ActionPoint) -> None:
    await plan(desk, a_touch())
    async with desk.db.begin(HERE) as tx:
        await plans.move(tx, (await planned(tx)).id, NOW + HOUR)
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
        await plans.put(tx, ONE, {Track.OWNER: a_touch()}, NOW)
    assert set(await due(desk)) == {(HERE, BOB), (ELSEWHERE, BOB)}

    async with desk.db.begin_for_all() as tx:
        await stopping.stop(tx, HERE, NOW)
    assert await due(desk) == [(ELSEWHERE, BOB)]

    await install(desk.db)
    assert set(await due(desk)) == {(HERE, BOB), (ELSEWHERE, BOB)}


async def test_what_is_told_with_another_is_settled_with_it(desk: Desk, action: ActionPoint) -> None:
    await settle(desk, a_touch(merges=(Rung.T5,)), told_on=TODAY + DAY)

    async with desk.db.read(HERE) as tx:
        history = await told.history_of(tx, Track.OWNER, ONE, 1)
    assert set(history) == {
        Settled(Rung.T1, TODAY + DAY, Outcome.SENT),
        Settled(Rung.T5, TODAY, Outcome.MERGED),
    }


async def test_the_history_is_that_of_the_present_version(desk: Desk, action: ActionPoint) -> None:
    await settle(desk, a_touch(version=1))
    await settle(desk, a_touch(version=2, rung=Rung.T0), Outcome.SKIPPED)
    await plan(desk, a_touch(version=2))

    async with desk.db.read(HERE) as tx:
        assert await told.history_of(tx, Track.OWNER, ONE, 1) == [Settled(Rung.T1, TODAY, Outcome.SENT)]
        assert await told.history_of(tx, Track.OWNER, ONE, 2) == [Settled(Rung.T0, TODAY, Outcome.SKIPPED)]
        assert await told.history_of(tx, Track.OWNER, ONE, 3) == []


async def test_what_was_never_said_is_put_right(desk: Desk, action: ActionPoint) -> None:
    touch = await settle(desk, a_touch())
    async with desk.db.begin(HERE) as tx:
        await plans.resettle(tx, touch.id, Outcome.SKIPPED, "closed", NOW)

        assert await told.history_of(tx, Track.OWNER, ONE, 1) == [Settled(Rung.T1, TODAY, Outcome.SKIPPED)]


async def test_reminders_of_an_action_know_their_order_by_when_they_were_due(desk: Desk, action: ActionPoint) -> None:
    async with desk.db.begin(HERE) as tx:
        said = []
        for day in range(4):
            await plans.put(tx, ONE, {Track.OWNER: a_touch(at_utc=NOW + day * DAY)}, NOW)
            one = await planned(tx)
            # Told at one moment, as after an outage: the order is that of the days they were meant for.
            await plans.settle(tx, [one], Outcome.SENT, Reason.DUE, NOW + 5 * DAY)
            said.append(one)
        await plans.resettle(tx, said[1].id, Outcome.SKIPPED, "late", NOW + DAY)

        before, last = await told.said_before(tx, said[2].id), await told.said_last(tx, Track.OWNER, ONE)
        assert (before and before.id, last and last.id) == (said[0].id, said[3].id)
        assert await told.said_before(tx, said[0].id) is None
        assert await told.said_after(tx, said[0])
        assert not await told.said_after(tx, said[3])


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
            await plans.settle(tx, [replace(touch, id=type(touch.id)(uuid4().hex))], Outcome.SENT, Reason.DUE, NOW)


async def test_what_is_planned_about_something_is_found_whoever_it_is_for(db: Database) -> None:
    async with db.begin(HERE) as tx:
        await plans.put(tx, "ac-1", {Track.OWNER: a_touch(at_utc=NOW + HOUR)}, NOW)
        await plans.put(tx, "ac-1", {Track.LEAD: a_touch(at_utc=NOW, recipient=ADA)}, NOW)
        await plans.put(tx, "ac-2", {Track.OWNER: a_touch(at_utc=NOW + 2 * DAY)}, NOW)
        await plans.put(tx, "ac-3", {Track.OWNER: a_touch(at_utc=NOW)}, NOW)

        found = await touches.ahead_about(tx, ["ac-1", "ac-2"], NOW + DAY)

        assert [(planned.track, planned.subject) for planned in found] == [(Track.LEAD, "ac-1"), (Track.OWNER, "ac-1")]


async def test_how_late_things_are_is_known(db: Database) -> None:
    async with db.begin(HERE) as tx:
        assert await touches.waiting(tx, NOW) == (0, None)
        assert await touches.latest(tx, NOW - DAY) is None
        await plans.put(tx, "ac-1", {Track.OWNER: a_touch(at_utc=NOW - HOUR)}, NOW - DAY)
        await plans.put(tx, "ac-2", {Track.OWNER: a_touch(at_utc=NOW + HOUR)}, NOW - DAY)
        assert await touches.waiting(tx, NOW) == (1, NOW - HOUR)

        planned = await touches.planned_of(tx, Track.OWNER, "ac-1")
        assert planned is not None
        await plans.settle(tx, [planned], Outcome.SENT, Reason.DUE, NOW)

        assert await touches.waiting(tx, NOW) == (0, None)
        assert await touches.latest(tx, NOW - DAY) == HOUR
        assert await touches.latest(tx, NOW + DAY) is None
