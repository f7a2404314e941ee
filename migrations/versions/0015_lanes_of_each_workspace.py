"""The lanes of each workspace in the order in which they come due: workspaces take turns."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_waiting = sa.text("due_at IS NOT NULL")
    op.create_index(
        "ix_lanes_of_tenant",
        "lanes",
        ["tenant_id", "due_at"],
        sqlite_where=is_waiting,
        postgresql_where=is_waiting,
    )


def downgrade() -> None:
    op.drop_index("ix_lanes_of_tenant", table_name="lanes")
