"""The first tables: workspaces, assessments, action points with their reminders, and the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _workspaces()
    _assessments()
    _actions()
    _outbox()


def downgrade() -> None:
    for table in (
        "deliveries",
        "lanes",
        "touches",
        "actions",
        "cards",
        "wishes",
        "measures",
        "answers",
        "respondents",
        "assessments",
        "teams",
        "people",
        "oauth_states",
        "tenants",
    ):
        op.drop_table(table)


def _workspaces() -> None:
    op.create_table(
        "tenants",
        _text("id"),
        _text("team_id", nullable=True),
        _text("enterprise_id", nullable=True),
        _text("bot_user_id", nullable=True),
        _text("bot_id", nullable=True),
        _text("token", nullable=True),
        _text("scopes", nullable=True),
        _text("installed_by", nullable=True),
        _instant("installed_at"),
        _instant("stopped_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_tenants"),
    )
    op.create_table(
        "oauth_states",
        _text("digest"),
        _instant("expires_at"),
        sa.PrimaryKeyConstraint("digest", name="pk_oauth_states"),
    )
    op.create_table(
        "people",
        _text("tenant_id"),
        _text("user_id"),
        _text("zone", nullable=True),
        _text("country", nullable=True),
        _flag("is_member"),
        _flag("is_active"),
        _instant("refreshed_at", nullable=True),
        _instant("refresh_at", nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "user_id", name="pk_people"),
    )
    op.create_index("ix_people_refresh_at", "people", ["refresh_at"])
    op.create_table(
        "teams",
        _text("tenant_id"),
        _text("id"),
        _text("channel_id"),
        _text("name"),
        _flag("is_private"),
        _text("lead"),
        _number("actions_numbered"),
        _instant("created_at"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_teams"),
        sa.UniqueConstraint("tenant_id", "channel_id", name="uq_teams_tenant_id_channel_id"),
    )


def _assessments() -> None:
    op.create_table(
        "assessments",
        _text("tenant_id"),
        _text("id"),
        _text("team_id"),
        _text("model_version"),
        _word("form"),
        _word("state"),
        _text("started_by"),
        _instant("started_at"),
        _text("closed_by", nullable=True),
        _instant("closed_at", nullable=True),
        _instant("first_closed_at", nullable=True),
        _number("stage", nullable=True),
        _flag("is_provisional", nullable=True),
        _number("index_points", nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_assessments"),
        _refers("assessments", "teams", team_id="id"),
        _one_of("assessments", "form", "full", "short"),
        _one_of("assessments", "state", "draft", "closed", "discarded"),
    )
    _index("uq_assessments_one_draft", "assessments", ["tenant_id", "team_id"], "state = 'draft'", unique=True)
    op.create_index("ix_assessments_closed", "assessments", ["tenant_id", "team_id", "closed_at"])
    op.create_table(
        "respondents",
        _text("tenant_id"),
        _text("assessment_id"),
        _text("user_id"),
        _text("step_id"),
        _number("version"),
        _number("claimed_level", nullable=True),
        _text("persona", nullable=True),
        _instant("saved_at"),
        sa.PrimaryKeyConstraint("tenant_id", "assessment_id", "user_id", name="pk_respondents"),
        _refers("respondents", "assessments", assessment_id="id"),
    )
    op.create_index("ix_respondents_of_person", "respondents", ["tenant_id", "user_id"])
    _said_by_a_respondent("answers", _text("question_id"), _text("value"))
    _said_by_a_respondent(
        "measures",
        _text("benchmark_id"),
        sa.Column("value", sa.Double()),
        _flag("is_measured"),
        _text("source"),
        _text("typed"),
    )
    _said_by_a_respondent(
        "wishes",
        _text("origin"),
        _flag("taken"),
        _text("title"),
        _text("owner", nullable=True),
        _day("due_on", nullable=True),
    )


def _said_by_a_respondent(table: str, subject: "sa.Column[str]", *rest: "sa.Column[object]") -> None:
    op.create_table(
        table,
        _text("tenant_id"),
        _text("assessment_id"),
        _text("user_id"),
        subject,
        *rest,
        sa.PrimaryKeyConstraint("tenant_id", "assessment_id", "user_id", subject.name, name=f"pk_{table}"),
        _refers(table, "respondents", ondelete="CASCADE", assessment_id="assessment_id", user_id="user_id"),
    )


def _actions() -> None:
    op.create_table(
        "cards",
        _text("tenant_id"),
        _text("id"),
        _text("team_id"),
        _text("channel_id"),
        _text("ts", nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_cards"),
        _refers("cards", "teams", team_id="id"),
    )
    op.create_index("ix_cards_ts", "cards", ["ts"])
    op.create_table(
        "actions",
        _text("tenant_id"),
        _text("id"),
        _text("team_id"),
        _text("assessment_id"),
        _text("card_id"),
        _text("origin"),
        _number("number"),
        _text("title"),
        _text("why"),
        _text("catalogue_id", nullable=True),
        _word("state"),
        _text("owner", nullable=True),
        _day("due_on", nullable=True),
        _number("due_version"),
        _text("assigned_by"),
        _instant("assigned_at"),
        _instant("decided_at"),
        _day("snoozed_until", nullable=True),
        _number("snoozes_in_row"),
        _day("planned_on", nullable=True),
        _instant("active_at", nullable=True),
        _text("closed_by", nullable=True),
        _instant("closed_at", nullable=True),
        _text("drop_reason", nullable=True),
        _instant("created_at"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_actions"),
        _refers("actions", "teams", team_id="id"),
        _refers("actions", "assessments", assessment_id="id"),
        _refers("actions", "cards", card_id="id"),
        sa.UniqueConstraint("tenant_id", "team_id", "number", name="uq_actions_tenant_id_team_id_number"),
        sa.UniqueConstraint("tenant_id", "assessment_id", "origin", name="uq_actions_tenant_id_assessment_id_origin"),
        _one_of("actions", "state", "open", "done", "dropped", "stalled", "needs_owner"),
    )
    op.create_index("ix_actions_of_owner", "actions", ["tenant_id", "owner", "state"])
    op.create_index("ix_actions_of_card", "actions", ["tenant_id", "card_id"])
    op.create_table(
        "touches",
        _text("tenant_id"),
        _text("id"),
        _text("action_id"),
        _word("rung"),
        _number("due_version"),
        _text("recipient"),
        _day("local_day"),
        _instant("planned_for"),
        sa.Column("merges", sa.JSON(), nullable=False),
        _word("state"),
        _text("reason", nullable=True),
        _instant("settled_at", nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_touches"),
        _refers("touches", "actions", ondelete="CASCADE", action_id="id"),
        _one_of("touches", "rung", "t-5", "t-1", "t0", "t+1", "weekly", "wake", "planned-day"),
        _one_of("touches", "state", "planned", "sent", "skipped", "merged"),
    )
    _index("uq_touches_one_planned", "touches", ["tenant_id", "action_id"], "state = 'planned'", unique=True)
    _index("ix_touches_due", "touches", ["planned_for"], "state = 'planned'")
    op.create_index("ix_touches_of_action", "touches", ["tenant_id", "action_id"])


def _outbox() -> None:
    op.create_table(
        "lanes",
        _text("tenant_id"),
        _text("channel_id"),
        _instant("due_at", nullable=True),
        _instant("paced_until", nullable=True),
        _instant("lease_until", nullable=True),
        _number("token"),
        _number("deliveries_numbered"),
        sa.PrimaryKeyConstraint("tenant_id", "channel_id", name="pk_lanes"),
    )
    _index("ix_lanes_due", "lanes", ["due_at"], "due_at IS NOT NULL")
    op.create_table(
        "deliveries",
        _text("tenant_id"),
        _text("id"),
        _text("key"),
        _text("kind"),
        sa.Column("fields", sa.JSON(), nullable=False),
        _text("subject"),
        _text("channel_id"),
        _word("state"),
        _text("reason", nullable=True),
        _number("order"),
        _instant("not_before"),
        _number("token"),
        _number("attempts"),
        _number("waits"),
        _number("crashes"),
        _instant("lease_until", nullable=True),
        _instant("first_tried_at", nullable=True),
        _instant("attempted_at", nullable=True),
        _text("thread_ts", nullable=True),
        _text("posted_channel", nullable=True),
        _text("posted_ts", nullable=True),
        _instant("sweep_at", nullable=True),
        _instant("created_at"),
        _instant("settled_at", nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_deliveries"),
        sa.UniqueConstraint("tenant_id", "key", name="uq_deliveries_tenant_id_key"),
        _one_of(
            "deliveries",
            "state",
            *("pending", "claimed", "posting", "delivered", "suppressed", "expired", "dead", "ambiguous"),
        ),
    )
    _index(
        "ix_deliveries_waiting",
        "deliveries",
        ["tenant_id", "channel_id", "not_before", "order"],
        "state IN ('pending', 'claimed', 'posting')",
    )
    op.create_index("ix_deliveries_of_subject", "deliveries", ["tenant_id", "subject"])
    op.create_index("ix_deliveries_sweep_at", "deliveries", ["sweep_at"])


def _text(name: str, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def _word(name: str) -> "sa.Column[str]":
    """One of a few words, see ``_one_of``."""
    return sa.Column(name, sa.String(24), nullable=False)


def _number(name: str, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _flag(name: str, nullable: bool = False) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean(), nullable=nullable)


def _instant(name: str, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _day(name: str, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.Date(), nullable=nullable)


def _refers(table: str, other: str, ondelete: str | None = None, **columns: str) -> sa.ForeignKeyConstraint:
    """Never to another tenant's row."""
    here, there = ["tenant_id", *columns], ["tenant_id", *columns.values()]
    name = f"fk_{table}_{'_'.join(here)}"
    return sa.ForeignKeyConstraint(here, [f"{other}.{column}" for column in there], name=name, ondelete=ondelete)


def _one_of(table: str, column: str, *words: str) -> sa.CheckConstraint:
    quoted = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({quoted})", name=op.f(f"ck_{table}_{column}"))


def _index(name: str, table: str, columns: list[str], where: str, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)
