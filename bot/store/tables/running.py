"""What the bot writes down about itself: when its processes were at work, what was asked already, and who did what."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, TenantOwned


class HeartbeatRow(Base):
    """When a tick was last begun, for those who ask another process than the one that ticks."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class AuditRow(TenantOwned, Base):
    """Who changed a right or did something that cannot be taken back. Ids only: nothing that anybody wrote."""

    __tablename__ = "audits"

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str]  # a person, or the operator or the bot by their names in domain/audited.py
    what: Mapped[str]
    subject: Mapped[str]


class HandledRow(TenantOwned, Base):
    """A request of Slack that has had its effect; by a digest, since what it is known by opens forms."""

    __tablename__ = "handled"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
