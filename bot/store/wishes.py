"""The form of the last step, kept while a person goes back to an earlier one."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select

from bot.domain.ids import AssessmentId, UserId
from bot.domain.turn import Wish
from bot.store.database import Transaction
from bot.store.schema import WishRow
from bot.store.upsert import insert_into


async def keep(tx: Transaction, assessment: AssessmentId, user: UserId, wishes: Iterable[Wish]) -> None:
    """In place of what was kept before."""
    await tx.session.execute(
        delete(WishRow)
        .where(WishRow.assessment_id == assessment, WishRow.user_id == user)
        .execution_options(synchronize_session=False)
    )
    rows = [
        {
            "tenant_id": tx.tenant,
            "assessment_id": assessment,
            "user_id": user,
            "origin": wish.origin,
            "taken": wish.taken,
            "title": wish.title,
            "owner": wish.owner,
            "due_on": wish.due_on,
        }
        for wish in wishes
    ]
    if rows:
        await tx.session.execute(insert_into(tx, WishRow).values(rows))


async def of(tx: Transaction, assessment: AssessmentId, user: UserId) -> Mapping[str, Wish]:
    rows = await tx.session.scalars(select(WishRow).where(WishRow.assessment_id == assessment, WishRow.user_id == user))
    return {
        row.origin: Wish(row.origin, row.taken, row.title, UserId(row.owner) if row.owner else None, row.due_on)
        for row in rows
    }
