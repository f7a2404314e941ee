"""What was kept for long enough."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import or_, select

from bot.domain.actions import ActionState
from bot.domain.delivery import DeliveryState
from bot.domain.ids import TeamId, TenantId
from bot.domain.touches import Track
from bot.store.database import SystemTransaction
from bot.store.erasing import Part
from bot.store.schema import (
    ActionRow,
    AssessmentRow,
    AuditRow,
    DeliveryRow,
    HandledRow,
    RespondentRow,
    TeamRow,
    TenantRow,
    TouchRow,
    TouchState,
    UndoRow,
)

SETTLED = tuple(
    state
    for state in DeliveryState
    if state not in (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.POSTING)
)
CLOSED = tuple(state for state in ActionState if state.closed)
# By the action points they are about: while one is open, what was said of it decides what is said next.
OF_ACTIONS = (Track.OWNER, Track.LEAD, Track.OWNERLESS, Track.HANDOVER)


async def stopped_before(tx: SystemTransaction, moment: datetime) -> Sequence[TenantId]:
    """Workspaces that removed the bot, or would not have it any more, and did not install it again."""
    rows = await tx.session.scalars(select(TenantRow.id).where(TenantRow.stopped_at <= moment).order_by(TenantRow.id))
    return [TenantId(row) for row in rows]


async def idle_since(tx: SystemTransaction, moment: datetime) -> Sequence[tuple[TenantId, TeamId]]:
    """Teams of which nobody assessed anything, and about whose action points nobody decided anything, since then."""
    of_team = (AssessmentRow.tenant_id == TeamRow.tenant_id, AssessmentRow.team_id == TeamRow.id)
    assessed = select(AssessmentRow.id).where(
        *of_team, or_(AssessmentRow.started_at >= moment, AssessmentRow.closed_at >= moment)
    )
    answered = (
        select(AssessmentRow.id)
        .join(
            RespondentRow,
            (RespondentRow.tenant_id == AssessmentRow.tenant_id) & (RespondentRow.assessment_id == AssessmentRow.id),
        )
        .where(*of_team, RespondentRow.saved_at >= moment)
    )
    decided = select(ActionRow.id).where(
        ActionRow.tenant_id == TeamRow.tenant_id,
        ActionRow.team_id == TeamRow.id,
        or_(ActionRow.decided_at >= moment, ActionRow.active_at >= moment),
    )
    rows = await tx.session.execute(
        select(TeamRow.tenant_id, TeamRow.id)
        .where(TeamRow.created_at < moment, ~assessed.exists(), ~answered.exists(), ~decided.exists())
        .order_by(TeamRow.tenant_id, TeamRow.id)
    )
    return [(TenantId(tenant), TeamId(team)) for tenant, team in rows]


def old(deliveries: datetime, undos: datetime, requests: datetime, audits: datetime) -> Iterator[tuple[str, Part]]:
    """What was settled, ran out or was noted before these moments, by the name of its table."""
    closed = (
        select(ActionRow.id)
        .where(ActionRow.tenant_id == TouchRow.tenant_id, ActionRow.id == TouchRow.subject)
        .where(ActionRow.state.in_(CLOSED), ActionRow.closed_at < deliveries)
    )
    is_over = (TouchRow.track == Track.DIGEST) | (TouchRow.track.in_(OF_ACTIONS) & closed.exists())
    settled = DeliveryRow.state.in_(SETTLED) & (DeliveryRow.settled_at < deliveries) & DeliveryRow.sweep_at.is_(None)
    said = (TouchRow.state != TouchState.PLANNED) & (TouchRow.settled_at < deliveries) & is_over
    for row, condition in (
        (DeliveryRow, settled),
        (TouchRow, said),
        (UndoRow, UndoRow.expires_at < undos),
        (HandledRow, HandledRow.at < requests),
        (AuditRow, AuditRow.at < audits),
    ):
        yield row.__tablename__, (row.metadata.tables[row.__tablename__], condition)
