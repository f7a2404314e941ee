"""Touches about anything, for anyone: on a track, about a subject, told in a message that others may share."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TRACKS = (
    "owner", "lead", "ownerless", "handover", "draft", "round", "cadence", "invitation", "digest", "channel",
)  # fmt: skip
FIRST_RUNGS = ("t-5", "t-1", "t0", "t+1", "weekly", "wake", "planned-day")
RUNGS = (
    *FIRST_RUNGS, "nudge", "escalation-notice", "escalation", "ownerless", "unaccepted", "draft-first", "draft-second",
    "draft-last", "draft-expires", "round-asked", "reassess-soon", "reassess-day", "reassess-late", "digest",
    "channel-lost",
)  # fmt: skip
FIRST_STATES = ("planned", "sent", "skipped", "merged")
KEPT = "tenant_id, id, rung, recipient, local_day, planned_for, merges, state, reason, settled_at"


def upgrade() -> None:
    op.execute("CREATE TABLE touches_before AS SELECT * FROM touches")
    op.drop_table("touches")
    op.create_table(
        "touches",
        _text("tenant_id"),
        _text("id"),
        _word("track"),
        _text("subject"),
        _word("rung"),
        sa.Column("version", sa.Integer(), nullable=False),
        *_whom_and_when(),
        _word("state"),
        _text("reason", nullable=True),
        _text("told_in", nullable=True),
        _instant("settled_at", nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_touches"),
        _one_of("track", *TRACKS),
        _one_of("rung", *RUNGS),
        _one_of("state", *FIRST_STATES, "failed", "unknown"),
    )
    # What was told stood in a message of its own.
    told_in = "CASE WHEN state = 'sent' THEN 'reminder:' || id END"
    op.execute("UPDATE touches_before SET reason = 'due' WHERE state = 'sent' AND reason IS NULL")
    op.execute(
        f"INSERT INTO touches ({KEPT}, track, subject, version, told_in)"
        f" SELECT {KEPT}, 'owner', action_id, due_version, {told_in} FROM touches_before"
    )
    op.drop_table("touches_before")
    _index("uq_touches_one_planned", ["tenant_id", "track", "subject"], unique=True)
    _index("ix_touches_due", ["planned_for"])
    op.create_index("ix_touches_of_subject", "touches", ["tenant_id", "subject"])
    op.create_index("ix_touches_of_recipient", "touches", ["tenant_id", "recipient", "local_day"])
    op.create_index("ix_touches_told_in", "touches", ["tenant_id", "told_in"])


def downgrade() -> None:
    """What only this schema knows is left out: a plan that is missing is made anew when its action is changed."""
    op.execute("CREATE TABLE touches_after AS SELECT * FROM touches")
    op.drop_table("touches")
    op.create_table(
        "touches",
        _text("tenant_id"),
        _text("id"),
        _text("action_id"),
        _word("rung"),
        sa.Column("due_version", sa.Integer(), nullable=False),
        *_whom_and_when(),
        _word("state"),
        _text("reason", nullable=True),
        _instant("settled_at", nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_touches"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "action_id"],
            ["actions.tenant_id", "actions.id"],
            name="fk_touches_tenant_id_action_id",
            ondelete="CASCADE",
        ),
        _one_of("rung", *FIRST_RUNGS),
        _one_of("state", *FIRST_STATES),
    )
    known = f"track = 'owner' AND rung IN ({_quoted(*FIRST_RUNGS)}) AND state IN ({_quoted(*FIRST_STATES)})"
    op.execute(
        f"INSERT INTO touches ({KEPT}, action_id, due_version)"
        f" SELECT {KEPT}, subject, version FROM touches_after WHERE {known}"
    )
    op.drop_table("touches_after")
    _index("uq_touches_one_planned", ["tenant_id", "action_id"], unique=True)
    _index("ix_touches_due", ["planned_for"])
    op.create_index("ix_touches_of_action", "touches", ["tenant_id", "action_id"])


def _whom_and_when() -> "tuple[sa.Column[object], ...]":
    return (
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("planned_for", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merges", sa.JSON(), nullable=False),
    )


def _text(name: str, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def _word(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.String(24), nullable=False)


def _instant(name: str, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _quoted(*words: str) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _one_of(column: str, *words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({_quoted(*words)})", name=op.f(f"ck_touches_{column}"))


def _index(name: str, columns: list[str], unique: bool = False) -> None:
    planned = sa.text("state = 'planned'")
    op.create_index(name, "touches", columns, unique=unique, sqlite_where=planned, postgresql_where=planned)
