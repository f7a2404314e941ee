"""One person's step submitted from two devices, in two processes, at the same moment; as many rounds as are wanted."""

import asyncio
from collections import Counter

from bot.catalogue import loading
from bot.domain.answers import Level
from bot.domain.dialogue import Submitted
from bot.domain.ids import AssessmentId, ChannelId
from bot.domain.model import Form
from bot.domain.teams import Place
from bot.domain.turn import Bookmark
from bot.services import assessing
from bot.services.assessing import Turned
from bot.services.turning import NextStep
from bot.store import answers
from bot.store.database import Database
from tests.store.builders import ADA, HERE, NOW, PAY, a_draft, a_team, take_part

MODELS = loading.published()
STEP = MODELS.latest.scored_steps[0]
NOT_KNOWN = {benchmark.id: ("", "unknown") for benchmark in MODELS.latest.benchmarks if benchmark.step == STEP.id}


async def rounds(db: Database, other: Database, first: int, many: int) -> tuple[Counter[type[Turned]], list[str]]:
    """What the two were told in each, and the rounds in which what is stored is not what the winner had sent."""
    ended: Counter[type[Turned]] = Counter()
    overwritten = []
    for number in range(first, first + many):
        place = Place(ChannelId(f"{PAY}{number}"), "payments", is_private=False)
        bookmark = Bookmark(AssessmentId(f"as-{number}"), STEP.id, 0, Form.FULL, place)
        async with db.begin(HERE) as tx:
            team = await a_team(tx, place.channel)
            await a_draft(tx, team.id, bookmark.assessment)
            await take_part(tx, bookmark.assessment, ADA)

        low, high = await asyncio.gather(submitted(db, bookmark, 0), submitted(other, bookmark, 3))

        ended.update((type(low), type(high)))
        async with db.read(HERE) as tx:
            kept = set((await answers.answers_by(tx, bookmark.assessment))[ADA].values())
        if kept != {Level(0) if isinstance(low, NextStep) else Level(3)}:
            overwritten.append(f"round {number}: {kept} after {low} and {high}")
    return ended, overwritten


async def submitted(db: Database, bookmark: Bookmark, level: int) -> Turned:
    said = Submitted({question.id: str(level) for question in STEP.questions}, numbers=NOT_KNOWN)
    async with db.begin(HERE) as tx:
        return await assessing.submit(tx, MODELS, bookmark, said, (None, None), ADA, NOW)
