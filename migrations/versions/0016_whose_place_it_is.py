"""Whose a channel or a person is, asked without knowing the workspace."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_teams_channel_id", "teams", ["channel_id"])
    op.create_index("ix_people_user_id", "people", ["user_id"])


def downgrade() -> None:
    op.drop_index("ix_people_user_id", table_name="people")
    op.drop_index("ix_teams_channel_id", table_name="teams")
