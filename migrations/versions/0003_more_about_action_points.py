"""Action points: blocked, linked, handed over and accepted, nudged; made outside an assessment."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NEW = (
    "blocked_why", "blocked_at", "link", "former_owner", "accepted_at", "nudged_by", "nudged_at",
)  # fmt: skip
STATES = "state IN ('open', 'done', 'dropped', 'stalled', 'needs_owner')"


def upgrade() -> None:
    # Where a column cannot be changed in place the table is built anew, and its checks have to be said again.
    with op.batch_alter_table("actions", table_args=(_states(),)) as actions:
        actions.alter_column("assessment_id", existing_type=sa.Text(), nullable=True)
        for name in NEW:
            kind: sa.types.TypeEngine[object] = sa.DateTime(timezone=True) if name.endswith("_at") else sa.Text()
            actions.add_column(sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    made_otherwise = "action_id IN (SELECT id FROM actions WHERE assessment_id IS NULL)"
    op.execute(f"DELETE FROM touches WHERE {made_otherwise}")
    op.execute("DELETE FROM actions WHERE assessment_id IS NULL")
    with op.batch_alter_table("actions", table_args=(_states(),)) as actions:
        for name in NEW:
            actions.drop_column(name)
        actions.alter_column("assessment_id", existing_type=sa.Text(), nullable=False)


def _states() -> sa.CheckConstraint:
    return sa.CheckConstraint(STATES, name=op.f("ck_actions_state"))
