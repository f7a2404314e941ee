"""Which requests were handled: noted with the effect, once among many, for each workspace by itself."""

import pytest

from bot.store import handled
from bot.store.database import Database, Transaction
from tests.store.builders import ELSEWHERE, HERE, NOW, in_each

KEY = "a-request"


async def noted(db: Database, tenant: str = HERE) -> bool:
    async with db.begin(HERE if tenant == HERE else ELSEWHERE) as tx:
        return await handled.note(tx, KEY, NOW)


async def test_d02_of_many_at_once_one_is_the_first(db: Database) -> None:
    async def note(tx: Transaction, _: int) -> bool:
        return await handled.note(tx, KEY, NOW)

    assert sorted(await in_each(db, 10, note)) == [False] * 9 + [True]


async def test_a01_what_was_not_kept_was_not_handled(db: Database) -> None:
    async def cut_off() -> None:
        async with db.begin(HERE) as tx:
            await handled.note(tx, KEY, NOW)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await cut_off()

    assert await noted(db)


async def test_each_workspace_has_requests_of_its_own(db: Database) -> None:
    assert await noted(db)
    assert await noted(db, ELSEWHERE)
