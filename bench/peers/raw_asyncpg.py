"""asyncpg itself, with everything in one statement, on the bot's tables."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from bench.peers.postgres import plain
from bench.writing import DRAFT, PEOPLE, QUESTIONS, Writer
from bot.app import utc_now
from tests.store.builders import HERE

WRITE = """
WITH noted AS (INSERT INTO handled (tenant_id, key, at) VALUES ($1, $2, $3)),
    moved AS (UPDATE respondents SET version = version + 1, saved_at = $3
        WHERE tenant_id = $1 AND assessment_id = $4 AND user_id = $5)
INSERT INTO answers (tenant_id, assessment_id, user_id, question_id, value)
SELECT $1, $4, $5, question, $7 FROM unnest($6::text[]) AS question
ON CONFLICT (tenant_id, assessment_id, user_id, question_id) DO UPDATE SET value = excluded.value
"""


class Raw:
    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def write(self, key: str, user: str, level: int) -> None:
        await self._pool.execute(WRITE, HERE, key, utc_now(), DRAFT, user, QUESTIONS, str(level))


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Writer]:
    async with asyncpg.create_pool(plain(url), min_size=1, max_size=len(PEOPLE)) as pool:
        yield Raw(pool)
