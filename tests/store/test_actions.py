"""Action points and their cards, as they were stored, and made once whoever asks at once."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from bot.domain.actions import ActionPoint, ActionState
from bot.domain.ids import ActionId, CardId, CatalogueId, MessageTs, UserId
from bot.domain.points import FIND
from bot.store import actions, cards, done_and_open, teams
from bot.store.database import Database, Transaction
from tests.store.builders import (
    ADA,
    BOB,
    DAY,
    EVE,
    HERE,
    HOUR,
    NOW,
    OPS,
    PAY,
    a_draft,
    a_team,
    an_action,
    in_each,
    put_action,
)
from tests.store.conftest import Desk

ONE, TWO, THREE = (ActionId(f"ac-{number}") for number in (1, 2, 3))
WORDS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)
PERSON = st.none() | st.sampled_from([ADA, BOB])
INSTANT = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
DAYS = st.none() | st.dates(date(2000, 1, 1))
CHANGES = st.fixed_dictionaries(
    {
        "title": WORDS,
        "why": WORDS,
        "catalogue": st.none() | st.just(CatalogueId("tag-it")),
        "state": st.sampled_from(ActionState),
        "owner": PERSON,
        "due_on": DAYS,
        "due_version": st.integers(1, 1000),
        "assigned_by": st.just(EVE),
        "assigned_at": INSTANT,
        "decided_at": INSTANT,
        "snoozed_until": DAYS,
        "snoozes_in_row": st.integers(0, 9),
        "planned_on": DAYS,
        "active_at": st.none() | INSTANT,
        "closed_by": PERSON,
        "closed_at": st.none() | INSTANT,
        "drop_reason": st.none() | WORDS,
    }
)


async def kept(desk: Desk, action: ActionId = ONE) -> ActionPoint:
    async with desk.db.read(HERE) as tx:
        found = await actions.by_id(tx, action)
    assert found is not None
    return found


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=CHANGES)
async def test_what_was_put_is_found_again(desk: Desk, changes: dict[str, Any]) -> None:
    async with desk.db.begin(HERE) as tx:
        action = await actions.by_id(tx, ONE) or await put_action(tx, desk.draft)
        changed = replace(action, **changes)
        await actions.put(tx, changed)

    assert await kept(desk) == changed


async def test_what_was_added_is_found_again(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        added = await put_action(tx, desk.draft, catalogue=CatalogueId("tag-it"), due_on=None)

    assert await kept(desk) == added


async def test_putting_one_changes_no_other(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        first, second = [await put_action(tx, desk.draft, id=name, number=n) for n, name in ((1, ONE), (2, TWO))]
        await actions.put(tx, replace(first, title="Another"))

    assert await kept(desk, TWO) == second


async def test_a19_numbers_are_taken_once_by_whoever_asks_at_once(desk: Desk) -> None:
    taken = await in_each(desk.db, 20, lambda tx, _: teams.take_numbers(tx, desk.team.id, 3))

    assert sorted(number for numbers in taken for number in numbers) == list(range(1, 61))
    assert all(numbers[-1] - numbers[0] == 2 for numbers in taken)


async def test_the_same_origin_is_made_into_one_action_point(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        first = await put_action(tx, desk.draft)
        again = replace(first, id=TWO, number=2)
        card = await cards.add(tx, desk.team.id, PAY)
        with pytest.raises(IntegrityError):
            await actions.add(tx, desk.draft.id, card, first.id, again, NOW)


async def test_d01_a_form_submitted_ten_times_at_once_makes_its_action_point_once(desk: Desk) -> None:
    async def submit(tx: Transaction, number: int) -> bool:
        if ONE in await actions.origins_of(tx, desk.draft.id):
            return False
        card = await cards.add(tx, desk.team.id, PAY)
        action = an_action(desk.team.id, id=ActionId(f"made-by-{number}"), number=number)
        await actions.add(tx, desk.draft.id, card, ONE, action, NOW)
        return True

    made = await in_each(desk.db, 10, submit)

    assert made.count(True) == 1


async def test_d08_two_decisions_about_one_action_point_follow_each_other(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        await put_action(tx, desk.draft)

    async def decide(tx: Transaction, _: int) -> None:
        action = await actions.by_id(tx, ONE, to_change=True)
        assert action is not None
        await actions.put(tx, replace(action, due_version=action.due_version + 1))

    await in_each(desk.db, 15, decide)

    assert (await kept(desk)).due_version == 16


@pytest.mark.parametrize(
    ("changes", "who", "expected"),
    [
        pytest.param({}, BOB, [ONE], id="its owner"),
        pytest.param({}, ADA, [], id="somebody else"),
        pytest.param({"state": ActionState.STALLED}, BOB, [ONE], id="stalled is still open"),
        pytest.param({"state": ActionState.DONE}, BOB, [], id="done is done"),
    ],
)
async def test_a_word_in_the_thread_is_activity_of_the_owner(
    desk: Desk, changes: dict[str, Any], who: UserId, expected: list[ActionId]
) -> None:
    async with desk.db.begin(HERE) as tx:
        before = await put_action(tx, desk.draft, **changes)
        card = await cards.of_action(tx, ONE)
        touched = await actions.touch_activity(tx, card.id, who, NOW + HOUR)

    assert [(action.id, action.active_at) for action in touched] == [(name, NOW + HOUR) for name in expected]
    assert await kept(desk) == (touched[0] if expected else before)


async def test_one_card_may_stand_for_several(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        card = await cards.add(tx, desk.team.id, PAY)
        for number, name in ((2, TWO), (1, ONE)):
            await put_action(tx, desk.draft, card, id=name, number=number)
        await put_action(tx, desk.draft, id=THREE, number=3)

        assert [action.id for action in await actions.of_card(tx, card)] == [ONE, TWO]
        assert [action.id for action in await actions.of_assessment(tx, desk.draft.id)] == [ONE, TWO, THREE]
        assert (await cards.of_action(tx, TWO)).id == card
        assert await actions.origins_of(tx, desk.draft.id) == {ONE, TWO, THREE}


async def test_a_card_is_found_where_it_was_posted_until_it_is_deleted(desk: Desk) -> None:
    ts = MessageTs("1.000001")
    async with desk.db.begin(HERE) as tx:
        card = await cards.add(tx, desk.team.id, PAY)
        assert (await cards.by_id(tx, card)) == cards.Card(card, desk.team.id, PAY, None)
        await cards.place(tx, card, ts)
        assert (await cards.at(tx, PAY, ts)) == cards.Card(card, desk.team.id, PAY, ts)
        assert await cards.at(tx, OPS, ts) is None
        await cards.place(tx, card, None)
        assert await cards.at(tx, PAY, ts) is None
        assert await cards.by_id(tx, CardId("another")) is None


async def test_an_owner_sees_what_is_open_the_most_urgent_first(desk: Desk) -> None:
    async with desk.db.begin(HERE) as tx:
        await put_action(tx, desk.draft, id=ONE, number=1, due_on=date(2026, 5, 2))
        await put_action(tx, desk.draft, id=TWO, number=2, due_on=date(2026, 5, 1))
        await put_action(tx, desk.draft, id=THREE, number=3, state=ActionState.DROPPED)
        await put_action(tx, desk.draft, id=ActionId("ac-4"), number=4, owner=ADA)

        assert [action.id for action in await actions.open_of_owner(tx, BOB, 9)] == [TWO, ONE]
        assert [action.id for action in await actions.open_of_owner(tx, BOB, 1)] == [TWO]


async def test_a_team_is_told_what_it_has_open_and_what_it_has_done(desk: Desk) -> None:
    done, find = CatalogueId("done"), CatalogueId(f"{FIND}rest")
    async with desk.db.begin(HERE) as tx:
        other = await a_team(tx, OPS)
        assert await done_and_open.count_open(tx, desk.team.id) == 0
        await put_action(tx, desk.draft, id=ONE, number=1, catalogue=CatalogueId("open"))
        await put_action(tx, desk.draft, id=TWO, number=2, catalogue=find)
        await put_action(
            tx, desk.draft, id=THREE, number=3, catalogue=done, state=ActionState.DONE, closed_at=NOW + HOUR
        )

        assert await done_and_open.count_open(tx, desk.team.id) == 2
        assert await done_and_open.count_open(tx, desk.team.id, with_find_outs=False) == 1
        assert await done_and_open.catalogue_of_team(tx, desk.team.id) == (
            frozenset({done}),
            frozenset({CatalogueId("open"), find}),
        )
        assert [action.id for action in await done_and_open.closed_since(tx, desk.team.id, NOW)] == [THREE]
        assert await done_and_open.closed_since(tx, desk.team.id, NOW + DAY) == []
        assert await done_and_open.count_open(tx, other.id) == 0


async def test_the_lives_of_a_teams_action_points(desk: Desk) -> None:
    later = NOW + HOUR
    async with desk.db.begin(HERE) as tx:
        other = await a_team(tx, OPS)
        await put_action(tx, desk.draft, id=ONE, number=1)
        await put_action(tx, desk.draft, id=TWO, number=2, state=ActionState.DONE, closed_at=later)
        await put_action(tx, desk.draft, id=THREE, number=3, state=ActionState.DROPPED, closed_at=later)

        assert await done_and_open.lives_of(tx, desk.team.id) == [
            done_and_open.Life(NOW, None, is_dropped=False),
            done_and_open.Life(NOW, later, is_dropped=False),
            done_and_open.Life(NOW, later, is_dropped=True),
        ]
        assert await done_and_open.lives_of(tx, other.id) == []


async def test_the_open_ones_of_a_team_come_the_most_urgent_first(db: Database) -> None:
    async with db.begin(HERE) as tx:
        draft = await a_draft(tx, (await a_team(tx)).id)
        due = {"ac-1": None, "ac-2": date(2026, 4, 2), "ac-3": date(2026, 4, 1), "ac-4": date(2026, 3, 1)}
        for number, (name, on) in enumerate(due.items(), start=1):
            state = ActionState.DONE if name == "ac-4" else ActionState.OPEN
            await put_action(tx, draft, id=ActionId(name), number=number, due_on=on, state=state)

        assert [action.id for action in await actions.still_open(tx, draft.team)] == ["ac-3", "ac-2", "ac-1"]
        assert [action.id for action in await actions.open_of_owner(tx, BOB, 9)] == ["ac-3", "ac-2", "ac-1"]
        assert [action.number for action in await actions.of_team(tx, draft.team)] == [1, 2, 3, 4]
