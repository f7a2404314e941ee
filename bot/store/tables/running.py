"""What the bot writes down about itself: when its processes were at work, and who did what that matters."""

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
