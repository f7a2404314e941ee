"""Who takes part in an assessment: at which step each of them is, and what they said of themselves."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from bot.domain.assessment import Respondent
from bot.domain.ids import AssessmentId, StepId, UserId
from bot.store.database import Transaction
from bot.store.schema import RespondentRow
from bot.store.upsert import Insertion

About = tuple[int | None, str | None]  # the stage that somebody claims, and their role

_THEIR_PART = (RespondentRow.assessment_id == bindparam("assessment"), RespondentRow.user_id == bindparam("user"))
_OF = (
    select(RespondentRow).where(RespondentRow.assessment_id == bindparam("assessment")).order_by(RespondentRow.user_id)
)
_BY_USER = select(RespondentRow).where(*_THEIR_PART)
_TAKE_PART = Insertion(RespondentRow, lambda row: row.values(version=0).on_conflict_do_nothing())
_MOVE = (
    update(RespondentRow)
    .where(*_THEIR_PART, RespondentRow.version == bindparam("seen"))
    .values(version=RespondentRow.version + 1, step_id=bindparam("to"), saved_at=bindparam("now"))
    .returning(RespondentRow)
    .execution_options(synchronize_session=False)
)
_STAY = (
    update(RespondentRow)
    .where(*_THEIR_PART, RespondentRow.version == bindparam("seen"), RespondentRow.step_id == bindparam("step"))
    .values(saved_at=bindparam("now"))
    .returning(RespondentRow.version)
    .execution_options(synchronize_session=False)
)

_DESCRIBE = (
    update(RespondentRow)
    .where(*_THEIR_PART)
    .values(claimed_level=bindparam("level"), persona=bindparam("role"))
    .execution_options(synchronize_session=False)
)


async def of(tx: Transaction, assessment: AssessmentId) -> Sequence[Respondent]:
    return [_value(row) for row in await tx.session.scalars(_OF, {"assessment": assessment})]


async def by_user(tx: Transaction, assessment: AssessmentId, user: UserId) -> Respondent | None:
    row = await tx.session.scalar(_BY_USER, {"assessment": assessment, "user": user})
    return _value(row) if row else None


async def take_part(tx: Transaction, assessment: AssessmentId, user: UserId, step: StepId, now: datetime) -> None:
    part = {"assessment_id": assessment, "user_id": user, "step_id": step, "saved_at": now}
    await tx.session.execute(_TAKE_PART.on(tx), {"tenant_id": tx.tenant, **part})


async def move(
    tx: Transaction, assessment: AssessmentId, user: UserId, seen: int, to: StepId, now: datetime
) -> Respondent | None:
    """Moves a person to another step if nothing was stored since version ``seen``; None: their form is stale."""
    row = await tx.session.scalar(_MOVE, {"assessment": assessment, "user": user, "seen": seen, "to": to, "now": now})
    return _value(row) if row else None


async def stay(tx: Transaction, assessment: AssessmentId, user: UserId, seen: int, step: StepId, now: datetime) -> bool:
    """Holds a person's part at that step for as long as the transaction lasts; False: their form is stale."""
    version = await tx.session.scalar(
        _STAY, {"assessment": assessment, "user": user, "seen": seen, "step": step, "now": now}
    )
    return version is not None


async def describe(tx: Transaction, assessment: AssessmentId, user: UserId, about: About) -> None:
    level, role = about
    await tx.session.execute(_DESCRIBE, {"assessment": assessment, "user": user, "level": level, "role": role})


async def leave(tx: Transaction, assessment: AssessmentId, user: UserId) -> None:
    """Takes a person's part out of an assessment, answers and all."""
    await tx.session.execute(
        delete(RespondentRow)
        .where(RespondentRow.assessment_id == assessment, RespondentRow.user_id == user)
        .execution_options(synchronize_session=False)
    )


def _value(row: RespondentRow) -> Respondent:
    return Respondent(
        UserId(row.user_id),
        StepId(row.step_id),
        row.version,
        row.claimed_level,
        row.persona,
        row.saved_at,
        row.finished_at,
    )
