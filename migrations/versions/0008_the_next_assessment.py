"""For how long a result is good, and what a channel has read, found by day."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assessments", sa.Column("good_for_days", sa.Integer(), nullable=True))
    # As the only version of the questions said until now.
    op.execute("UPDATE assessments SET good_for_days = 90 WHERE closed_at IS NOT NULL")
    op.create_index("ix_deliveries_of_channel", "deliveries", ["tenant_id", "channel_id", "settled_at"])


def downgrade() -> None:
    op.drop_index("ix_deliveries_of_channel", "deliveries")
    op.drop_column("assessments", "good_for_days")
