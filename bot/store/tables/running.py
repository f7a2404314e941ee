"""What the processes of the bot write down about themselves, and about what they have done already."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, TenantOwned


class HeartbeatRow(Base):
    """When a tick was last begun, for those who ask another process than the one that ticks."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class HandledRow(TenantOwned, Base):
    """A request of Slack that has had its effect; by a digest, since what it is known by opens forms."""

    __tablename__ = "handled"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
