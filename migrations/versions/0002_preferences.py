"""What people, teams and workspaces choose; who belongs to a team; who may administer."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PROFILES = ("off", "light", "standard")
OF_PEOPLE = ("is_admin", "profile", "wanted_at", "wanted_zone", "weekdays", "paused_from", "paused_until", "welcomed_at")
OF_TEAMS = (
    "zone", "digests", "digest_day", "digest_at", "announce_to", "drops", "reassess_days", "reassess_on", "stopped_at",
    "suspended_at", "suspended_why",
)  # fmt: skip


def upgrade() -> None:
    _of_people()
    _of_teams()
    op.create_table(
        "team_targets",
        _text("tenant_id"),
        _text("team_id"),
        _text("step_id"),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "team_id", "step_id", name="pk_team_targets"),
        _of_a_team("team_targets"),
    )
    op.create_table(
        "members",
        _text("tenant_id"),
        _text("team_id"),
        _text("user_id"),
        _text("added_by"),
        _instant("added_at"),
        sa.PrimaryKeyConstraint("tenant_id", "team_id", "user_id", name="pk_members"),
        _of_a_team("members"),
    )
    op.create_index("ix_members_user_id", "members", ["user_id"])
    op.create_table(
        "roles",
        _text("tenant_id"),
        _text("user_id"),
        sa.Column("role", sa.String(24), nullable=False),
        _text("granted_by"),
        _instant("granted_at"),
        sa.PrimaryKeyConstraint("tenant_id", "user_id", "role", name="pk_roles"),
        _one_of("roles", "role", "admin"),
    )
    op.create_table(
        "policies",
        _text("tenant_id"),
        sa.Column("profile", sa.String(24), nullable=False),
        _text("zone", nullable=True),
        _text("country", nullable=True),
        sa.Column("weekdays", sa.String(7), nullable=True),
        sa.Column("digest_day", sa.Integer(), nullable=False),
        sa.Column("digest_at", sa.Time(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", name="pk_policies"),
        _one_of("policies", "profile", *PROFILES),
    )


def downgrade() -> None:
    for table in ("policies", "roles", "members", "team_targets"):
        op.drop_table(table)
    with op.batch_alter_table("teams") as teams:
        teams.drop_constraint("ck_teams_drops", type_="check")
        for column in OF_TEAMS:
            teams.drop_column(column)
    with op.batch_alter_table("people") as people:
        people.drop_constraint("ck_people_profile", type_="check")
        for column in OF_PEOPLE:
            people.drop_column(column)


def _of_people() -> None:
    for column in (
        sa.Column("is_admin", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("profile", sa.String(24), _one_of("people", "profile", *PROFILES), nullable=True),
        sa.Column("wanted_at", sa.Time(), nullable=True),
        _text("wanted_zone", nullable=True),
        sa.Column("weekdays", sa.String(7), nullable=True),
        sa.Column("paused_from", sa.Date(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        _instant("welcomed_at", nullable=True),
    ):
        op.add_column("people", column)


def _of_teams() -> None:
    drops = _one_of("teams", "drops", "lead-first", "lead-only")
    for column in (
        _text("zone", nullable=True),
        sa.Column("digests", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("digest_day", sa.Integer(), nullable=True),
        sa.Column("digest_at", sa.Time(), nullable=True),
        _text("announce_to", nullable=True),
        sa.Column("drops", sa.String(24), drops, server_default="lead-first", nullable=False),
        sa.Column("reassess_days", sa.Integer(), nullable=True),
        sa.Column("reassess_on", sa.Date(), nullable=True),
        _instant("stopped_at", nullable=True),
        _instant("suspended_at", nullable=True),
        _text("suspended_why", nullable=True),
    ):
        op.add_column("teams", column)


def _text(name: str, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def _instant(name: str, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_a_team(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", "team_id"], ["teams.tenant_id", "teams.id"], name=f"fk_{table}_tenant_id_team_id"
    )


def _one_of(table: str, column: str, *words: str) -> sa.CheckConstraint:
    quoted = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({quoted})", name=op.f(f"ck_{table}_{column}"))
