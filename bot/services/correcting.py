"""A result that is opened again to be corrected, and what becomes of it when nobody goes through with that."""

from datetime import datetime

from bot.domain.assessment import Assessment
from bot.domain.ids import AssessmentId
from bot.domain.teams import Team
from bot.store import assessments, corrections, keeping, outbox
from bot.store.database import Transaction

OF_ITS_STAGE = ("stage_down", "stage_down_lead")
CORRECTED = "the answers are corrected"


async def begin(tx: Transaction, closed: Assessment, now: datetime) -> bool:
    """What was to be told of its stage is taken back. False where the team has another one open."""
    if not await assessments.reopen(tx, closed):
        return False
    await corrections.put_aside(tx, closed)
    await outbox.cancel(tx, closed.id, OF_ITS_STAGE, CORRECTED, now)
    return True


async def give_up(tx: Transaction, assessment: AssessmentId, team: Team, now: datetime) -> bool:
    """The result stands as it was told; and what the channel was to be told of its stage, it is told after all."""
    back = await corrections.put_back(tx, assessment)
    if back:
        await keeping.revive(tx, assessment, team.place.channel, CORRECTED, now)
    return back
