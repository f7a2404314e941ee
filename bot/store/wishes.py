"""The form of the last step, kept while a person goes back to an earlier one."""

from collections.abc import Iterable, Mapping

from sqlalchemy import bindparam, delete, select

from bot.domain.ids import AssessmentId, UserId
from bot.domain.turn import Wish
from bot.store.database import Transaction
from bot.store.schema import WishRow
from bot.store.upsert import insert_into

_OF = select(WishRow).where(WishRow.assessment_id == bindparam("assessment"), WishRow.user_id == bindparam("user"))


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


async def keep_one(tx: Transaction, assessment: AssessmentId, user: UserId, wish: Wish) -> None:
    """Beside what was kept before."""
    said = {"taken": wish.taken, "title": wish.title, "owner": wish.owner, "due_on": wish.due_on}
    await tx.session.execute(
        insert_into(tx, WishRow)
        .values(tenant_id=tx.tenant, assessment_id=assessment, user_id=user, origin=wish.origin, **said)
        .on_conflict_do_update(index_elements=["tenant_id", "assessment_id", "user_id", "origin"], set_=said)
    )


async def of(tx: Transaction, assessment: AssessmentId, user: UserId) -> Mapping[str, Wish]:
    rows = await tx.session.scalars(_OF, {"assessment": assessment, "user": user})
    return {
        row.origin: Wish(row.origin, row.taken, row.title, UserId(row.owner) if row.owner else None, row.due_on)
        for row in rows
    }
