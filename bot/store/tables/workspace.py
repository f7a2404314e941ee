"""Who has the bot: installations, the people and the teams in them."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKeyConstraint, Index, Time, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.preferences import Drops, Profile, Role
from bot.store.columns import Weekdays, words
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
    refresh_token: Mapped[str | None]  # encrypted like the token; null: the token does not expire
    token_expires_at: Mapped[datetime | None]
    refreshing_until: Mapped[datetime | None]  # the lease of who renews it, by the clock that all share
    line_until: Mapped[datetime | None]  # places are taken until then by what comes late


class OAuthStateRow(Base):
    __tablename__ = "oauth_states"

    digest: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime]


class PersonRow(TenantOwned, Base):
    """What reminders need of a person. No name and no address: those are Slack's to show."""

    __tablename__ = "people"
    __table_args__ = (Index("ix_people_user_id", "user_id"),)

    user_id: Mapped[str] = mapped_column(primary_key=True)
    zone: Mapped[str | None]  # as Slack says
    is_admin: Mapped[bool] = mapped_column(default=False, server_default=false())  # of the workspace, as Slack says
    # Their own choice; null: what Slack or the workspace says.
    country: Mapped[str | None]
    profile: Mapped[Profile | None] = mapped_column(words(Profile, "profile"))
    wanted_at: Mapped[time | None] = mapped_column(Time())
    wanted_zone: Mapped[str | None]
    weekdays: Mapped[frozenset[int] | None] = mapped_column(Weekdays())
    paused_from: Mapped[date | None]
    paused_until: Mapped[date | None]
    welcomed_at: Mapped[datetime | None]  # when the bot introduced itself
    is_member: Mapped[bool] = mapped_column(default=True)  # of the home workspace, in full: no guest, no stranger
    is_active: Mapped[bool] = mapped_column(default=True)  # false: deactivated, or a bot
    refreshed_at: Mapped[datetime | None]  # when Slack was last asked
    refresh_at: Mapped[datetime | None] = mapped_column(index=True)  # when to ask; null: when a reminder needs it


class TeamRow(TenantOwned, Base):
    __tablename__ = "teams"
    __table_args__ = (UniqueConstraint("tenant_id", "channel_id"), Index("ix_teams_channel_id", "channel_id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str]
    name: Mapped[str]
    channel_name: Mapped[str | None]  # as Slack has it; the team's own follows it while it is the same
    is_private: Mapped[bool]
    lead: Mapped[str]
    actions_numbered: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    # What its lead chose; null: what the workspace or the model says.
    zone: Mapped[str | None]
    digests: Mapped[bool] = mapped_column(default=True, server_default=true())
    digest_day: Mapped[int | None]
    digest_at: Mapped[time | None] = mapped_column(Time())
    announce_to: Mapped[str | None]
    drops: Mapped[Drops] = mapped_column(
        words(Drops, "drops"), default=Drops.LEAD_FIRST, server_default=Drops.LEAD_FIRST.value
    )
    reassess_days: Mapped[int | None]
    reassess_on: Mapped[date | None]
    stopped_at: Mapped[datetime | None]  # by an admin: nothing is sent about it
    # The bot cannot speak in its channel: archived, gone, or not invited. Null: it can.
    suspended_at: Mapped[datetime | None]
    suspended_why: Mapped[str | None]


class TargetRow(TenantOwned, Base):
    """The stage that a team finds good enough for a step."""

    __tablename__ = "team_targets"
    __table_args__ = (ForeignKeyConstraint(["tenant_id", "team_id"], ["teams.tenant_id", "teams.id"]),)

    team_id: Mapped[str] = mapped_column(primary_key=True)
    step_id: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[int]


class MemberRow(TenantOwned, Base):
    """Who was added to a team by name. Others take part by answering, owning or leading."""

    __tablename__ = "members"
    __table_args__ = (ForeignKeyConstraint(["tenant_id", "team_id"], ["teams.tenant_id", "teams.id"]),)

    team_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True, index=True)
    added_by: Mapped[str]
    added_at: Mapped[datetime]


class RoleRow(TenantOwned, Base):
    """What somebody may do in the whole workspace, beside what Slack says of them."""

    __tablename__ = "roles"

    user_id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(words(Role, "role"), primary_key=True)
    granted_by: Mapped[str]
    granted_at: Mapped[datetime]


class PolicyRow(TenantOwned, Base):
    """The workspace's defaults; one row, or none."""

    __tablename__ = "policies"

    profile: Mapped[Profile] = mapped_column(words(Profile, "profile"))
    zone: Mapped[str | None]
    country: Mapped[str | None]
    weekdays: Mapped[frozenset[int] | None] = mapped_column(Weekdays())
    digest_day: Mapped[int]
    digest_at: Mapped[time] = mapped_column(Time())
    guests: Mapped[bool] = mapped_column(default=False, server_default=false())  # whether they may answer
