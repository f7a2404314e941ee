"""What people have begun and not finished."""

from sqlalchemy import select

from bot.domain.assessment import AssessmentState
from bot.domain.ids import TeamId, UserId
from bot.store.database import Transaction
from bot.store.schema import AssessmentRow, RespondentRow


async def latest_of(tx: Transaction, user: UserId) -> TeamId | None:
    """The team of the open assessment in which the person saved something last."""
    team = await tx.session.scalar(
        select(AssessmentRow.team_id)
        .join(
            RespondentRow,
            (RespondentRow.tenant_id == AssessmentRow.tenant_id) & (RespondentRow.assessment_id == AssessmentRow.id),
        )
        .where(RespondentRow.user_id == user, AssessmentRow.state == AssessmentState.DRAFT)
        .order_by(RespondentRow.saved_at.desc())
        .limit(1)
    )
    return TeamId(team) if team else None
