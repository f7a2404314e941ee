"""A team's closed assessments, one after the other, and who took part in them."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from bot.domain.assessment import Assessment, AssessmentState
from bot.domain.ids import AssessmentId, TeamId, UserId
from bot.store.assessments import value_of
from bot.store.database import Transaction
from bot.store.schema import AssessmentRow, RespondentRow


async def closed_of(tx: Transaction, team: TeamId) -> Sequence[Assessment]:
    """All of a team's closed assessments, the earliest first."""
    rows = await tx.session.scalars(
        select(AssessmentRow)
        .where(AssessmentRow.team_id == team, AssessmentRow.state == AssessmentState.CLOSED)
        .order_by(AssessmentRow.closed_at)
    )
    return [value_of(row) for row in rows]


async def answered_by(tx: Transaction, of: Collection[AssessmentId]) -> Mapping[AssessmentId, tuple[UserId, ...]]:
    """Who took part in each of them; one in which nobody did is left out."""
    rows = await tx.session.execute(
        select(RespondentRow.assessment_id, RespondentRow.user_id)
        .where(RespondentRow.assessment_id.in_(of))
        .order_by(RespondentRow.user_id)
    )
    found: dict[AssessmentId, tuple[UserId, ...]] = {}
    for assessment, user in rows:
        found[AssessmentId(assessment)] = (*found.get(AssessmentId(assessment), ()), UserId(user))
    return found
