"""What is deleted of a workspace or a team: some rows at a time, so that nobody waits and it can be resumed."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, delete, or_, select, tuple_

from bot.domain.delivery import DeliveryState
from bot.domain.ids import TeamId, TenantId
from bot.store.database import SystemTransaction, Transaction
from bot.store.schema import (
    ActionRow,
    AnswerRow,
    AssessmentRow,
    Base,
    CardRow,
    DeliveryRow,
    LaneRow,
    MeasureRow,
    MemberRow,
    NoteRow,
    RespondentRow,
    TargetRow,
    TeamRow,
    TenantRow,
    TouchRow,
    UndoRow,
    WishRow,
)

BATCH = 500
IN_HAND = (DeliveryState.CLAIMED, DeliveryState.POSTING)

Part = tuple[Table, ColumnElement[bool]]  # rows of one table


def of_workspace(tenant: TenantId) -> Iterator[Part]:
    """What refers to something else comes before it."""
    for table in reversed(Base.metadata.sorted_tables):
        if "tenant_id" in table.c:
            yield table, table.c.tenant_id == tenant


def of_team(tenant: TenantId, team: TeamId) -> Iterator[Part]:
    """Nothing is found any more through what is gone, so the roots come last."""
    own = [
        select(row.id).where(row.tenant_id == tenant, row.team_id == team)
        for row in (ActionRow, CardRow, AssessmentRow)
    ]
    channel = select(TeamRow.channel_id).where(TeamRow.tenant_id == tenant, TeamRow.id == team)
    subjects = select(TeamRow.id).where(TeamRow.tenant_id == tenant, TeamRow.id == team).union_all(*own)
    actions, _, assessments = own
    # The touches of a round are about an assessment and a person.
    rounds = select(AssessmentRow.id + ":%").where(AssessmentRow.tenant_id == tenant, AssessmentRow.team_id == team)
    wanted: list[tuple[type[Any], ColumnElement[bool]]] = [
        (DeliveryRow, or_(DeliveryRow.subject.in_(subjects), DeliveryRow.channel_id.in_(channel))),
        (LaneRow, LaneRow.channel_id.in_(channel)),
        (TouchRow, or_(TouchRow.subject.in_(subjects), TouchRow.recipient.in_(channel), _like_any(rounds))),
        (UndoRow, UndoRow.subject.in_(subjects)),
        (NoteRow, NoteRow.action_id.in_(actions)),
        *((row, row.assessment_id.in_(assessments)) for row in (WishRow, MeasureRow, AnswerRow, RespondentRow)),
        *((row, row.team_id == team) for row in (ActionRow, CardRow, AssessmentRow, TargetRow, MemberRow)),
        (TeamRow, TeamRow.id == team),
    ]
    for row, condition in wanted:
        yield row.__table__, (row.tenant_id == tenant) & condition


def _like_any(patterns: Select[Any]) -> ColumnElement[bool]:
    pattern = patterns.subquery().c[0]
    return select(pattern).where(TouchRow.subject.like(pattern)).exists()


async def delete_some(tx: Transaction | SystemTransaction, part: Part, at_most: int = BATCH) -> int:
    """How many were deleted: fewer than that means that none is left."""
    table, condition = part
    key = tuple_(*table.primary_key.columns)
    chosen = select(*table.primary_key.columns).where(condition).limit(at_most)
    gone = await tx.session.execute(delete(table).where(key.in_(chosen)))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a delete has one


async def forget_workspace(tx: SystemTransaction, tenant: TenantId) -> bool:
    """The installation itself, unless the bot was installed again since."""
    gone = await tx.session.scalar(
        delete(TenantRow)
        .where(TenantRow.id == tenant, TenantRow.stopped_at.is_not(None))
        .returning(TenantRow.id)
        .execution_options(synchronize_session=False)
    )
    return gone is not None


async def in_hand(tx: Transaction) -> frozenset[tuple[str, int]]:
    """What the worker is about to say, or saying."""
    rows = await tx.session.execute(
        select(DeliveryRow.id, DeliveryRow.token).where(
            DeliveryRow.state.in_(IN_HAND), DeliveryRow.lease_until.is_not(None)
        )
    )
    return frozenset((delivery, token) for delivery, token in rows)
