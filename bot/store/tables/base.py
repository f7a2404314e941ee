"""What every table has: how its constraints are called, how values are stored, whose its rows are."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.store.columns import UtcDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012  # SQLAlchemy reads this name as a plain mapping
        str: Text(),
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
    }


class TenantOwned:
    """Every row belongs to one Slack installation."""

    # First in every key, so that one tenant's rows lie together.
    tenant_id: Mapped[str] = mapped_column(primary_key=True, sort_order=-1)
