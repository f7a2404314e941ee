"""Teams and drafts that are known already: the next tick plans their digests, next assessments and reminders."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TOUCHES = sa.table(
    "touches",
    *(sa.column(name, sa.Text()) for name in ("tenant_id", "id", "track", "subject", "rung", "recipient", "state")),
    sa.column("version", sa.Integer()),
    sa.column("local_day", sa.Date()),
    sa.column("planned_for", sa.DateTime(timezone=True)),
    sa.column("merges", sa.JSON()),
)
# Each is of last week, or of no version at all: it is skipped when it is looked at, and what is due next planned.
TEAMS = "SELECT tenant_id, id, channel_id FROM teams"
DRAFTS = "SELECT tenant_id, id, started_by FROM assessments WHERE state = 'draft'"


def upgrade() -> None:
    now = datetime.now(UTC)
    year, week, _ = (now - timedelta(days=7)).isocalendar()
    _plan(TEAMS, "digest", "digest", year * 100 + week, now)
    _plan(DRAFTS, "draft", "draft-first", -1, now)


def downgrade() -> None:
    op.execute("DELETE FROM touches WHERE track IN ('digest', 'draft') AND state = 'planned'")


def _plan(of_whom: str, track: str, rung: str, version: int, now: datetime) -> None:
    connection = op.get_bind()
    plain = {"track": track, "rung": rung, "version": version, "state": "planned", "merges": []}
    plain |= {"local_day": now.date(), "planned_for": now}
    rows = [
        plain | {"tenant_id": tenant, "id": uuid4().hex, "subject": subject, "recipient": recipient}
        for tenant, subject, recipient in connection.execute(sa.text(of_whom))
    ]
    if rows:
        connection.execute(TOUCHES.insert(), rows)
