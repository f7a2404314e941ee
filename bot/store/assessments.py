"""Assessments: open, closed or thrown away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.exc import IntegrityError

from bot.domain.assessment import Assessment, AssessmentState
from bot.domain.ids import AssessmentId, ModelVersion, TeamId, UserId
from bot.domain.model import Form, Stage
from bot.store.database import Transaction
from bot.store.schema import AssessmentRow, RespondentRow
from bot.store.upsert import Insertion

_BY_ID = select(AssessmentRow).where(AssessmentRow.id == bindparam("assessment"))
_BEGIN = Insertion(AssessmentRow, lambda row: row.on_conflict_do_nothing().returning(*row.table.c))


async def by_id(tx: Transaction, assessment: AssessmentId) -> Assessment | None:
    row = await tx.session.scalar(_BY_ID, {"assessment": assessment})
    return value_of(row) if row else None


async def draft_of(tx: Transaction, team: TeamId) -> Assessment | None:
    row = await tx.session.scalar(
        select(AssessmentRow).where(AssessmentRow.team_id == team, AssessmentRow.state == AssessmentState.DRAFT)
    )
    return value_of(row) if row else None


async def drafts_with(tx: Transaction, user: UserId, at_most: int) -> Sequence[AssessmentId]:
    """The open ones that a person takes part in."""
    rows = await tx.session.scalars(
        select(AssessmentRow.id)
        .join(RespondentRow, RespondentRow.assessment_id == AssessmentRow.id)
        .where(RespondentRow.user_id == user, AssessmentRow.state == AssessmentState.DRAFT)
        .order_by(AssessmentRow.id)
        .limit(at_most)
    )
    return [AssessmentId(row) for row in rows]


async def begun(
    tx: Transaction,
    assessment: AssessmentId,
    team: TeamId,
    version: ModelVersion,
    form: Form,
    by: UserId,
    now: datetime,
    *,
    scope: str | None = None,
    is_anonymous: bool = False,
) -> Assessment:
    """The assessment of that id, or the team's draft where somebody began one first; made where there is neither."""
    new = {
        "tenant_id": tx.tenant,
        "id": assessment,
        "team_id": team,
        "model_version": version,
        "form": form,
        "state": AssessmentState.DRAFT,
        "started_by": by,
        "started_at": now,
        "scope": scope,
        "is_anonymous": is_anonymous,
    }
    made: Any = (await tx.session.execute(_BEGIN.on(tx), new)).one_or_none()
    found = value_of(made) if made else await by_id(tx, assessment) or await draft_of(tx, team)
    assert found is not None  # where it was not made, what stood in its way is found
    return found


async def last_closed(
    tx: Transaction,
    team: TeamId,
    *,
    before: AssessmentId | None = None,
    until: datetime | None = None,
    settled: bool = False,
) -> Assessment | None:
    """The team's newest closed assessment, other than ``before`` and not after ``until``.

    ``settled``: the newest with a firm stage.
    """
    query = _closed(team, before, until)
    if settled:
        query = query.where(AssessmentRow.stage.is_not(None), AssessmentRow.is_provisional.is_(False))
    row = await tx.session.scalar(query.limit(1))
    return value_of(row) if row else None


async def last_told(
    tx: Transaction, team: TeamId, *, before: AssessmentId | None = None, until: datetime | None = None
) -> Assessment | None:
    """The newest of them that came to the stage which the team's channel knows."""
    known = _closed(team, before, until).where(AssessmentRow.told_stage == AssessmentRow.stage)
    row = await tx.session.scalar(known.limit(1))
    return value_of(row) if row else None


async def last_ended(tx: Transaction, team: TeamId) -> Assessment | None:
    """The team's newest that was ever closed, also while it is open again to be corrected."""
    row = await tx.session.scalar(
        select(AssessmentRow)
        .where(
            AssessmentRow.team_id == team,
            AssessmentRow.closed_at.is_not(None),
            AssessmentRow.state != AssessmentState.DISCARDED,
        )
        .order_by(AssessmentRow.closed_at.desc())
        .limit(1)
    )
    return value_of(row) if row else None


async def tell(tx: Transaction, assessment: AssessmentId, told: Stage | None) -> None:
    """What the team's channel knows after it; None: it says nothing firm."""
    await tx.session.execute(
        update(AssessmentRow)
        .where(AssessmentRow.id == assessment)
        .values(told_stage=told)
        .execution_options(synchronize_session=False)
    )


async def close(
    tx: Transaction,
    assessment: AssessmentId,
    by: UserId,
    now: datetime,
    stage: Stage | None,
    is_provisional: bool,
    index: int | None,
    good_for_days: int | None = None,
) -> bool:
    """False when it was not open any more: somebody else closed it first."""
    closed = await tx.session.scalar(
        update(AssessmentRow)
        .where(AssessmentRow.id == assessment, AssessmentRow.state == AssessmentState.DRAFT)
        .values(
            state=AssessmentState.CLOSED,
            closed_by=by,
            closed_at=now,
            stage=stage,
            is_provisional=is_provisional,
            index_points=index,
            good_for_days=good_for_days,
        )
        .returning(AssessmentRow.id)
        .execution_options(synchronize_session=False)
    )
    return closed is not None


async def reopen(tx: Transaction, assessment: Assessment) -> bool:
    """False when it was not closed, or the team has begun another one since."""
    if await draft_of(tx, assessment.team) is not None:
        return False
    try:
        # Somebody may begin another one at this very moment: the index tells, and only this much is undone.
        async with tx.session.begin_nested():
            reopened = await tx.session.scalar(
                update(AssessmentRow)
                .where(AssessmentRow.id == assessment.id, AssessmentRow.state == AssessmentState.CLOSED)
                .values(
                    state=AssessmentState.DRAFT,
                    first_closed_at=assessment.first_closed_at or assessment.closed_at,
                    stage=None,
                    is_provisional=None,
                    index_points=None,
                    told_stage=None,
                )
                .returning(AssessmentRow.id)
                .execution_options(synchronize_session=False)
            )
    except IntegrityError:
        return False
    return reopened is not None


async def choose_form(tx: Transaction, assessment: AssessmentId, form: Form) -> None:
    await tx.session.execute(
        update(AssessmentRow)
        .where(AssessmentRow.id == assessment, AssessmentRow.state == AssessmentState.DRAFT)
        .values(form=form)
        .execution_options(synchronize_session=False)
    )


async def discard(tx: Transaction, assessment: AssessmentId) -> None:
    await tx.session.execute(
        update(AssessmentRow)
        .where(AssessmentRow.id == assessment, AssessmentRow.state == AssessmentState.DRAFT)
        .values(state=AssessmentState.DISCARDED)
        .execution_options(synchronize_session=False)
    )


def _closed(team: TeamId, before: AssessmentId | None, until: datetime | None) -> Select[AssessmentRow]:
    """Those of a team that are closed, the newest first."""
    query = select(AssessmentRow).where(AssessmentRow.team_id == team, AssessmentRow.state == AssessmentState.CLOSED)
    if before is not None:
        query = query.where(AssessmentRow.id != before)
    if until is not None:
        query = query.where(AssessmentRow.closed_at <= until)
    return query.order_by(AssessmentRow.closed_at.desc())


def value_of(row: AssessmentRow) -> Assessment:
    return Assessment(
        AssessmentId(row.id),
        TeamId(row.team_id),
        ModelVersion(row.model_version),
        row.form,
        row.state,
        UserId(row.started_by),
        UserId(row.closed_by) if row.closed_by else None,
        row.closed_at,
        row.first_closed_at,
        Stage(row.stage) if row.stage else None,
        bool(row.is_provisional),
        row.index_points,
        Stage(row.told_stage) if row.told_stage else None,
        row.scope,
        row.is_anonymous,
        row.good_for_days,
        row.may_be_shared,
    )
