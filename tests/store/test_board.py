"""Action points by their numbers, and those of teams."""

from datetime import date
from typing import Any

from bot.domain.actions import ActionState
from bot.domain.ids import ActionId
from bot.store import board
from bot.store.database import Database
from tests.store.builders import BOB, EVE, HERE, OPS, PAY, a_draft, a_team, put_action


async def test_a_number_is_one_teams_and_a_person_may_own_it_in_several(db: Database) -> None:
    async with db.begin(HERE) as tx:
        first = await a_draft(tx, (await a_team(tx, PAY)).id, "as-1")
        second = await a_draft(tx, (await a_team(tx, OPS)).id, "as-2")
        one = await put_action(tx, first, id=ActionId("ac-1"), number=7)
        two = await put_action(tx, second, id=ActionId("ac-2"), number=7)
        await put_action(tx, second, id=ActionId("ac-3"), number=8, owner=EVE)

        assert await board.by_number(tx, first.team, 7) == one
        assert await board.by_number(tx, first.team, 8) is None
        assert {found.id for found in await board.numbered_of_owner(tx, BOB, 7)} == {one.id, two.id}
        assert await board.numbered_of_owner(tx, BOB, 8) == []


async def test_what_is_open_in_teams_comes_in_the_order_of_its_dates(db: Database) -> None:
    async with db.begin(HERE) as tx:
        draft = await a_draft(tx, (await a_team(tx, PAY)).id)
        each: list[dict[str, Any]] = [{"due_on": date(2026, 5, 2)}, {"due_on": date(2026, 5, 1)}]
        for number, changes in enumerate([*each, {"state": ActionState.DONE}], 1):
            await put_action(tx, draft, id=ActionId(f"ac-{number}"), number=number, **changes)

        assert [found.number for found in await board.of_teams(tx, [draft.team], 10)] == [2, 1]
        assert len(await board.of_teams(tx, [draft.team], 10, with_closed=True)) == 3
        assert len(await board.of_teams(tx, [draft.team], 1)) == 1
        assert await board.of_teams(tx, [], 10) == []
