"""Action points, the cards that stand for them, and the reminders about them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.actions import ActionState
from bot.domain.touches import Rung, Track
from bot.store.columns import words
from bot.store.tables.base import Base, TenantOwned


class TouchState(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    SKIPPED = "skipped"
    MERGED = "merged"
    FAILED = "failed"
    UNKNOWN = "unknown"


class CardRow(TenantOwned, Base):
    """A message that stands for one action point, or for a list of them; its thread is their life."""

    __tablename__ = "cards"
    __table_args__ = (ForeignKeyConstraint(["tenant_id", "team_id"], ["teams.tenant_id", "teams.id"]),)

    id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    channel_id: Mapped[str]
    ts: Mapped[str | None] = mapped_column(index=True)


class ActionRow(TenantOwned, Base):
    __tablename__ = "actions"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "team_id"], ["teams.tenant_id", "teams.id"]),
        ForeignKeyConstraint(["tenant_id", "assessment_id"], ["assessments.tenant_id", "assessments.id"]),
        ForeignKeyConstraint(["tenant_id", "card_id"], ["cards.tenant_id", "cards.id"]),
        UniqueConstraint("tenant_id", "team_id", "number"),
        # A form that is submitted twice makes each of its action points once.
        UniqueConstraint("tenant_id", "assessment_id", "origin"),
        Index("ix_actions_of_owner", "tenant_id", "owner", "state"),
        Index("ix_actions_of_card", "tenant_id", "card_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    assessment_id: Mapped[str | None]  # null: made by command or from a message
    card_id: Mapped[str]
    origin: Mapped[str]
    number: Mapped[int]
    title: Mapped[str]
    why: Mapped[str]
    catalogue_id: Mapped[str | None]
    state: Mapped[ActionState] = mapped_column(words(ActionState, "state"))
    owner: Mapped[str | None]
    due_on: Mapped[date | None]
    due_version: Mapped[int]
    assigned_by: Mapped[str]
    assigned_at: Mapped[datetime]
    decided_at: Mapped[datetime]
    snoozed_until: Mapped[date | None]
    snoozes_in_row: Mapped[int]
    planned_on: Mapped[date | None]
    active_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    drop_reason: Mapped[str | None]
    blocked_why: Mapped[str | None]
    blocked_at: Mapped[datetime | None]
    link: Mapped[str | None]
    former_owner: Mapped[str | None]  # who handed it over, or left
    accepted_at: Mapped[datetime | None]  # by an owner whom somebody else chose
    nudged_by: Mapped[str | None]
    nudged_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class NoteRow(TenantOwned, Base):
    """What somebody added in their own words to a change: it stands in the card's thread."""

    __tablename__ = "notes"
    __table_args__ = (ForeignKeyConstraint(["tenant_id", "action_id"], ["actions.tenant_id", "actions.id"]),)

    id: Mapped[str] = mapped_column(primary_key=True)
    action_id: Mapped[str]
    author: Mapped[str]
    words: Mapped[str]
    made_at: Mapped[datetime]


class TouchRow(TenantOwned, Base):
    """One planned word to one person or channel, or what became of it.

    What it is about (``subject``) has at most one planned touch on each track: its next.
    """

    __tablename__ = "touches"
    __table_args__ = (
        Index(
            "uq_touches_one_planned",
            "tenant_id",
            "track",
            "subject",
            unique=True,
            sqlite_where=text("state = 'planned'"),
            postgresql_where=text("state = 'planned'"),
        ),
        Index(
            "ix_touches_due",
            "planned_for",
            sqlite_where=text("state = 'planned'"),
            postgresql_where=text("state = 'planned'"),
        ),
        Index("ix_touches_of_subject", "tenant_id", "subject"),
        Index("ix_touches_of_recipient", "tenant_id", "recipient", "local_day"),
        Index("ix_touches_told_in", "tenant_id", "told_in"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    track: Mapped[Track] = mapped_column(words(Track, "track"))
    subject: Mapped[str]  # an action, an assessment or a team, as its track says
    rung: Mapped[Rung] = mapped_column(words(Rung, "rung"))
    version: Mapped[int]  # of the subject, when it was planned
    recipient: Mapped[str]  # a person; a channel on the tracks that speak to one
    local_day: Mapped[date]  # the recipient's; when it was told, once it was
    planned_for: Mapped[datetime]
    merges: Mapped[list[Any]] = mapped_column(JSON())  # less urgent rungs of the same day
    state: Mapped[TouchState] = mapped_column(words(TouchState, "state"))
    reason: Mapped[str | None]
    told_in: Mapped[str | None]  # the key of the delivery that tells it
    settled_at: Mapped[datetime | None]


class UndoRow(TenantOwned, Base):
    """How something was before a change, for as long as the change can be taken back."""

    __tablename__ = "undos"

    id: Mapped[str] = mapped_column(primary_key=True)
    actor: Mapped[str]
    kind: Mapped[str]  # what was changed: an action, a person's preferences, a team
    subject: Mapped[str]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]  # taken back only while it still is so
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    undone_at: Mapped[datetime | None]
