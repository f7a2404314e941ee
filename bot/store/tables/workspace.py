"""Who has the bot: installations, the people and the teams in them."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, TenantOwned


class TenantRow(Base):
    __tablename__ = "tenants"

    id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str | None]
    enterprise_id: Mapped[str | None]
    bot_user_id: Mapped[str | None]
    bot_id: Mapped[str | None]
    token: Mapped[str | None]  # encrypted; null where the one token of the settings is used
    scopes: Mapped[str | None]
    installed_by: Mapped[str | None]
    installed_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]  # uninstalled or token revoked: nothing is sent


class OAuthStateRow(Base):
    __tablename__ = "oauth_states"

    digest: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime]


class PersonRow(TenantOwned, Base):
    """What reminders need of a person. No name and no address: those are Slack's to show."""

    __tablename__ = "people"

    user_id: Mapped[str] = mapped_column(primary_key=True)
    zone: Mapped[str | None]
    country: Mapped[str | None]
    is_member: Mapped[bool] = mapped_column(default=True)  # of the home workspace, in full: no guest, no stranger
    is_active: Mapped[bool] = mapped_column(default=True)  # false: deactivated, or a bot
    refreshed_at: Mapped[datetime | None]  # when Slack was last asked
    refresh_at: Mapped[datetime | None] = mapped_column(index=True)  # when to ask; null: when a reminder needs it


class TeamRow(TenantOwned, Base):
    __tablename__ = "teams"
    __table_args__ = (UniqueConstraint("tenant_id", "channel_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str]
    name: Mapped[str]
    is_private: Mapped[bool]
    lead: Mapped[str]
    actions_numbered: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
