"""Which files of a workspace show which charts, so that none is drawn and uploaded twice."""

from collections.abc import Collection, Mapping

from sqlalchemy import delete, select

from bot.domain.ids import FileId
from bot.store.database import Transaction
from bot.store.schema import PictureRow
from bot.store.upsert import insert_into


async def known(tx: Transaction, digests: Collection[str]) -> Mapping[str, FileId]:
    rows = await tx.session.execute(select(PictureRow.digest, PictureRow.file_id).where(PictureRow.digest.in_(digests)))
    return {digest: FileId(file) for digest, file in rows}


async def keep(tx: Transaction, digest: str, file: FileId) -> None:
    """The newest file of a chart: an older one that is known may be the one that was deleted."""
    await tx.session.execute(
        insert_into(tx, PictureRow)
        .values(tenant_id=tx.tenant, digest=digest, file_id=file)
        .on_conflict_do_update(index_elements=["tenant_id", "digest"], set_={"file_id": file})
    )


async def forget(tx: Transaction, digests: Collection[str]) -> None:
    await tx.session.execute(
        delete(PictureRow).where(PictureRow.digest.in_(digests)).execution_options(synchronize_session=False)
    )
