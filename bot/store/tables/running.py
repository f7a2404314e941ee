"""What the processes of the bot write down about themselves."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class HeartbeatRow(Base):
    """When a tick was last begun, for those who ask another process than the one that ticks."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
