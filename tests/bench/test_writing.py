"""Whoever writes a submission in the benchmark, the bot or a peer, leaves the same behind."""

import pytest
from sqlalchemy import select

from bench import writing
from bench.peers import raw_asyncpg, raw_sqlite
from bot.domain.answers import Level
from bot.domain.ids import UserId
from bot.store import answers, respondents
from bot.store.database import open_database
from bot.store.schema import HandledRow
from tests.store.builders import HERE


@pytest.mark.parametrize("who", ["bot", "peer"])
async def test_what_is_written(migrated_url: str, who: str) -> None:
    peer = raw_sqlite.opened if migrated_url.startswith("sqlite") else raw_asyncpg.opened
    await writing.prepared(migrated_url)
    async with (writing.bot if who == "bot" else peer)(migrated_url) as writer:
        await writer.write("first", "U3", 1)
        await writer.write("second", "U3", 2)
    db = open_database(migrated_url)
    async with db.read(HERE) as tx:
        part = await respondents.by_user(tx, writing.DRAFT, UserId("U3"))
        kept = await answers.answers_of(tx, writing.DRAFT, UserId("U3"))
        noted = set(await tx.session.scalars(select(HandledRow.key)))
    await db.close()
    assert part is not None
    assert part.version == 2
    assert kept == dict.fromkeys(writing.QUESTIONS, Level(2))
    assert noted == {"first", "second"}
