"""The columns of an export, as CSV and JSON share them: a name, and what stands there."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from bot.domain.exported import ExportedAction, ExportedAssessment
from bot.domain.ids import StepId

Value = str | int | bool | None


def _instant(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


ACTION: Mapping[str, Callable[[ExportedAction], Value]] = {
    "team": lambda row: row.team,
    "id": lambda row: row.action.label,
    "title": lambda row: row.action.title,
    "why": lambda row: row.action.why,
    "state": lambda row: row.action.state.value,
    "owner": lambda row: row.action.owner,
    "due_on": lambda row: _day(row.action.due_on),
    "assigned_by": lambda row: row.action.assigned_by,
    "assigned_at": lambda row: _instant(row.action.assigned_at),
    "snoozed_until": lambda row: _day(row.action.snoozed_until),
    "planned_on": lambda row: _day(row.action.planned_on),
    "blocked_why": lambda row: row.action.blocked_why,
    "closed_by": lambda row: row.action.closed_by,
    "closed_at": lambda row: _instant(row.action.closed_at),
    "drop_reason": lambda row: row.action.drop_reason,
    "link": lambda row: row.action.link,
    "catalogue": lambda row: row.action.catalogue,
}

ASSESSMENT: Mapping[str, Callable[[ExportedAssessment], Value]] = {
    "team": lambda row: row.team,
    "finished_at": lambda row: _instant(row.finished_at),
    "stage": lambda row: row.stage.word if row.stage else None,
    "provisional": lambda row: row.provisional,
    "score": lambda row: row.index,
    "form": lambda row: row.form.value,
    "questions": lambda row: row.version,
    "scope": lambda row: row.scope,
    "respondents": lambda row: row.respondents,
    "corrected": lambda row: row.corrected,
}


def action(row: ExportedAction) -> dict[str, Value]:
    return {name: read(row) for name, read in ACTION.items()}


def assessment(row: ExportedAssessment) -> dict[str, Value]:
    return {name: read(row) for name, read in ASSESSMENT.items()}


def steps(rows: tuple[ExportedAssessment, ...]) -> list[StepId]:
    """Every step of any of these, in the order in which they first come."""
    return list(dict.fromkeys(step for row in rows for step in row.steps))
