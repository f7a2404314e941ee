"""A result as it was before it was opened again to be corrected: a copy of its rows, which counts as thrown away.

What is corrected are the rows themselves, for everything that was said of the result refers to them.
"""

from typing import Any

from sqlalchemy import delete, literal, select, update

from bot.domain.assessment import Assessment, AssessmentState
from bot.domain.ids import AssessmentId
from bot.store import assessments, respondents
from bot.store.database import Transaction
from bot.store.schema import AnswerRow, AssessmentRow, MeasureRow, RespondentRow
from bot.store.upsert import insert_into

SAID = (AnswerRow, MeasureRow)


async def put_aside(tx: Transaction, closed: Assessment) -> None:
    """``closed``: as it was read before it was opened again."""
    was = {
        "state": AssessmentState.DISCARDED,
        "first_closed_at": closed.first_closed_at,
        "stage": closed.stage,
        "is_provisional": closed.is_provisional,
        "index_points": closed.index,
        "told_stage": closed.told_stage,
    }
    await _copy(tx, AssessmentRow, "id", closed.id, _aside(closed.id), was)
    for row in (RespondentRow, *SAID):
        await _copy(tx, row, "assessment_id", closed.id, _aside(closed.id))


async def is_aside(tx: Transaction, assessment: AssessmentId) -> bool:
    return await assessments.by_id(tx, _aside(assessment)) is not None


async def put_back(tx: Transaction, assessment: AssessmentId) -> bool:
    """Closed once more, as if it had never been opened; False where there is nothing to put back."""
    was = await assessments.by_id(tx, _aside(assessment))
    if was is None:
        return False
    for row in SAID:
        await _delete(tx, row, row.assessment_id == assessment)
    await _copy(tx, RespondentRow, "assessment_id", was.id, assessment)
    before = {person.user: person for person in await respondents.of(tx, was.id)}
    for person in await respondents.of(tx, assessment):
        if person.user in before:
            kept = before[person.user]
            await respondents.describe(tx, assessment, person.user, (kept.claimed_level, kept.persona))
        else:
            await respondents.leave(tx, assessment, person.user)
    for row in SAID:
        await _copy(tx, row, "assessment_id", was.id, assessment)
    await tx.session.execute(
        update(AssessmentRow)
        .where(AssessmentRow.id == assessment, AssessmentRow.state == AssessmentState.DRAFT)
        .values(
            state=AssessmentState.CLOSED,
            form=was.form,
            first_closed_at=was.first_closed_at,
            stage=was.stage,
            is_provisional=was.is_provisional,
            index_points=was.index,
            told_stage=was.told_stage,
        )
        .execution_options(synchronize_session=False)
    )
    await forget(tx, assessment)
    return True


async def forget(tx: Transaction, assessment: AssessmentId) -> None:
    """It was corrected: what was before is of no use to anybody."""
    await _delete(tx, RespondentRow, RespondentRow.assessment_id == _aside(assessment))  # and what they said
    await _delete(tx, AssessmentRow, AssessmentRow.id == _aside(assessment))


def _aside(assessment: AssessmentId) -> AssessmentId:
    return AssessmentId(f"{assessment}~before")


async def _copy(
    tx: Transaction,
    row: type[Any],
    key: str,
    source: AssessmentId,
    to: AssessmentId,
    changed: dict[str, Any] | None = None,
) -> None:
    """The rows of one under the id of another; what is there already stays."""
    table = row.__table__
    other = {key: to} | (changed or {})
    values = [literal(other[column.name], column.type) if column.name in other else column for column in table.c]
    found = select(*values).where(table.c.tenant_id == tx.tenant, table.c[key] == source)
    names = [column.name for column in table.c]
    await tx.session.execute(insert_into(tx, row).from_select(names, found).on_conflict_do_nothing())


async def _delete(tx: Transaction, row: type[Any], condition: Any) -> None:
    await tx.session.execute(delete(row).where(condition).execution_options(synchronize_session=False))
