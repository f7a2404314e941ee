"""Assessments: what they are about, answered without names, and the stage that the channel knows after each."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assessments", sa.Column("told_stage", sa.Integer(), nullable=True))
    op.add_column("assessments", sa.Column("scope", sa.Text(), nullable=True))
    op.add_column("assessments", sa.Column("is_anonymous", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("respondents", sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True))
    # Until now every firm stage was told.
    op.execute("UPDATE assessments SET told_stage = stage WHERE state = 'closed' AND NOT is_provisional")


def downgrade() -> None:
    op.drop_column("respondents", "finished_at")
    for column in ("is_anonymous", "scope", "told_stage"):
        op.drop_column("assessments", column)
