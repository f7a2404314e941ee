"""Who leads the teams, and who could when somebody leaves."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select, union_all, update

from bot.domain.ids import TeamId, UserId
from bot.domain.teams import Team
from bot.domain.touches import Track
from bot.store import teams
from bot.store.database import Transaction
from bot.store.schema import ActionRow, AssessmentRow, PersonRow, TeamRow, TouchRow, TouchState

TO_LEADS = (Track.LEAD, Track.OWNERLESS, Track.HANDOVER, Track.CADENCE, Track.CHANNEL)


async def led_by(tx: Transaction, user: UserId) -> Sequence[Team]:
    rows = await tx.session.scalars(select(TeamRow.id).where(TeamRow.lead == user).order_by(TeamRow.id))
    return [await teams.by_id(tx, TeamId(team)) for team in rows.all()]


async def heir_of(tx: Transaction, team: TeamId) -> UserId | None:
    """Who closed an assessment or gave somebody an action point most recently, of those who are still there."""
    closed = select(AssessmentRow.closed_by.label("who"), AssessmentRow.closed_at.label("at")).where(
        AssessmentRow.tenant_id == tx.tenant, AssessmentRow.team_id == team, AssessmentRow.closed_by.is_not(None)
    )
    gave = select(ActionRow.assigned_by.label("who"), ActionRow.assigned_at.label("at")).where(
        ActionRow.tenant_id == tx.tenant, ActionRow.team_id == team
    )
    busy = union_all(closed, gave).subquery()
    is_gone = or_(PersonRow.is_active.is_(False), PersonRow.is_member.is_(False))
    gone = select(PersonRow.user_id).where(PersonRow.tenant_id == tx.tenant, is_gone)
    heir = await tx.session.scalar(
        select(busy.c.who).where(busy.c.who.not_in(gone)).group_by(busy.c.who).order_by(func.max(busy.c.at).desc())
    )
    return UserId(heir) if heir else None


async def give(tx: Transaction, team: TeamId, lead: UserId) -> None:
    """Makes somebody the lead; what was planned to be said to the one before is planned for them."""
    before = select(TeamRow.lead).where(TeamRow.id == team, TeamRow.tenant_id == tx.tenant).scalar_subquery()
    about = (
        select(ActionRow.id).where(ActionRow.team_id == team, ActionRow.tenant_id == tx.tenant),
        select(AssessmentRow.id).where(AssessmentRow.team_id == team, AssessmentRow.tenant_id == tx.tenant),
    )
    await tx.session.execute(
        update(TouchRow)
        .where(TouchRow.state == TouchState.PLANNED, TouchRow.track.in_(TO_LEADS), TouchRow.recipient == before)
        .where(or_(TouchRow.subject == team, *(TouchRow.subject.in_(subjects) for subjects in about)))
        .values(recipient=lead)
        .execution_options(synchronize_session=False)
    )
    await tx.session.execute(
        update(TeamRow).where(TeamRow.id == team).values(lead=lead).execution_options(synchronize_session=False)
    )
