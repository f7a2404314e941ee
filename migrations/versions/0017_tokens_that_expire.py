"""Tokens that expire: what they are renewed with, when, and who is at it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tenants", sa.Column("refresh_token", sa.Text(), nullable=True))
    op.add_column("tenants", sa.Column("token_expires_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("tenants", sa.Column("refreshing_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("tenants", "refreshing_until")
    op.drop_column("tenants", "token_expires_at")
    op.drop_column("tenants", "refresh_token")
