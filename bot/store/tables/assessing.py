"""Assessments, and what each person said in them."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.assessment import AssessmentState
from bot.domain.model import Form
from bot.store.columns import words
from bot.store.tables.base import Base, TenantOwned


class AssessmentRow(TenantOwned, Base):
    __tablename__ = "assessments"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "team_id"], ["teams.tenant_id", "teams.id"]),
        Index(
            "uq_assessments_one_draft",
            "tenant_id",
            "team_id",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
        Index("ix_assessments_closed", "tenant_id", "team_id", "closed_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    model_version: Mapped[str]
    form: Mapped[Form] = mapped_column(words(Form, "form"))
    state: Mapped[AssessmentState] = mapped_column(words(AssessmentState, "state"))
    started_by: Mapped[str]
    started_at: Mapped[datetime]
    closed_by: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    first_closed_at: Mapped[datetime | None]  # before a correction
    # The result as told, for the trend and the next comparison; null where not enough was known.
    stage: Mapped[int | None]
    is_provisional: Mapped[bool | None]
    index_points: Mapped[int | None]
    # The stage that the team's channel knows after it: not that of a result close to the border, until it is confirmed.
    told_stage: Mapped[int | None]
    scope: Mapped[str | None]  # what it is about, in its starter's words
    is_anonymous: Mapped[bool] = mapped_column(default=False, server_default=false())
    good_for_days: Mapped[int | None]  # until the next one, as its version of the questions says
    may_be_shared: Mapped[bool] = mapped_column(default=False, server_default=false())  # told where outsiders read


class RespondentRow(TenantOwned, Base):
    __tablename__ = "respondents"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "assessment_id"], ["assessments.tenant_id", "assessments.id"]),
        Index("ix_respondents_of_person", "tenant_id", "user_id"),
    )

    assessment_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    step_id: Mapped[str]  # where this person is
    version: Mapped[int]  # rises with every stored step; a form drawn from an older one is stale
    claimed_level: Mapped[int | None]
    persona: Mapped[str | None]
    saved_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]  # in an anonymous round, which ends for each person by itself


class AnswerRow(TenantOwned, Base):
    __tablename__ = "answers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "assessment_id", "user_id"],
            ["respondents.tenant_id", "respondents.assessment_id", "respondents.user_id"],
            ondelete="CASCADE",
        ),
    )

    assessment_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]  # a level's number, "unknown" or "absent"


class MeasureRow(TenantOwned, Base):
    __tablename__ = "measures"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "assessment_id", "user_id"],
            ["respondents.tenant_id", "respondents.assessment_id", "respondents.user_id"],
            ondelete="CASCADE",
        ),
    )

    assessment_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    benchmark_id: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[float | None]  # percent; null: not known
    is_measured: Mapped[bool]
    source: Mapped[str]  # as it was chosen, to show it again
    typed: Mapped[str]  # as it was written, to show it again


class WishRow(TenantOwned, Base):
    """An action point on the form of the last step, kept while a person goes back to an earlier one."""

    __tablename__ = "wishes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "assessment_id", "user_id"],
            ["respondents.tenant_id", "respondents.assessment_id", "respondents.user_id"],
            ondelete="CASCADE",
        ),
    )

    assessment_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(primary_key=True)
    taken: Mapped[bool]
    title: Mapped[str]
    owner: Mapped[str | None]
    due_on: Mapped[date | None]
