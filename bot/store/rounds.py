"""Anonymous rounds: who has answered to the end, which is for counting and reminding alone; and what may be shared."""

from datetime import datetime

from sqlalchemy import update

from bot.domain.ids import AssessmentId, UserId
from bot.store.database import Transaction
from bot.store.schema import AssessmentRow, RespondentRow


async def finish(tx: Transaction, assessment: AssessmentId, user: UserId, now: datetime) -> None:
    """This person has come to the end of their part. The first time counts."""
    await tx.session.execute(
        update(RespondentRow)
        .where(
            RespondentRow.assessment_id == assessment,
            RespondentRow.user_id == user,
            RespondentRow.finished_at.is_(None),
        )
        .values(finished_at=now)
        .execution_options(synchronize_session=False)
    )


async def let_share(tx: Transaction, assessment: AssessmentId) -> None:
    """It may be told in a channel that other organisations read."""
    await tx.session.execute(
        update(AssessmentRow)
        .where(AssessmentRow.id == assessment)
        .values(may_be_shared=True)
        .execution_options(synchronize_session=False)
    )
