"""Places where nothing can be said, or where outsiders read; channels' own names; and whether guests may answer."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OF_LANES = ("failures", "suspended_at", "suspended_why", "moved_to", "is_shared")


def upgrade() -> None:
    for column in (
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_why", sa.Text(), nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=True),
        _flag("is_shared"),
    ):
        op.add_column("lanes", column)
    suspended = sa.text("suspended_at IS NOT NULL")
    op.create_index(
        "ix_lanes_suspended", "lanes", ["suspended_at"], sqlite_where=suspended, postgresql_where=suspended
    )
    op.add_column("teams", sa.Column("channel_name", sa.Text(), nullable=True))
    op.execute("UPDATE teams SET channel_name = name")
    op.add_column("assessments", _flag("may_be_shared"))
    op.add_column("policies", _flag("guests"))


def downgrade() -> None:
    op.drop_column("policies", "guests")
    op.drop_column("assessments", "may_be_shared")
    op.drop_column("teams", "channel_name")
    op.drop_index("ix_lanes_suspended", "lanes")
    for column in OF_LANES:
        op.drop_column("lanes", column)


def _flag(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
