"""Which requests of Slack have had their effect, so that a repeated one has none."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handled",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "key", name="pk_handled"),
    )
    op.create_index("ix_handled_at", "handled", ["at"])


def downgrade() -> None:
    op.drop_index("ix_handled_at", "handled")
    op.drop_table("handled")
